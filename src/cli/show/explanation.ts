import type { Json } from '../../base/json.js';
import { dayOf, readInstant } from '../../base/time.js';
import type { Terms } from '../../deal/terms.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { explainWords, reasonWords, verdictWords } from '../../messages/reasons.js';
import { stayCodeWords } from '../../messages/stays.js';
import { checkWords } from '../../messages/screens/check.js';
import { listWords } from '../../messages/screens/list.js';
import type { ToldEntry } from '../../policy/consent.js';
import type { ConsentFacts, Decisive, ExplainedStep, KnownEntry } from '../../policy/explain.js';
import { stayings } from '../../policy/stays.js';
import { lawsText } from '../../report/audit-report-words.js';
import { fieldLabel, valueLabel } from '../../report/labels.js';
import { localTime } from '../../report/times.js';
import type { Screen } from '../../report/screen.js';
import { type ExplainResult, explainSubject } from '../../steps/check/explain.js';
import { findDeal } from '../../steps/deal/deal.js';
import { withSession } from '../../steps/session/session.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { CommandContext, CommandResult } from '../context.js';
import { kindText } from './terms.js';

/** An instant as the users' clock showed it; a date as it is. */
function timeText(at: string): string {
  const instant = readInstant(at);
  return instant === null ? at : localTime(instant);
}

const known: Readonly<Record<Lang, Readonly<Record<KnownEntry | ToldEntry, string>>>> = eachLang(
  (lang) => checkWords[lang].known,
);

function wordsFor({ source, entry }: Decisive, datasets: readonly Dataset[], lang: Lang): string {
  const words = checkWords[lang];
  const other = datasets.find(({ id }) => source === 'file' && id === entry);
  if (other !== undefined) return words.otherFile(other.file, dayOf(other.imported));
  if (source === 'column') return words.column(fieldLabel(entry, lang));
  if (source === 'ledger') return words.event(entry);
  return isKnown(entry, lang) ? known[lang][entry] : entry;
}

function isKnown(entry: string, lang: Lang): entry is KnownEntry | ToldEntry {
  return Object.hasOwn(known[lang], entry);
}

/** What a yes was weighed by, in one line. */
function factsText({ buyer, purpose, method, evidence, told }: ConsentFacts, lang: Lang): string {
  const { facts } = checkWords[lang];
  return [
    facts.buyer[buyer],
    purpose ? facts.purpose : facts.otherPurpose,
    method === '' ? facts.noMethod : facts.method(valueLabel('consent-method', method, lang)),
    evidence ? facts.evidence : facts.noEvidence,
    told === '' ? facts.notTold : facts.told(timeText(told)),
  ].join(' · ');
}

function decisiveJson({ facts, ...entry }: Decisive): Json {
  return facts === undefined ? { ...entry } : { ...entry, facts: { ...facts } };
}

/** `handover check --explain`: one person's chain of reasons, with the laws, and nothing of the record itself. */
export async function explainOutcome(
  context: CommandContext,
  deal: string | null,
  dataset: string | null,
  subject: string,
): Promise<CommandResult> {
  const explained = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const terms = findDeal(session, deal);
    const datasets = session.workspace.read.datasets();
    return { terms, datasets, found: await explainSubject(session, { terms, dataset, subject }) };
  });
  return {
    json: explainedJson(explained),
    screen: (screen) => drawExplained(screen, explained, context.lang),
  };
}

/** What was found of one person, and what it is told with. */
interface Explained {
  readonly terms: Terms;
  readonly datasets: readonly Dataset[];
  readonly found: ExplainResult;
}

type Explanation = ExplainResult['explanations'][number];

function explainedJson({ terms, found }: Explained): CommandResult['json'] {
  return {
    deal: found.deal,
    kind: found.kind,
    dataset: found.dataset.id,
    replaced: found.replaced,
    repeated: found.repeated,
    explanations: found.explanations.map((explanation) => explanationJson(explanation, terms)),
  };
}

function explanationJson(
  { verdict, reasons, stays, steps, objectionUntil }: Explanation,
  terms: Terms,
): Json {
  return {
    verdict,
    objection_until: objectionUntil,
    stays: [...stayings(stays, terms)],
    reasons: reasons.map(({ code, verdict: of, laws }) => ({ code, verdict: of, laws: [...laws] })),
    steps: steps.map((step) => stepJson(step, terms)),
  };
}

function stepJson({ step, outcome, notAsked, ...found }: ExplainedStep, terms: Terms): Json {
  return {
    step,
    outcome,
    not_asked: notAsked,
    reasons: [...found.reasons],
    stays: found.stays.map(({ bits, code, reasons: lacks }) => ({
      what: [...stayings(bits, terms)],
      code,
      reasons: [...lacks],
    })),
    laws: [...found.laws],
    decided_by: found.decidedBy.map(decisiveJson),
    lost: found.lost.map(decisiveJson),
  };
}

/** Each time the person stands in the list: the questions in their order, and the verdict. */
function drawExplained(screen: Screen, { terms, datasets, found }: Explained, lang: Lang): void {
  const words = checkWords[lang];
  screen.facts([[words.kind, kindText(terms, lang)]]);
  if (found.replaced > 0) screen.say(listWords[lang].replacedRows(`${found.replaced}`));
  if (found.repeated !== 'no') screen.warn(words.repeated[found.repeated]);
  for (const { verdict, steps, objectionUntil } of found.explanations) {
    screen.gap();
    for (const step of steps.filter(({ step: name }) => name !== 'verdict')) {
      drawStep(screen, step, datasets, lang);
      if (step.step === 'notice' && objectionUntil !== null) screen.under(words.objection(objectionUntil));
    }
    const { short, full } = verdictWords[lang][verdict];
    const text = `${words.verdict}  ${short}  ${full}`;
    if (verdict === 'transfer') screen.good(text);
    else screen.warn(text);
  }
}

function drawStep(screen: Screen, step: ExplainedStep, datasets: readonly Dataset[], lang: Lang): void {
  const [first = '', ...more] = stepTexts(step, datasets, lang);
  screen.say(`${first.slice(0, 1)} ${explainWords[lang][step.step]}`);
  const basis = first.slice(2);
  if (basis !== '') screen.under(basis);
  for (const text of more) screen.under(text);
}

/** A question in lines: its mark with what decided it and the laws, then what follows from it. */
function stepTexts(step: ExplainedStep, datasets: readonly Dataset[], lang: Lang): readonly string[] {
  const words = checkWords[lang];
  const { outcome, notAsked, reasons, stays, laws, decidedBy, lost } = step;
  const { passed, partly, failed } = words;
  const mark = { passed, partly, failed, 'not-asked': words.notAsked }[outcome];
  if (notAsked !== null) return [`${mark} ${words.skipped[notAsked]}`];
  const by = decidedBy.map((each) => decisiveText(each, datasets, lang)).join(words.and);
  const basis = [
    by === '' ? '' : `${words.decidedBy} ${by}`,
    laws.length === 0 ? '' : `${words.law} ${lawsText(laws, lang)}`,
  ];
  return [
    `${mark} ${basis.filter((text) => text !== '').join(' · ')}`,
    ...decidedBy.flatMap(({ facts }) => (facts === undefined ? [] : [factsText(facts, lang)])),
    ...lost.map((each) => words.lost(decisiveText(each, datasets, lang))),
    ...reasons.map((code) => reasonWords[lang][code].full),
    ...stays.flatMap((stay) => [
      stayCodeWords[lang][stay.code],
      ...stay.reasons.map((code) => reasonWords[lang][code].full),
    ]),
  ];
}

/** What decided, and when it was said. */
function decisiveText(by: Decisive, datasets: readonly Dataset[], lang: Lang): string {
  const where = wordsFor(by, datasets, lang);
  return by.at === '' ? where : where + checkWords[lang].at(timeText(by.at));
}
