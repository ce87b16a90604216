import { type Duration, readDuration } from '../../base/time.js';
import { dayMeant } from '../../deal/answers.js';
import { DRAFT_PAPERS, type DraftPaperName, USUAL } from '../../deal/template.js';
import { DEAL_KINDS, kindName, kindWithDemands } from '../../messages/deal-kinds.js';
import { templatePurposes } from '../../messages/deal-template.js';
import { durationWords } from '../../messages/durations.js';
import { punctuation } from '../../messages/punctuation.js';
import { askWords } from '../../messages/screens/ask.js';
import { dealWords } from '../../messages/screens/deal.js';
import { draftWords } from '../../messages/screens/draft.js';
import type { ProposedField } from '../../policy/draft-fields.js';
import { fieldLabel } from '../../report/labels.js';
import { type DraftAnswers, type DraftBasis, dayOfFile } from '../../steps/deal/draft.js';
import { type Asking, askFile, askOne, askText } from '../questions.js';
import type { Answered } from './draft-options.js';

/** Asks what the options have not answered, the usual answer first; Enter takes it. */
export async function askTerms(asking: Asking, basis: DraftBasis, given: Answered): Promise<DraftAnswers> {
  const kind = given.kind ?? (await askKind(asking));
  const purposes = given.purposes ?? (await askPurposes(asking));
  const actions = given.actions.size > 0 ? given.actions : await askFields(asking, basis.fields);
  const settings = await askSettings(asking, basis, given);
  const papers = await askPapers(asking, basis, given.papers);
  const { lang } = asking;
  const words = draftWords[lang];
  const { buyer } = basis;
  const contact =
    given.contact ?? (await asking.prompts.line(words.contact, words.contactUsual(buyer.card.name)));
  const phone = given.phone ?? (await asking.prompts.line(words.phone, buyer.card.contact.phone));
  return { ...settings, kind, purposes, actions, papers, contact, phone };
}

function askKind(asking: Asking): Promise<(typeof DEAL_KINDS)[number]> {
  const { lang } = asking;
  return askOne(
    asking,
    draftWords[lang].kind,
    DEAL_KINDS.map((kind) => ({
      value: kind,
      name: kindName(kind, lang),
      note: kindWithDemands(kind, lang),
    })),
    USUAL.kind,
  );
}

async function askPurposes({ prompts, lang }: Asking): Promise<readonly string[]> {
  const [usual] = templatePurposes;
  const chosen = await prompts.several(
    draftWords[lang].purposes,
    templatePurposes.map((purpose) => ({
      value: purpose.id,
      name: purpose[lang],
      chosen: purpose === usual,
    })),
    askWords[lang].severalKeys,
    punctuation[lang].list,
  );
  return chosen.length === 0 ? [usual.id] : chosen;
}

/** Which columns go. Those that need a reason, and those that never go, are shown and cannot be ticked here. */
async function askFields(
  { prompts, lang }: Asking,
  fields: readonly ProposedField[],
): Promise<DraftAnswers['actions']> {
  if (fields.length === 0) return new Map();
  const words = draftWords[lang];
  const actions = dealWords[lang].actions;
  const chosen = await prompts.several(
    words.fields,
    fields.map(({ name, action, leaving, barred }) => {
      const label = fieldLabel(name, lang);
      const shown = leaving === 'keep' ? label : words.fieldGoes(label, actions[leaving]);
      if (barred !== null) return { value: name, name: label, barred: words[barred] };
      return { value: name, name: shown, note: words.goes(actions[leaving]), chosen: action !== 'drop' };
    }),
    askWords[lang].severalKeys,
    punctuation[lang].list,
  );
  return new Map(
    fields.map(({ name, leaving }) => [
      name,
      chosen.includes(name) || name === 'customer_no' ? leaving : 'drop',
    ]),
  );
}

type Settings = Pick<
  DraftAnswers,
  'id' | 'effective' | 'sellerKeeps' | 'buyerKeeps' | 'inactive' | 'approvals'
>;

/** Number, day and periods: the usual ones at once, or one by one. */
async function askSettings(asking: Asking, basis: DraftBasis, given: Answered): Promise<Settings> {
  const { lang } = asking;
  const words = draftWords[lang];
  const usual = {
    id: given.id ?? basis.id,
    effective: given.effective ?? basis.today,
    sellerKeeps: given.sellerKeeps ?? USUAL.sellerKeeps,
    buyerKeeps: given.buyerKeeps ?? USUAL.buyerKeeps,
    inactive: given.inactive === undefined ? (basis.hasActivity ? USUAL.inactive : null) : given.inactive,
    approvals: given.approvals ?? USUAL.approvals,
  };
  const { deal, effective, approvals, approvalsNeeded, retention } = dealWords[lang];
  asking.say((screen) =>
    screen.say(words.settings).facts([
      [deal, usual.id],
      [effective, usual.effective],
      [
        retention,
        words.keepsSeller(durationWords(usual.sellerKeeps, lang)),
        words.keepsBuyer(durationWords(usual.buyerKeeps, lang)),
      ],
      [approvals, approvalsNeeded(usual.approvals)],
    ]),
  );
  const answer = await askOne(asking, words.usual, [
    { value: 'yes', name: words.usualYes },
    { value: 'no', name: words.usualNo },
  ]);
  if (answer === 'yes') return usual;
  return {
    id: given.id ?? (await asking.prompts.line(words.id, usual.id)),
    effective:
      given.effective ??
      (await askText(asking, words.effective, {
        usual: usual.effective,
        read: dayMeant,
        how: askWords[lang].day,
      })),
    sellerKeeps:
      given.sellerKeeps ??
      (await askPeriod(asking, words.sellerKeeps, periodsOf('P30D', 'P3M', 'P6M', 'P1Y'), usual.sellerKeeps)),
    buyerKeeps:
      given.buyerKeeps ??
      (await askPeriod(asking, words.buyerKeeps, periodsOf('P1Y', 'P2Y', 'P3Y', 'P5Y'), usual.buyerKeeps)),
    inactive: given.inactive === undefined && basis.hasActivity ? await askInactive(asking) : usual.inactive,
    approvals: given.approvals ?? (await askApprovals(asking)),
  };
}

function periodsOf(...texts: readonly string[]): readonly Duration[] {
  return texts.flatMap((text) => readDuration(text) ?? []);
}

async function askPeriod(
  asking: Asking,
  question: string,
  periods: readonly Duration[],
  usual: Duration,
): Promise<Duration> {
  return askOne(
    asking,
    question,
    periods.map((value) => ({ value, name: durationWords(value, asking.lang) })),
    usual,
  );
}

async function askInactive(asking: Asking): Promise<Duration | null> {
  const words = draftWords[asking.lang];
  const periods = periodsOf('P1Y', 'P2Y', 'P3Y');
  const chosen = await askOne(
    asking,
    words.inactive,
    [
      ...periods.map((value) => ({ value: String(value), name: durationWords(value, asking.lang) })),
      { value: 'none', name: words.inactiveNone },
    ],
    USUAL.inactive,
  );
  return periods.find((value) => value === chosen) ?? null;
}

async function askApprovals(asking: Asking): Promise<number> {
  const words = draftWords[asking.lang];
  const chosen = await askOne(
    asking,
    words.approvals,
    [0, 1, 2].map((count) => ({ value: String(count), name: words.persons(count) })),
    String(USUAL.approvals),
  );
  return Number(chosen);
}

/** What papers come as. */
const PAPER_ENDS = ['.pdf', '.doc', '.docx', '.wps', '.jpg', '.jpeg', '.png', '.txt', '.odt', '.ofd'];

async function askPapers(
  asking: Asking,
  basis: DraftBasis,
  given: DraftAnswers['papers'],
): Promise<DraftAnswers['papers']> {
  const words = draftWords[asking.lang];
  let papers = given;
  for (const name of DRAFT_PAPERS) {
    const known = papers[name];
    if (known === undefined && basis.kept.has(name)) continue;
    const path =
      known?.path ??
      (await askFile(asking, {
        question: words.papers[name],
        ends: PAPER_ENDS,
        optional: true,
        ...(name === 'notice' ? { without: words.noNotice } : {}),
      }));
    if (path === null) continue;
    const date =
      known?.date ??
      (await askText(asking, words.days[name], {
        usual: firstGuess(name, path, basis),
        read: dayMeant,
        how: askWords[asking.lang].day,
      }));
    papers = { ...papers, [name]: { path, date } };
  }
  return papers;
}

/** The day of the file, but none that is yet to come. */
function firstGuess(_name: DraftPaperName, path: string, { today }: DraftBasis): string {
  const day = dayOfFile(path);
  return day > today ? today : day;
}
