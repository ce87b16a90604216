import type { Sha256 } from '../base/crypto.js';
import { type CalendarDate, type Duration, dayOf, type Instant } from '../base/time.js';
import type { DealKind } from '../messages/deal-kinds.js';
import {
  type TemplateField,
  type TemplateNote,
  templatePurposes,
  templateWords,
} from '../messages/deal-template.js';
import { LANGS, type Lang } from '../messages/lang.js';
import type { PaperKind } from '../messages/papers.js';
import { type FurtherTable, tableWords } from '../messages/tables.js';
import { FIELD_CLASSES, type FieldClass } from './classes.js';
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

/** One line of a list of fields that is drafted. */
export interface DraftField {
  readonly name: string;
  readonly class: FieldClass;
  readonly action: FieldAction;
  /** The purpose for which it leaves, or would. */
  readonly purpose: string;
  /** The comment above it, for people. */
  readonly note: string;
}

/** A paper that was looked at. */
export interface DraftPaper {
  /** Base name, for people. */
  readonly file: string;
  readonly sha256: Sha256;
  /** Null where only people know it. */
  readonly date: CalendarDate | null;
}

/** The papers that every deal names. */
export const DRAFT_PAPERS = ['confidentiality', 'assessment', 'notice'] as const;
export type DraftPaperName = (typeof DRAFT_PAPERS)[number];

/** What two firms have settled when a deal is begun. What they have not is drafted in the usual way, or left blank. */
export interface DraftTerms {
  readonly kind: DealKind;
  readonly effective: CalendarDate;
  /** Ids of {@link templatePurposes}. */
  readonly purposes: readonly string[];
  readonly fields: readonly DraftField[];
  /** The tables beside the customer list, in the order of a bundle. */
  readonly tables: readonly DraftTable[];
  readonly sellerKeeps: Duration;
  readonly buyerKeeps: Duration;
  /** After so long without a service a customer stays behind; null where the file does not say when that was. */
  readonly inactive: Duration | null;
  readonly papers: Readonly<Partial<Record<DraftPaperName, DraftPaper>>>;
  readonly contact: string | null;
  readonly phone: string | null;
  readonly approvals: number;
}

/** A table beside the customer list of which a deal is drafted. */
export interface DraftTable {
  readonly name: FurtherTable;
  readonly fields: readonly DraftField[];
}

/** What a deal usually says, where nothing else is known. */
export const USUAL = {
  kind: 'asset-sale',
  sellerKeeps: 'P30D' as Duration,
  buyerKeeps: 'P3Y' as Duration,
  inactive: 'P3Y' as Duration,
  approvals: 1,
} as const;

/** What a buyer needs to go on serving: nothing more leaves by default (PIPL-6, law.md §1.4). */
const DEFAULT_FIELDS: readonly (readonly [TemplateField, FieldClass, FieldAction])[] = [
  ['customer_no', 'identifier', 'keep'],
  ['name', 'general', 'keep'],
  ['mobile', 'contact', 'keep'],
  ['address', 'address', 'generalise'],
  ['service', 'transaction', 'keep'],
  ['frequency', 'transaction', 'keep'],
  ['contract_no', 'transaction', 'keep'],
  ['contract_ends', 'transaction', 'keep'],
  ['remaining_sessions', 'transaction', 'keep'],
  ['marketing_opt_out', 'preference', 'keep'],
  ['notes', 'free-text', 'drop'],
  ['access', 'safety', 'drop'],
];

function usualFields(lang: Lang, purpose: string): readonly DraftField[] {
  return DEFAULT_FIELDS.map(([name, fieldClass, action]) => ({
    name,
    class: fieldClass,
    action,
    purpose,
    note: templateWords[lang].fields[name],
  }));
}

/**
 * The text of a new deal.yaml with an explanation above each part. What only people know (digests and dates of three documents, the
 * contact for complaints) is left empty, and reading the file names each blank. A party's name comes from its card and is quoted.
 */
export function dealTemplate(
  lang: Lang,
  filling: TemplateFilling,
  settled: Partial<DraftTerms> = {},
): string {
  const words = templateWords[lang];
  const { note, told } = linesIn(lang, filling, settled);
  const { seller, buyer, policy, today } = filling;
  const chosen = settled.purposes ?? [templatePurposes[0].id];
  const fields = settled.fields ?? usualFields(lang, chosen[0] ?? templatePurposes[0].id);
  const parts: readonly (readonly string[])[] = [
    [note('head'), `format: ${DEAL_FORMAT}\n`],
    [
      ...[note('id'), `id: ${quoted(filling.id)}\n`],
      ...[note('title'), `title: ${quoted(words.title(seller.name, buyer.name))}\n`],
      ...[note('environment'), `environment: ${filling.environment}\n`],
    ],
    [note('kind'), `kind: ${settled.kind ?? USUAL.kind}\n`],
    [
      note('parties'),
      `seller:\n  name: ${quoted(seller.name)}\n  card: ${quoted(seller.card)}\n`,
      `buyer:\n  name: ${quoted(buyer.name)}\n  card: ${quoted(buyer.card)}\n`,
    ],
    [note('policy'), `policy:\n  pack: ${policy.pack}\n  version: ${policy.version}\n`],
    [note('effective'), `effective: ${settled.effective ?? dayOf(today)}\n`],
    [note('purposes'), 'purposes:\n', ...purposeLines(chosen)],
    [
      ...[note('fields'), note('actions'), note('classes'), note('sensitive')],
      ...['resources:\n', ...resourceLines('customers', fields)],
      ...(settled.tables ?? []).flatMap(({ name, fields: own }) => [
        `  # ${onLine(tableWords[lang][name].name)}\n`,
        ...resourceLines(name, own),
      ]),
    ],
    [note('retention'), ...retentionLines(settled), note('activity', 2), activityLines(settled)],
    ...paperParts(lang, filling, settled, fields),
    [note('complaints'), 'complaints:\n', told('contact'), told('phone')],
    [
      ...[note('crossBorder'), 'cross_border: none\n'],
      ...[note('approvals'), `approvals: ${settled.approvals ?? USUAL.approvals}\n`],
      ...[note('escrow'), 'escrow: []\n'],
    ],
    [note('opinion'), '# opinion:\n#   sha256:\n#   author:\n#   date:\n'],
    [note('routes'), '# routes:\n#   - { basis: contract, reason: }\n'],
    [note('amends'), '# amends:\n#   sha256:\n'],
  ];
  return parts.map((lines) => lines.join('')).join('\n');
}

/** The three papers that every deal names, a part each. */
function paperParts(
  lang: Lang,
  filling: TemplateFilling,
  settled: Partial<DraftTerms>,
  fields: readonly DraftField[],
): readonly (readonly string[])[] {
  const words = templateWords[lang];
  const { note, paper } = linesIn(lang, filling, settled);
  return [
    [
      note('confidentiality'),
      `confidentiality:\n  title: ${quoted(words.confidentialityTitle)}\n`,
      paper('confidentiality', 'signed', 'nda'),
    ],
    [
      note('assessment'),
      `assessment:\n  title: ${quoted(words.assessmentTitle)}\n`,
      paper('assessment', 'date', 'pia'),
      note('assessed', 2),
      `  buyer: ${quoted(filling.buyer.name)}\n  classes: [${assessedClasses(fields).join(', ')}]\n`,
    ],
    [
      ...[note('notice'), 'notice:\n'],
      // Without a text of the firm's own it follows from the deal.
      hasNotice(filling, settled)
        ? paper('notice', 'sent', 'notice')
        : `  sha256: drafted\n  sent: ${dayOf(filling.today)}\n`,
      ...[note('takenAsDelivered', 2), `  # taken_as_delivered: ${words.takenAsDelivered}\n`],
      ...[note('objection', 2), '  # objection: P15D\n', note('consentValid', 2), '  # consent_valid: P1Y\n'],
    ],
  ];
}

/** How the lines of one template are written that need its words, or what is known. */
interface TemplateLines {
  /** The explanation above a part. */
  readonly note: (name: TemplateNote, indent?: number) => string;
  /** A paper that was looked at, or the one that was taken in last, by its id; or two blanks. `dated` is the key of its date. */
  readonly paper: (name: DraftPaperName, dated: string, kind: PaperKind) => string;
  /** A line of the contact for complaints, or a blank. */
  readonly told: (name: 'contact' | 'phone') => string;
}

function linesIn(lang: Lang, { papers }: TemplateFilling, settled: Partial<DraftTerms>): TemplateLines {
  const { notes } = templateWords[lang];
  const blank = (name: string, kind: 'blank' | 'digest'): string =>
    `  ${name}: # <- ${notes[kind].join(' ')}\n`;
  return {
    note: (name, indent = 0) => notes[name].map((text) => `${' '.repeat(indent)}# ${text}\n`).join(''),
    paper: (name, dated, kind) => {
      const known = settled.papers?.[name];
      const kept = known === undefined ? papers?.filter((each) => each.kind === kind).at(-1) : undefined;
      if (kept !== undefined) return `  sha256: ${kept.id}\n  ${dated}: ${kept.signed}\n`;
      const when = known?.date ?? null;
      return (
        (known === undefined
          ? blank('sha256', 'digest')
          : `  sha256: ${known.sha256} # ${notes.paper.join(' ')} ${onLine(known.file)}\n`) +
        (when === null ? blank(dated, 'blank') : `  ${dated}: ${when}\n`)
      );
    },
    told: (name) => {
      const text = settled[name] ?? null;
      return text === null ? blank(name, 'blank') : `  ${name}: ${quoted(text)}\n`;
    },
  };
}

function purposeLines(chosen: readonly string[]): readonly string[] {
  return templatePurposes
    .filter(({ id }) => chosen.includes(id))
    .flatMap((purpose) => [
      `  - id: ${purpose.id}\n`,
      ...LANGS.map((lang) => `    ${lang}: ${quoted(purpose[lang])}\n`),
    ]);
}

function resourceLines(name: string, fields: readonly DraftField[]): readonly string[] {
  return [`  - name: ${name}\n    fields:\n`, ...fields.map(fieldLines)];
}

function retentionLines({ sellerKeeps, buyerKeeps }: Partial<DraftTerms>): readonly string[] {
  return [
    `retention:\n  seller:\n    after_receipt: ${sellerKeeps ?? USUAL.sellerKeeps}\n`,
    `  buyer:\n    after_effective: ${buyerKeeps ?? USUAL.buyerKeeps}\n`,
  ];
}

/** After how long without a service a customer stays behind; as a comment where nobody has said. */
function activityLines({ inactive = null }: Partial<DraftTerms>): string {
  return inactive === null
    ? `  # activity:\n  #   field: ${ACTIVITY_FIELD}\n  #   within: ${USUAL.inactive}\n`
    : `  activity:\n    field: ${ACTIVITY_FIELD}\n    within: ${inactive}\n`;
}

/** What is to leave is what has to be assessed (PIPL-55); a class that is added later is missing here, and signing says so. */
function assessedClasses(fields: readonly DraftField[]): readonly FieldClass[] {
  return FIELD_CLASSES.filter((one) =>
    fields.some((field) => field.class === one && field.action !== 'drop'),
  );
}

function hasNotice({ papers }: TemplateFilling, settled: Partial<DraftTerms>): boolean {
  return settled.papers?.notice !== undefined || papers?.some(({ kind }) => kind === 'notice') === true;
}

function fieldLines({ name, class: fieldClass, purpose, action, note }: DraftField): string {
  return (
    `      # ${onLine(note)}\n` +
    `      - { name: ${name}, class: ${fieldClass}, purpose: ${purpose}, action: ${action} }\n`
  );
}

/** The column that says when a customer was last served. */
export const ACTIVITY_FIELD = 'last_service_at';

/** Text behind a `#`: nothing in it may end the line. */
function onLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}

/** A JSON string is a YAML 1.2 double-quoted scalar; the separators that YAML may fold are escaped as well. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
