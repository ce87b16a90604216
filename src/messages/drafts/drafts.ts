import type { Lang } from '../lang.js';
import { DRAFT_KINDS, type DraftKind, paperName } from '../papers.js';
import type { Draft } from './blocks.js';
import { gdprEn, ndaEn, piaEn, undertakingEn } from './deal-en.js';
import { gdprZh, ndaZh, piaZh, undertakingZh } from './deal-zh.js';
import type { DraftFacts } from './facts.js';
import {
  backupsEn,
  drillEn,
  emergencyPlanEn,
  entrustedEn,
  handlingRulesEn,
  posterEn,
  promiseEn,
  publicRulesEn,
  trainingEn,
} from './house-en.js';
import {
  backupsZh,
  drillZh,
  emergencyPlanZh,
  entrustedZh,
  handlingRulesZh,
  posterZh,
  promiseZh,
  publicRulesZh,
  trainingZh,
} from './house-zh.js';
import { LIABILITIES } from './liability.js';

type Writer = (facts: DraftFacts) => Draft;

const WRITERS: Readonly<Record<Lang, Readonly<Record<Exclude<DraftKind, 'liability'>, Writer>>>> = {
  zh: {
    nda: ndaZh,
    pia: piaZh,
    undertaking: undertakingZh,
    'public-rules': publicRulesZh,
    poster: posterZh,
    'handling-rules': handlingRulesZh,
    'emergency-plan': emergencyPlanZh,
    drill: drillZh,
    training: trainingZh,
    promise: promiseZh,
    entrusted: entrustedZh,
    backups: backupsZh,
    'gdpr-notice': gdprZh,
  },
  en: {
    nda: ndaEn,
    pia: piaEn,
    undertaking: undertakingEn,
    'public-rules': publicRulesEn,
    poster: posterEn,
    'handling-rules': handlingRulesEn,
    'emergency-plan': emergencyPlanEn,
    drill: drillEn,
    training: trainingEn,
    promise: promiseEn,
    entrusted: entrustedEn,
    backups: backupsEn,
    'gdpr-notice': gdprEn,
  },
};

/** Words of the liability appendix. */
const appendix: Readonly<
  Record<
    Lang,
    { readonly head: readonly string[]; readonly lead: string; readonly note: (day: string) => string }
  >
> = {
  zh: {
    head: ['责任', '内容', '依据和施行日期'],
    lead: '把客户资料交接错了，可能有下列责任。本附录只转述法律规定，不对任何人作结论；引用前请核对现行文本。',
    note: (day) => `制作日期：${day}。法律目录的核对日期见 handover laws。`,
  },
  en: {
    head: ['Liability', 'What the law says', 'Law, and in force from'],
    lead: 'What may follow from handing customer data over wrongly. This appendix repeats the law and judges nobody; compare the wording in force before relying on it.',
    note: (day) => `Made on ${day}. For when the catalogue of laws was last compared, see handover laws.`,
  },
};

function liabilityOf({ today, citeDated }: DraftFacts, lang: Lang): Draft {
  const { head, lead, note } = appendix[lang];
  return {
    title: paperName('liability', lang),
    blocks: [
      { text: [lead] },
      {
        table: {
          head,
          widths: [16, 54, 30],
          rows: LIABILITIES.map(({ kind, text, laws }) => [
            [kind[lang]],
            [text[lang]],
            [laws.map(citeDated).join('\n')],
          ]),
        },
      },
      { note: note(today) },
    ],
  };
}

/** Around a blank, in the manner of the language. */
export const blankMarks: Readonly<Record<Lang, { readonly open: string; readonly close: string }>> = {
  zh: { open: '【请填写：', close: '】' },
  en: { open: '[fill in: ', close: ']' },
};

/** A rehearsal is not to be taken for the real thing. */
const rehearsal: Readonly<Record<Lang, string>> = {
  zh: '演练用，不作正式文件。',
  en: 'For a rehearsal only.',
};

/** A paper of a kind, filled from what is known. */
export function draftOf(kind: DraftKind, facts: DraftFacts, lang: Lang): Draft {
  const draft = kind === 'liability' ? liabilityOf(facts, lang) : WRITERS[lang][kind](facts);
  return facts.firm.isRehearsal ? { ...draft, blocks: [{ note: rehearsal[lang] }, ...draft.blocks] } : draft;
}

/** What is written when no kind is named: all but the one for customers under European law. */
export const USUAL_DRAFTS: readonly DraftKind[] = DRAFT_KINDS.filter((kind) => kind !== 'gdpr-notice');
