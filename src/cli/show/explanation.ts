import type { Json } from '../../base/json.js';
import { dayOf, readInstant } from '../../base/time.js';
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
import { explainSubject } from '../../steps/check/explain.js';
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
  const { lang } = context;
  const words = checkWords[lang];
  const { terms, found, datasets } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const terms = findDeal(session, deal);
      const datasets = session.workspace.read.datasets();
      return { terms, datasets, found: await explainSubject(session, { terms, dataset, subject }) };
    },
  );

  const decided = (by: Decisive): string => {
    const where = wordsFor(by, datasets, lang);
    return by.at === '' ? where : where + words.at(timeText(by.at));
  };
  const stepTexts = ({
    outcome,
    notAsked,
    reasons,
    stays,
    laws,
    decidedBy,
    lost,
  }: ExplainedStep): readonly string[] => {
    const mark = {
      passed: words.passed,
      partly: words.partly,
      failed: words.failed,
      'not-asked': words.notAsked,
    }[outcome];
    if (notAsked !== null) return [`${mark} ${words.skipped[notAsked]}`];
    const by = decidedBy.map(decided).join(words.and);
    const basis = [
      by === '' ? '' : `${words.decidedBy} ${by}`,
      laws.length === 0 ? '' : `${words.law} ${lawsText(laws, lang)}`,
    ];
    const said = [
      ...decidedBy.flatMap(({ facts }) => (facts === undefined ? [] : [factsText(facts, lang)])),
      ...lost.map((by) => words.lost(decided(by))),
      ...reasons.map((code) => reasonWords[lang][code].full),
      ...stays.flatMap((stay) => [
        stayCodeWords[lang][stay.code],
        ...stay.reasons.map((code) => reasonWords[lang][code].full),
      ]),
    ];
    return [`${mark} ${basis.filter((text) => text !== '').join(' · ')}`, ...said];
  };

  return {
    json: {
      deal: found.deal,
      kind: found.kind,
      dataset: found.dataset.id,
      replaced: found.replaced,
      repeated: found.repeated,
      explanations: found.explanations.map(
        ({ verdict, reasons, stays, steps, objectionUntil }): Json => ({
          verdict,
          objection_until: objectionUntil,
          stays: [...stayings(stays, terms)],
          reasons: reasons.map(({ code, verdict: of, laws }) => ({ code, verdict: of, laws: [...laws] })),
          steps: steps.map(
            ({ step, outcome, notAsked, reasons: codes, stays: kept, laws, decidedBy, lost }) => ({
              step,
              outcome,
              not_asked: notAsked,
              reasons: [...codes],
              stays: kept.map(({ bits, code, reasons: lacks }) => ({
                what: [...stayings(bits, terms)],
                code,
                reasons: [...lacks],
              })),
              laws: [...laws],
              decided_by: decidedBy.map(decisiveJson),
              lost: lost.map(decisiveJson),
            }),
          ),
        }),
      ),
    },
    screen: (screen) => {
      screen.facts([[words.kind, kindText(terms, lang)]]);
      if (found.replaced > 0) screen.say(listWords[lang].replacedRows(`${found.replaced}`));
      if (found.repeated !== 'no') screen.warn(words.repeated[found.repeated]);
      for (const { verdict, steps, objectionUntil } of found.explanations) {
        screen.gap();
        for (const step of steps.filter(({ step: name }) => name !== 'verdict')) {
          const [first = '', ...more] = stepTexts(step);
          screen.say(`${first.slice(0, 1)} ${explainWords[lang][step.step]}`);
          const basis = first.slice(2);
          if (basis !== '') screen.under(basis);
          for (const text of more) screen.under(text);
          if (step.step === 'notice' && objectionUntil !== null)
            screen.under(words.objection(objectionUntil));
        }
        const { short, full } = verdictWords[lang][verdict];
        const text = `${words.verdict}  ${short}  ${full}`;
        if (verdict === 'transfer') screen.good(text);
        else screen.warn(text);
      }
    },
  };
}
