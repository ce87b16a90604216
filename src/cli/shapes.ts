import { DATE_ORDERS } from '../dataset/dates.js';
import { ENCODING_NAMES, ENCODINGS } from '../dataset/encoding.js';
import { FIX_CLASSES } from '../dataset/repair.js';
import { TEACHABLE } from '../messages/answer-words.js';
import { BASES } from '../messages/bases.js';
import { ANSWER_CHANNELS, CHANNELS } from '../messages/channels.js';
import { DEAL_KINDS, kindName } from '../messages/deal-kinds.js';
import { LANGS } from '../messages/lang.js';
import { DRAFT_KINDS, PAPER_KINDS } from '../messages/papers.js';
import { IDENTIFICATIONS, PEOPLE_ROLES } from '../messages/people.js';
import { PLACE_STATES, PLACES } from '../messages/places.js';
import { RELATIONS } from '../messages/relations.js';
import { FURTHER_TABLES } from '../messages/tables.js';
import { PAIR_DECISIONS } from '../policy/decided-pairs.js';
import { UNMATCHED_DECISIONS } from '../policy/near.js';
import { CHECK_LISTS } from '../policy/reasons.js';
import { REQUEST_KINDS, REQUESTERS, VERIFICATIONS } from '../policy/request-lists.js';

/**
 * The shape of every command: names, arguments and options, as data. commander is fed from it, the help and docs/cli.md are written
 * from it, and the types of what a command receives are derived from it, so that an option that nobody defined does not compile.
 * The words for all of it are in messages/screens/help-zh.ts and help-en.ts.
 */

/** Words for what has to be put in the place of a value; each is translated. */
const PLACEHOLDERS = [
  'FILE',
  'FOLDER',
  'BUNDLE',
  'CARD',
  'DEAL',
  'ID',
  'NAME',
  'CODE',
  'TEXT',
  'NUMBER',
  'DIGITS',
  'ACTION',
  'DATE',
  'TIME',
  'SHELL',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export type OptionShape =
  | { readonly kind: 'flag' }
  | { readonly kind: 'text'; readonly value: Placeholder; readonly needed?: true }
  | { readonly kind: 'texts'; readonly value: Placeholder }
  /** Any of a list; may be repeated. */
  | { readonly kind: 'choices'; readonly of: readonly string[] }
  | { readonly kind: 'count'; readonly value: 'NUMBER' }
  | {
      readonly kind: 'choice';
      readonly of: readonly string[];
      readonly needed?: true;
      /** Other words that people type, in lower case, and what they mean. */
      readonly also?: ReadonlyMap<string, string>;
    };

interface ArgumentShape {
  readonly value: Placeholder;
  readonly needed: boolean;
}

/** The parts of the overview, in the order in which it shows them. */
export const SECTIONS = [
  'start',
  'deal',
  'seller',
  'buyer',
  'persons',
  'end',
  'officer',
  'incident',
  'house',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface CommandShape {
  /** Where the overview lists it, in the order of {@link SHAPES}. */
  readonly section: Section;
  readonly aliases?: readonly string[];
  readonly arguments: { readonly [name: string]: ArgumentShape };
  readonly options: { readonly [name: string]: OptionShape };
  /** Whether --dry-run says what would happen without doing it. */
  readonly dryRun?: true;
  /** Whether it always opens the party's keys, so that it pays to begin at once. */
  readonly opensKeys?: true;
}

const flag = { kind: 'flag' } as const;

/** Of a file; by whatever name people know it. */
const encoding = { kind: 'choice', of: ENCODINGS, also: ENCODING_NAMES } as const;

/** Kinds of deal by their names in either language. */
const KIND_WORDS = new Map(
  DEAL_KINDS.flatMap((kind) => LANGS.map((lang) => [kindName(kind, lang), kind] as const)),
);

/** Who asks, and how that was made sure: of every command about one person. */
const asking = {
  requester: { kind: 'choice', of: REQUESTERS },
  verified: { kind: 'choice', of: VERIFICATIONS },
} as const;
const person = { id: { value: 'ID', needed: true } } as const;

export const SHAPES = {
  init: {
    section: 'start',
    arguments: { folder: { value: 'FOLDER', needed: false } },
    options: {
      role: { kind: 'choice', of: ['seller', 'buyer'], needed: true },
      name: { kind: 'text', value: 'NAME', needed: true },
      uscc: { kind: 'text', value: 'CODE' },
      phone: { kind: 'text', value: 'TEXT', needed: true },
      email: { kind: 'text', value: 'TEXT' },
      address: { kind: 'text', value: 'TEXT' },
      test: flag,
      classic: flag,
      unprotected: flag,
    },
  },
  'card show': {
    section: 'start',
    arguments: { card: { value: 'CARD', needed: false } },
    options: { sheet: { kind: 'text', value: 'FILE' }, force: flag },
  },
  'card export': {
    section: 'start',
    arguments: {},
    options: { out: { kind: 'text', value: 'FILE' }, force: flag },
  },
  'trust add': {
    section: 'start',
    arguments: { card: { value: 'CARD', needed: true } },
    options: { fingerprint: { kind: 'text', value: 'DIGITS' } },
    dryRun: true,
  },
  'trust replace': {
    section: 'start',
    arguments: { card: { value: 'CARD', needed: true } },
    options: {
      former: { kind: 'text', value: 'NAME' },
      fingerprint: { kind: 'text', value: 'DIGITS' },
      dealsStay: flag,
    },
    dryRun: true,
  },
  'trust remove': {
    section: 'start',
    arguments: { card: { value: 'NAME', needed: true } },
    options: {},
    dryRun: true,
  },
  'trust list': { section: 'start', arguments: {}, options: {} },
  'deal init': {
    section: 'deal',
    arguments: { file: { value: 'FILE', needed: false } },
    options: {
      id: { kind: 'text', value: 'DEAL' },
      partner: { kind: 'text', value: 'NAME' },
      kind: { kind: 'choice', of: DEAL_KINDS, also: KIND_WORDS },
      purpose: { kind: 'texts', value: 'CODE' },
      field: { kind: 'texts', value: 'TEXT' },
      effective: { kind: 'text', value: 'DATE' },
      sellerKeeps: { kind: 'text', value: 'TIME' },
      buyerKeeps: { kind: 'text', value: 'TIME' },
      inactive: { kind: 'text', value: 'TIME' },
      agreement: { kind: 'text', value: 'FILE' },
      agreementSigned: { kind: 'text', value: 'DATE' },
      assessment: { kind: 'text', value: 'FILE' },
      assessmentDate: { kind: 'text', value: 'DATE' },
      notice: { kind: 'text', value: 'FILE' },
      noticeSent: { kind: 'text', value: 'DATE' },
      contact: { kind: 'text', value: 'TEXT' },
      phone: { kind: 'text', value: 'TEXT' },
      approvals: { kind: 'count', value: 'NUMBER' },
      force: flag,
    },
  },
  'deal amend': {
    section: 'deal',
    arguments: { deal: { value: 'DEAL', needed: false }, file: { value: 'FILE', needed: false } },
    options: { force: flag },
  },
  'deal check': { section: 'deal', arguments: { deal: { value: 'DEAL', needed: true } }, options: {} },
  'deal sign': {
    section: 'deal',
    arguments: { deal: { value: 'DEAL', needed: true } },
    options: {},
    dryRun: true,
    opensKeys: true,
  },
  'deal show': {
    section: 'deal',
    arguments: { deal: { value: 'DEAL', needed: false } },
    options: { html: { kind: 'text', value: 'FILE' }, force: flag },
  },
  'deal abort': {
    section: 'deal',
    arguments: { deal: { value: 'DEAL', needed: true } },
    options: { reason: { kind: 'text', value: 'TEXT', needed: true } },
    dryRun: true,
  },
  profile: {
    section: 'seller',
    arguments: { file: { value: 'FILE', needed: true } },
    options: {
      consents: flag,
      html: { kind: 'text', value: 'FILE' },
      deal: { kind: 'text', value: 'DEAL' },
      mapping: { kind: 'text', value: 'FILE' },
      encoding,
      sheet: { kind: 'text', value: 'NAME' },
      dateOrder: { kind: 'choice', of: DATE_ORDERS },
      skipColumn: { kind: 'texts', value: 'NAME' },
      force: flag,
    },
  },
  import: {
    section: 'seller',
    arguments: { file: { value: 'FILE', needed: false } },
    options: {
      consents: { kind: 'text', value: 'FILE' },
      table: { kind: 'choice', of: FURTHER_TABLES },
      archive: { kind: 'choice', of: BASES },
      from: { kind: 'text', value: 'DATE' },
      returned: flag,
      mapping: { kind: 'text', value: 'FILE' },
      encoding,
      sheet: { kind: 'text', value: 'NAME' },
      dateOrder: { kind: 'choice', of: DATE_ORDERS },
      skipColumn: { kind: 'texts', value: 'NAME' },
      rejects: { kind: 'text', value: 'FILE' },
      fix: { kind: 'choices', of: FIX_CLASSES },
      as: { kind: 'choice', of: RELATIONS },
      read: { kind: 'text', value: 'FOLDER' },
      again: flag,
      force: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'source plan': {
    section: 'seller',
    arguments: { file: { value: 'FILE', needed: true }, folder: { value: 'FOLDER', needed: true } },
    options: {
      key: { kind: 'text', value: 'FILE', needed: true },
      parts: { kind: 'count', value: 'NUMBER' },
      consents: flag,
      archive: { kind: 'choice', of: BASES },
      from: { kind: 'text', value: 'DATE' },
      mapping: { kind: 'text', value: 'FILE' },
      encoding,
      dateOrder: { kind: 'choice', of: DATE_ORDERS },
      skipColumn: { kind: 'texts', value: 'NAME' },
      fix: { kind: 'choices', of: FIX_CLASSES },
      again: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'source read-part': {
    section: 'seller',
    arguments: { folder: { value: 'FOLDER', needed: true }, part: { value: 'NUMBER', needed: true } },
    options: {
      key: { kind: 'text', value: 'FILE', needed: true },
      file: { kind: 'text', value: 'FILE' },
      rows: { kind: 'text', value: 'FILE' },
    },
  },
  check: {
    section: 'seller',
    arguments: {},
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      dataset: { kind: 'text', value: 'ID' },
      explain: { kind: 'text', value: 'ID' },
      unmatched: { kind: 'choice', of: UNMATCHED_DECISIONS },
      policy: { kind: 'text', value: 'NAME' },
      diff: flag,
      list: { kind: 'choice', of: CHECK_LISTS },
      out: { kind: 'text', value: 'FILE' },
      purpose: { kind: 'text', value: 'TEXT' },
      html: { kind: 'text', value: 'FILE' },
      force: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'campaign draft': {
    section: 'seller',
    arguments: {},
    options: { deal: { kind: 'text', value: 'DEAL' }, for: { kind: 'texts', value: 'TEXT' } },
    dryRun: true,
  },
  'campaign batch': {
    section: 'seller',
    arguments: {},
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      channel: { kind: 'choice', of: CHANNELS, needed: true },
      remind: flag,
      out: { kind: 'text', value: 'FILE' },
      force: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'campaign import': {
    section: 'seller',
    arguments: { file: { value: 'FILE', needed: true } },
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      channel: { kind: 'choice', of: ANSWER_CHANNELS },
      received: { kind: 'text', value: 'DATE' },
      encoding,
      sheet: { kind: 'text', value: 'NAME' },
    },
    dryRun: true,
    opensKeys: true,
  },
  'campaign status': {
    section: 'seller',
    arguments: {},
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      jsonld: { kind: 'text', value: 'FILE' },
      force: flag,
    },
    opensKeys: true,
  },
  'campaign words': {
    section: 'seller',
    arguments: {},
    options: { add: { kind: 'text', value: 'TEXT' }, means: { kind: 'choice', of: TEACHABLE } },
    dryRun: true,
  },
  approve: {
    section: 'seller',
    arguments: { purge: { value: 'ID', needed: false } },
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      purge: flag,
      approverPassphraseFile: { kind: 'text', value: 'FILE' },
    },
    dryRun: true,
  },
  export: {
    section: 'seller',
    arguments: { file: { value: 'FILE', needed: false } },
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      out: { kind: 'text', value: 'FOLDER' },
      consents: { kind: 'text', value: 'FILE' },
      mapping: { kind: 'text', value: 'FILE' },
      encoding,
      sheet: { kind: 'text', value: 'NAME' },
      dateOrder: { kind: 'choice', of: DATE_ORDERS },
      skipColumn: { kind: 'texts', value: 'NAME' },
      as: { kind: 'choice', of: RELATIONS },
      again: flag,
      force: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'bundle plan': {
    section: 'seller',
    arguments: { folder: { value: 'FOLDER', needed: true } },
    options: {
      key: { kind: 'text', value: 'FILE', needed: true },
      deal: { kind: 'text', value: 'DEAL' },
      parts: { kind: 'count', value: 'NUMBER' },
      again: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'bundle seal-part': {
    section: 'seller',
    arguments: { folder: { value: 'FOLDER', needed: true }, part: { value: 'NUMBER', needed: true } },
    options: { key: { kind: 'text', value: 'FILE', needed: true } },
  },
  'bundle assemble': {
    section: 'seller',
    arguments: { folder: { value: 'FOLDER', needed: true } },
    options: { out: { kind: 'text', value: 'FOLDER' } },
    dryRun: true,
    opensKeys: true,
  },
  'receipt accept': {
    section: 'seller',
    arguments: { receipt: { value: 'FILE', needed: true } },
    options: {},
    dryRun: true,
    opensKeys: true,
  },
  'receipt show': { section: 'seller', arguments: { receipt: { value: 'FILE', needed: true } }, options: {} },
  verify: {
    section: 'buyer',
    arguments: { bundle: { value: 'BUNDLE', needed: true } },
    options: { card: { kind: 'text', value: 'CARD' } },
  },
  receive: {
    section: 'buyer',
    aliases: ['verify-and-import'],
    arguments: { bundle: { value: 'BUNDLE', needed: true } },
    options: {
      out: { kind: 'text', value: 'FOLDER' },
      outOfOrder: flag,
      opened: { kind: 'text', value: 'FOLDER' },
      html: { kind: 'text', value: 'FILE' },
      force: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'bundle split': {
    section: 'buyer',
    arguments: { bundle: { value: 'BUNDLE', needed: true }, folder: { value: 'FOLDER', needed: true } },
    options: { key: { kind: 'text', value: 'FILE', needed: true }, outOfOrder: flag },
    dryRun: true,
    opensKeys: true,
  },
  'bundle open-part': {
    section: 'buyer',
    arguments: { folder: { value: 'FOLDER', needed: true }, part: { value: 'NUMBER', needed: true } },
    options: {
      bundle: { kind: 'text', value: 'BUNDLE', needed: true },
      key: { kind: 'text', value: 'FILE', needed: true },
    },
  },
  extract: {
    section: 'buyer',
    arguments: {},
    options: {
      format: { kind: 'choice', of: ['csv', 'ndjson', 'sqlite'], needed: true },
      out: { kind: 'text', value: 'FILE' },
      dataset: { kind: 'text', value: 'ID' },
      for: { kind: 'texts', value: 'TEXT' },
      force: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'subject show': {
    section: 'persons',
    arguments: person,
    options: { ...asking, reveal: flag },
    dryRun: true,
  },
  'subject withdraw': {
    section: 'persons',
    arguments: person,
    options: { ...asking, purpose: { kind: 'text', value: 'CODE' }, shred: flag },
    dryRun: true,
  },
  'subject object': {
    section: 'persons',
    arguments: person,
    options: { ...asking, shred: flag },
    dryRun: true,
  },
  'subject erase': {
    section: 'persons',
    arguments: person,
    options: { ...asking, shred: flag },
    dryRun: true,
  },
  'subject correct': {
    section: 'persons',
    arguments: person,
    options: {
      field: { kind: 'text', value: 'NAME', needed: true },
      valueFile: { kind: 'text', value: 'FILE' },
      ...asking,
    },
    dryRun: true,
  },
  'subject export': {
    section: 'persons',
    arguments: person,
    options: {
      out: { kind: 'text', value: 'FILE', needed: true },
      format: { kind: 'choice', of: ['json', 'csv'], needed: true },
      ...asking,
      force: flag,
    },
    dryRun: true,
  },
  'subject duplicates': {
    section: 'persons',
    arguments: {},
    options: { dataset: { kind: 'text', value: 'ID' } },
  },
  'subject decide': {
    section: 'persons',
    arguments: { first: { value: 'ID', needed: true }, second: { value: 'ID', needed: true } },
    options: {
      as: { kind: 'choice', of: PAIR_DECISIONS, needed: true },
      saidBy: { kind: 'text', value: 'ID' },
    },
    dryRun: true,
  },
  'subject history': { section: 'persons', arguments: person, options: {} },
  'request open': {
    section: 'persons',
    arguments: person,
    options: {
      kind: { kind: 'choice', of: REQUEST_KINDS, needed: true },
      ...asking,
      received: { kind: 'text', value: 'DATE' },
      due: { kind: 'text', value: 'DATE' },
    },
    dryRun: true,
  },
  'request list': { section: 'persons', arguments: {}, options: { all: flag } },
  'request close': {
    section: 'persons',
    arguments: { request: { value: 'ID', needed: true } },
    options: { outcome: { kind: 'text', value: 'TEXT', needed: true } },
    dryRun: true,
  },
  'request refuse': {
    section: 'persons',
    arguments: person,
    options: { reason: { kind: 'text', value: 'TEXT', needed: true } },
    dryRun: true,
  },
  'notice list': { section: 'persons', arguments: {}, options: {} },
  'notice send': {
    section: 'persons',
    arguments: {},
    options: { deal: { kind: 'text', value: 'DEAL' } },
    dryRun: true,
  },
  'notice apply': {
    section: 'persons',
    arguments: { notice: { value: 'FILE', needed: true } },
    options: { out: { kind: 'text', value: 'FOLDER' }, shred: flag },
    dryRun: true,
  },
  'notice accept': {
    section: 'persons',
    arguments: { completion: { value: 'FILE', needed: true } },
    options: {},
    dryRun: true,
  },
  'retention list': {
    section: 'end',
    arguments: {},
    options: { due: flag, ics: { kind: 'text', value: 'FILE' }, force: flag },
  },
  'hold add': {
    section: 'end',
    arguments: {},
    options: {
      case: { kind: 'text', value: 'TEXT', needed: true },
      reason: { kind: 'text', value: 'TEXT', needed: true },
      dataset: { kind: 'text', value: 'ID' },
      subject: { kind: 'texts', value: 'ID' },
      subjectsFile: { kind: 'text', value: 'FILE' },
      all: flag,
    },
    dryRun: true,
  },
  'hold release': {
    section: 'end',
    arguments: { hold: { value: 'ID', needed: true } },
    options: { reason: { kind: 'text', value: 'TEXT', needed: true } },
    dryRun: true,
  },
  'hold list': { section: 'end', arguments: {}, options: {} },
  'freeze add': {
    section: 'end',
    arguments: {},
    options: {
      basis: { kind: 'choice', of: BASES, needed: true },
      from: { kind: 'text', value: 'DATE', needed: true },
      reason: { kind: 'text', value: 'TEXT', needed: true },
      dataset: { kind: 'text', value: 'ID' },
      subject: { kind: 'texts', value: 'ID' },
      subjectsFile: { kind: 'text', value: 'FILE' },
    },
    dryRun: true,
  },
  'freeze end': {
    section: 'end',
    arguments: { freeze: { value: 'ID', needed: true } },
    options: { reason: { kind: 'text', value: 'TEXT', needed: true } },
    dryRun: true,
  },
  'freeze list': { section: 'end', arguments: {}, options: {} },
  'purge plan': {
    section: 'end',
    arguments: {},
    options: {
      handedOver: flag,
      keptBack: flag,
      dataset: { kind: 'text', value: 'ID' },
      reason: { kind: 'text', value: 'TEXT' },
      withoutReceipt: flag,
      keepStatistics: flag,
      clockIsRight: flag,
    },
    dryRun: true,
    opensKeys: true,
  },
  'purge run': {
    section: 'end',
    arguments: { purge: { value: 'ID', needed: false } },
    options: { shred: flag, keepFiles: flag, clockIsRight: flag },
    dryRun: true,
    opensKeys: true,
  },
  'purge show': { section: 'end', arguments: { certificate: { value: 'FILE', needed: false } }, options: {} },
  'purge replay': {
    section: 'end',
    arguments: { ledger: { value: 'FILE', needed: false } },
    options: { clockIsRight: flag },
    dryRun: true,
  },
  'purge attest': {
    section: 'end',
    arguments: {},
    options: {
      place: { kind: 'choice', of: PLACES },
      state: { kind: 'choice', of: PLACE_STATES },
    },
    dryRun: true,
  },
  status: {
    section: 'officer',
    arguments: {},
    options: { html: { kind: 'text', value: 'FILE' }, force: flag },
  },
  'audit report': {
    section: 'officer',
    arguments: {},
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      html: { kind: 'text', value: 'FILE' },
      force: flag,
    },
  },
  'audit verify': {
    section: 'officer',
    arguments: {},
    options: {
      against: { kind: 'texts', value: 'FILE' },
      pack: { kind: 'text', value: 'FILE' },
      report: { kind: 'text', value: 'FILE' },
      archive: { kind: 'text', value: 'FILE' },
      card: { kind: 'text', value: 'CARD' },
    },
  },
  'audit log': {
    section: 'officer',
    arguments: {},
    options: {
      action: { kind: 'text', value: 'ACTION' },
      object: { kind: 'text', value: 'ID' },
      since: { kind: 'text', value: 'DATE' },
      last: { kind: 'count', value: 'NUMBER' },
    },
  },
  'audit prove': {
    section: 'officer',
    arguments: {},
    options: {
      event: { kind: 'count', value: 'NUMBER' },
      subject: { kind: 'text', value: 'ID' },
      bundle: { kind: 'text', value: 'ID' },
      withValues: flag,
      out: { kind: 'text', value: 'FILE' },
      force: flag,
    },
  },
  'audit check-proof': {
    section: 'officer',
    arguments: { proof: { value: 'FILE', needed: true } },
    options: { card: { kind: 'text', value: 'CARD' }, bundle: { kind: 'text', value: 'BUNDLE' } },
  },
  'audit form': {
    section: 'officer',
    arguments: {},
    options: {
      html: { kind: 'text', value: 'FILE' },
      md: { kind: 'text', value: 'FILE' },
      csv: { kind: 'text', value: 'FILE' },
      force: flag,
    },
    dryRun: true,
  },
  'audit pack': {
    section: 'officer',
    arguments: {},
    options: {
      out: { kind: 'text', value: 'FILE' },
      deal: { kind: 'text', value: 'DEAL' },
      withForm: flag,
      unsigned: flag,
      force: flag,
    },
    dryRun: true,
  },
  'audit timestamp': {
    section: 'officer',
    arguments: {},
    options: {
      out: { kind: 'text', value: 'FILE' },
      accept: { kind: 'text', value: 'FILE' },
      ca: { kind: 'text', value: 'FILE' },
      force: flag,
    },
    dryRun: true,
  },
  'audit prune': {
    section: 'officer',
    arguments: {},
    options: {
      before: { kind: 'text', value: 'DATE', needed: true },
      archive: { kind: 'text', value: 'FILE' },
      withoutArchive: flag,
      force: flag,
    },
    dryRun: true,
  },
  'audit forget-tags': { section: 'officer', arguments: {}, options: {}, dryRun: true },
  doctor: { section: 'officer', arguments: {}, options: { vault: flag } },
  completion: {
    section: 'start',
    arguments: { shell: { value: 'SHELL', needed: true } },
    options: {},
  },
  'policy list': { section: 'officer', arguments: {}, options: {} },
  'policy show': {
    section: 'officer',
    arguments: { pack: { value: 'NAME', needed: false } },
    options: {},
  },
  'policy diff': {
    section: 'officer',
    arguments: { before: { value: 'NAME', needed: true }, after: { value: 'NAME', needed: true } },
    options: {},
  },
  laws: { section: 'officer', arguments: {}, options: { id: { kind: 'text', value: 'ID' } } },
  'incident open': {
    section: 'incident',
    arguments: {},
    options: {
      what: {
        kind: 'choice',
        of: ['lost-bundle', 'lost-device', 'lost-passphrase', 'misdirected', 'intrusion', 'other'],
        needed: true,
      },
      summary: { kind: 'text', value: 'TEXT', needed: true },
      bundle: { kind: 'text', value: 'BUNDLE' },
      dataset: { kind: 'text', value: 'ID' },
      discovered: { kind: 'text', value: 'TIME' },
      grade: { kind: 'choice', of: ['general', 'larger', 'major', 'extraordinary'] },
      suspected: flag,
      gdpr: flag,
    },
    dryRun: true,
  },
  'incident update': {
    section: 'incident',
    arguments: { incident: { value: 'ID', needed: true } },
    options: {
      note: { kind: 'text', value: 'TEXT' },
      told: { kind: 'choice', of: ['authority', 'persons', 'partner', 'police'] },
      channel: { kind: 'choice', of: ['phone', 'sms', 'im', 'mail', 'announcement'] },
      at: { kind: 'text', value: 'TIME' },
      measure: { kind: 'text', value: 'TEXT' },
      cause: { kind: 'text', value: 'TEXT' },
      responsible: { kind: 'text', value: 'NAME' },
      notTellingPersons: { kind: 'text', value: 'TEXT' },
      minors: { kind: 'choice', of: ['yes', 'no'] },
      grade: { kind: 'choice', of: ['general', 'larger', 'major', 'extraordinary'] },
    },
    dryRun: true,
  },
  'incident draft': {
    section: 'incident',
    arguments: { incident: { value: 'ID', needed: true } },
    options: {
      for: { kind: 'choice', of: ['authority', 'persons'], needed: true },
      md: { kind: 'text', value: 'FILE' },
      html: { kind: 'text', value: 'FILE' },
      force: flag,
    },
  },
  'incident close': {
    section: 'incident',
    arguments: { incident: { value: 'ID', needed: true } },
    options: {
      outcome: { kind: 'text', value: 'TEXT', needed: true },
      corrective: { kind: 'text', value: 'TEXT', needed: true },
      unfounded: flag,
    },
    dryRun: true,
  },
  'incident list': { section: 'incident', arguments: {}, options: {} },
  'incident show': {
    section: 'incident',
    arguments: { incident: { value: 'ID', needed: true } },
    options: {},
  },
  'audit totals': {
    section: 'seller',
    arguments: {},
    options: {
      forBuyer: { kind: 'text', value: 'NAME' },
      sample: { kind: 'text', value: 'FILE' },
      force: flag,
    },
    opensKeys: true,
  },
  'audit public': {
    section: 'officer',
    arguments: {},
    options: { html: { kind: 'text', value: 'FILE' }, force: flag },
  },
  'audit persons': {
    section: 'officer',
    arguments: {},
    options: {
      others: { kind: 'count', value: 'NUMBER' },
      abroad: { kind: 'count', value: 'NUMBER' },
      abroadSensitive: { kind: 'count', value: 'NUMBER' },
    },
    dryRun: true,
  },
  'audit schedule': { section: 'officer', arguments: {}, options: {} },
  'papers draft': {
    section: 'house',
    arguments: {},
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      only: { kind: 'choice', of: DRAFT_KINDS },
      out: { kind: 'text', value: 'FOLDER' },
      force: flag,
    },
  },
  'papers add': {
    section: 'house',
    arguments: { file: { value: 'FILE', needed: true } },
    options: {
      as: { kind: 'choice', of: PAPER_KINDS, needed: true },
      signed: { kind: 'text', value: 'DATE' },
      signer: { kind: 'text', value: 'NAME' },
      deal: { kind: 'text', value: 'DEAL' },
    },
    dryRun: true,
  },
  'papers list': { section: 'house', arguments: {}, options: {} },
  'papers copy': {
    section: 'house',
    arguments: { paper: { value: 'ID', needed: true }, file: { value: 'FILE', needed: false } },
    options: { force: flag },
  },
  'people add': {
    section: 'house',
    arguments: { name: { value: 'NAME', needed: true } },
    options: {
      role: { kind: 'choice', of: PEOPLE_ROLES, needed: true },
      since: { kind: 'text', value: 'DATE' },
      contact: { kind: 'text', value: 'TEXT' },
      uscc: { kind: 'text', value: 'CODE' },
      identified: { kind: 'choice', of: IDENTIFICATIONS },
    },
    dryRun: true,
  },
  'people update': {
    section: 'house',
    arguments: { who: { value: 'NAME', needed: true } },
    options: {
      promised: { kind: 'text', value: 'DATE' },
      paper: { kind: 'text', value: 'ID' },
      trained: { kind: 'text', value: 'DATE' },
      topic: { kind: 'text', value: 'TEXT' },
      contact: { kind: 'text', value: 'TEXT' },
      identified: { kind: 'choice', of: IDENTIFICATIONS },
      gone: { kind: 'text', value: 'DATE' },
    },
    dryRun: true,
  },
  'people list': { section: 'house', arguments: {}, options: { all: flag } },
  'feedback import': {
    section: 'house',
    arguments: { file: { value: 'FILE', needed: true } },
    options: { ...asking },
    dryRun: true,
  },
  'feedback list': { section: 'house', arguments: {}, options: {} },
  'followup set': {
    section: 'house',
    arguments: { deal: { value: 'DEAL', needed: false } },
    options: { owner: { kind: 'text', value: 'NAME' } },
    dryRun: true,
  },
  'followup update': {
    section: 'house',
    arguments: { task: { value: 'ID', needed: true } },
    options: {
      owner: { kind: 'text', value: 'NAME' },
      due: { kind: 'text', value: 'DATE' },
      done: { kind: 'text', value: 'TEXT' },
    },
    dryRun: true,
  },
  'followup note': {
    section: 'house',
    arguments: { clock: { value: 'NAME', needed: true }, deal: { value: 'DEAL', needed: false } },
    options: { on: { kind: 'text', value: 'DATE' }, done: { kind: 'text', value: 'TEXT' } },
    dryRun: true,
  },
  'followup list': {
    section: 'house',
    arguments: {},
    options: { owner: { kind: 'text', value: 'NAME' }, all: flag },
  },
  'findings collect': { section: 'house', arguments: {}, options: {}, dryRun: true },
  'findings add': {
    section: 'house',
    arguments: { text: { value: 'TEXT', needed: true } },
    options: { owner: { kind: 'text', value: 'NAME' }, due: { kind: 'text', value: 'DATE' } },
    dryRun: true,
  },
  'findings update': {
    section: 'house',
    arguments: { finding: { value: 'ID', needed: true } },
    options: {
      owner: { kind: 'text', value: 'NAME' },
      due: { kind: 'text', value: 'DATE' },
      closed: { kind: 'text', value: 'TEXT' },
    },
    dryRun: true,
  },
  'findings list': {
    section: 'house',
    arguments: {},
    options: { owner: { kind: 'text', value: 'NAME' }, all: flag },
  },
} as const satisfies { readonly [name: string]: CommandShape };

export type CommandName = keyof typeof SHAPES;

export const COMMAND_NAMES = Object.keys(SHAPES) as readonly CommandName[];

/** Options that every command understands, before or after its name. */
export const GLOBALS = {
  workspace: { kind: 'text', value: 'FOLDER' },
  json: flag,
  lang: { kind: 'choice', of: LANGS },
  noInput: flag,
  yes: flag,
  quiet: flag,
  noColor: flag,
  operator: { kind: 'text', value: 'NAME' },
  passphraseFile: { kind: 'text', value: 'FILE' },
  passphraseFd: { kind: 'count', value: 'NUMBER' },
  debug: flag,
  help: flag,
} as const satisfies { readonly [name: string]: OptionShape };

type ValueOf<O> = O extends { readonly kind: 'flag' }
  ? boolean
  : O extends { readonly kind: 'texts' }
    ? readonly string[]
    : O extends { readonly kind: 'choices'; readonly of: readonly (infer C)[] }
      ? readonly C[]
      : O extends { readonly kind: 'count' }
        ? number | undefined
        : O extends { readonly kind: 'choice'; readonly of: readonly (infer C)[] }
          ? O extends { readonly needed: true }
            ? C
            : C | undefined
          : O extends { readonly needed: true }
            ? string
            : string | undefined;

type ArgumentOf<A> = A extends { readonly needed: true } ? string : string | undefined;

/** What a command receives from the command line, by its shape. */
export interface CommandInput<N extends CommandName> {
  readonly arguments: {
    readonly [K in keyof (typeof SHAPES)[N]['arguments']]: ArgumentOf<(typeof SHAPES)[N]['arguments'][K]>;
  };
  readonly options: {
    readonly [K in keyof (typeof SHAPES)[N]['options']]: ValueOf<(typeof SHAPES)[N]['options'][K]>;
  };
}

/** The values of {@link GLOBALS}. */
export type Globals = { readonly [K in keyof typeof GLOBALS]: ValueOf<(typeof GLOBALS)[K]> };

/** How an option is typed: `dryRun` is `--dry-run`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
