import { type CalendarDate, dayOf, type Instant } from '../base/time.js';
import {
  type TemplateField,
  type TemplateNote,
  templatePurposes,
  templateWords,
} from '../messages/deal-template.js';
import { type Lang, LANGS } from '../messages/lang.js';
import type { PaperKind } from '../messages/papers.js';
import type { FieldClass } from './classes.js';
import type { PaperReference } from './paper-references.js';
import { DEAL_FORMAT, type FieldAction, type Terms } from './terms.js';

/** What is known when a deal is begun. */
export interface TemplateFilling {
  readonly id: string;
  readonly environment: Terms['environment'];
  /** The rules that the deal refers to. */
  readonly policy: Terms['policy'];
  readonly seller: { readonly name: string; readonly card: string };
  readonly buyer: { readonly name: string; readonly card: string };
  readonly today: Instant;
  /** Signed papers that were taken in, the newest of a kind last. */
  readonly papers?: readonly PaperReference[];
}

interface DefaultField {
  readonly name: TemplateField;
  readonly class: FieldClass;
  readonly action: FieldAction;
}

/** What a buyer needs to go on serving: nothing more leaves by default (PIPL-6, law.md §1.4). */
const DEFAULT_FIELDS: readonly DefaultField[] = [
  { name: 'customer_no', class: 'identifier', action: 'keep' },
  { name: 'name', class: 'general', action: 'keep' },
  { name: 'mobile', class: 'contact', action: 'keep' },
  { name: 'address', class: 'address', action: 'generalise' },
  { name: 'service', class: 'transaction', action: 'keep' },
  { name: 'frequency', class: 'transaction', action: 'keep' },
  { name: 'contract_no', class: 'transaction', action: 'keep' },
  { name: 'contract_ends', class: 'transaction', action: 'keep' },
  { name: 'remaining_sessions', class: 'transaction', action: 'keep' },
  { name: 'marketing_opt_out', class: 'preference', action: 'keep' },
  { name: 'notes', class: 'free-text', action: 'drop' },
  { name: 'access', class: 'safety', action: 'drop' },
];

/**
 * The text of a new deal.yaml with an explanation above each part. What only people know (digests and dates of three documents, the
 * contact for complaints) is left empty, and reading the file names each blank. A party's name comes from its card and is quoted.
 */
export function dealTemplate(lang: Lang, filling: TemplateFilling): string {
  const words = templateWords[lang];
  const note = (name: TemplateNote, indent = 0): string =>
    words.notes[name].map((text) => `${' '.repeat(indent)}# ${text}\n`).join('');
  const blank = (name: string, kind: 'blank' | 'digest') => `${name}: # <- ${words.notes[kind].join(' ')}\n`;
  // The paper that was taken in last, by its id; or two blanks.
  const paper = (kind: PaperKind, day: string): string => {
    const found = filling.papers?.filter((each) => each.kind === kind).at(-1);
    return found === undefined
      ? `  ${blank('sha256', 'digest')}  ${blank(day, 'blank')}`
      : `  sha256: ${found.id}\n  ${day}: ${found.signed}\n`;
  };
  const today: CalendarDate = dayOf(filling.today);
  const { seller, buyer } = filling;
  return [
    note('head'),
    `format: ${DEAL_FORMAT}\n`,
    '\n',
    note('id'),
    `id: ${quoted(filling.id)}\n`,
    note('title'),
    `title: ${quoted(words.title(seller.name, buyer.name))}\n`,
    note('environment'),
    `environment: ${filling.environment}\n`,
    '\n',
    note('kind'),
    'kind: asset-sale\n',
    '\n',
    note('parties'),
    `seller:\n  name: ${quoted(seller.name)}\n  card: ${quoted(seller.card)}\n`,
    `buyer:\n  name: ${quoted(buyer.name)}\n  card: ${quoted(buyer.card)}\n`,
    '\n',
    note('policy'),
    `policy:\n  pack: ${filling.policy.pack}\n  version: ${filling.policy.version}\n`,
    '\n',
    note('effective'),
    `effective: ${today}\n`,
    '\n',
    note('purposes'),
    'purposes:\n',
    ...templatePurposes.flatMap((purpose) => [
      `  - id: ${purpose.id}\n`,
      ...LANGS.map((lang) => `    ${lang}: ${quoted(purpose[lang])}\n`),
    ]),
    '\n',
    note('fields'),
    note('actions'),
    note('classes'),
    note('sensitive'),
    'resources:\n  - name: customers\n    fields:\n',
    ...DEFAULT_FIELDS.map(
      (field) =>
        `      # ${words.fields[field.name]}\n` +
        `      - { name: ${field.name}, class: ${field.class}, purpose: ${templatePurposes[0].id}, action: ${field.action} }\n`,
    ),
    '\n',
    note('retention'),
    'retention:\n  seller:\n    after_receipt: P30D\n  buyer:\n    after_effective: P3Y\n',
    note('activity', 2),
    '  activity:\n    field: last_service_at\n    within: P3Y\n',
    '\n',
    note('confidentiality'),
    `confidentiality:\n  title: ${quoted(words.confidentialityTitle)}\n`,
    paper('nda', 'signed'),
    '\n',
    note('assessment'),
    `assessment:\n  title: ${quoted(words.assessmentTitle)}\n`,
    paper('pia', 'date'),
    '\n',
    note('notice'),
    'notice:\n',
    // Without a text of the firm's own it follows from the deal.
    filling.papers?.some(({ kind }) => kind === 'notice')
      ? paper('notice', 'sent')
      : `  sha256: drafted\n  sent: ${today}\n`,
    note('takenAsDelivered', 2),
    `  # taken_as_delivered: ${words.takenAsDelivered}\n`,
    note('objection', 2),
    '  # objection: P15D\n',
    note('consentValid', 2),
    '  # consent_valid: P1Y\n',
    '\n',
    note('complaints'),
    'complaints:\n',
    `  ${blank('contact', 'blank')}`,
    `  ${blank('phone', 'blank')}`,
    '\n',
    note('crossBorder'),
    'cross_border: none\n',
    note('approvals'),
    'approvals: 1\n',
    note('escrow'),
    'escrow: []\n',
    '\n',
    note('opinion'),
    '# opinion:\n#   sha256:\n#   author:\n#   date:\n',
    '\n',
    note('amends'),
    '# amends:\n#   sha256:\n',
  ].join('');
}

/** A JSON string is a YAML 1.2 double-quoted scalar; the separators that YAML may fold are escaped as well. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
