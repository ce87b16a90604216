import { type FieldName, fieldOf } from '../dataset/fields.js';
import type { ImportedRecord } from '../dataset/page.js';
import { OWED_TABLES, tablesOf } from '../deal/tables.js';
import { leavingFields } from '../deal/terms.js';
import type { NotAsked } from '../messages/reasons.js';
import { CARE, SENSITIVE_CATEGORIES, type SensitiveCategory, type StayCode } from '../messages/stays.js';
import { cell, columnOf, type JudgeBasis } from './basis.js';
import type { Entries, Entry } from './entries.js';
import { categoriesInWords, saysOf } from './free-text.js';
import {
  compileDependence,
  type FurtherConsent,
  type FurtherReading,
  furtherConsent,
  guardianConsent,
} from './further-consent.js';
import { isHolding, movingHoldings } from './limits.js';
import { remembered } from './match.js';
import { type Ask, notAsked, type Sink } from './question.js';
import { reasonSet } from './reasons.js';
import { roleOf } from './roles.js';
import { categoryBit, categoryOf, HOLDINGS, OWED_ROWS } from './stays.js';

/* The questions of law.md §5.1 whose no keeps a part of a person at the seller's and lets the person go. */

/** Words by which a consent names a category, besides the names of its fields. */
const NAMES: Readonly<Record<SensitiveCategory, RegExp>> = {
  identity: /身份证|证件|identity|id ?(?:no|number|card)/iu,
  health: /健康|病|医|过敏|用药|护理|残疾|孕|预产|health|medic|allerg|pregnan|disab/iu,
  finance: /银行|账号|账户|卡号|支付|金融|bank|account|payment|financ/iu,
  location: /位置|定位|行踪|坐标|location|gps|whereabout/iu,
  belief: /宗教|信仰|民族|清真|饮食|religio|belief|ethnic|diet/iu,
  children: /孩子|小孩|儿童|子女|未成年|child|minor/iu,
  other: /其他|other/iu,
};

/** Words by which a consent leaves out what it names. A clause that holds one gives nothing. */
const LEFT_OUT =
  /不|除|没|勿|别(?!名)|拒|未(?!成年)|\b(?:no(?!\.)|not|except|exclud\w*|without|other than|but)\b/iu;

/** What a consent to sensitive data is for; a text that names no category is for none of them in particular. */
const namedIn = remembered((text: string): ReadonlySet<SensitiveCategory> => {
  const clauses = text
    .normalize('NFKC')
    .split(/[,、;；，。.()[\]【】\n]+|(?=\b(?:except|exclud|without|but|not)\w*\b)/iu);
  const named = (given: boolean) =>
    SENSITIVE_CATEGORIES.filter((category) =>
      clauses.some((clause) => LEFT_OUT.test(clause) !== given && NAMES[category].test(clause)),
    );
  const out = named(false);
  return new Set(named(true).filter((category) => !out.includes(category)));
});

/** Where a record holds data of one category: in fields of its own, and in texts that leave as they are. */
interface Held {
  readonly category: SensitiveCategory;
  readonly columns: readonly { readonly name: FieldName; readonly at: number; readonly isText: boolean }[];
}

function heldCategories(basis: JudgeBasis): readonly Held[] {
  const leaving = leavingFields(basis.terms);
  const columns = leaving.flatMap((field) => {
    const definition = fieldOf(field.name);
    const at = definition === undefined ? -1 : columnOf(basis, field.name);
    return definition === undefined || at < 0 ? [] : [{ field, name: definition.name, at }];
  });
  return SENSITIVE_CATEGORIES.flatMap((category) => {
    const found = columns.flatMap(({ field, name, at }) => {
      if (categoryOf(field, basis.pack.profile) === category) return [{ name, at, isText: false }];
      const isText = categoriesInWords(field).includes(category);
      return isText ? [{ name, at, isText }] : [];
    });
    return found.length === 0 ? [] : [{ category, columns: found }];
  });
}

/** Whether the deal lets anything sensitive leave, in a field of its own or in words. */
function leavesSensitive({ terms, pack }: JudgeBasis): boolean {
  return leavingFields(terms).some(
    (field) => categoryOf(field, pack.profile) !== null || categoriesInWords(field).length > 0,
  );
}

const SENSITIVE_CODES: Readonly<Record<Exclude<FurtherConsent, 'good'>, StayCode>> = {
  refused: 'SENSITIVE_REFUSED',
  withdrawn: 'SENSITIVE_REFUSED',
  silent: 'SENSITIVE_SILENT',
  unproven: 'SENSITIVE_UNPROVEN',
};

/** Sensitive data: did the person agree to this very kind? Of a child's, the guardian (PIPL-29, PIPL-31). */
export function sensitive(basis: JudgeBasis): Ask<ImportedRecord> {
  const laws = ['PIPL-28', 'PIPL-29', 'PIPL-31'];
  const held = heldCategories(basis);
  if (held.length === 0) return notAsked('sensitive', laws, leavesSensitive(basis) ? 'file' : 'deal');
  const consent = furtherConsent(basis, {
    status: 'sensitive_consent',
    at: 'sensitive_consent_at',
    evidence: 'sensitive_consent_evidence',
  });
  const ofGuardian = guardianConsent(basis);
  const scope = columnOf(basis, 'sensitive_consent_for');
  const isOnly = held.length === 1;
  return (record, sink) => {
    sink.turnTo('sensitive', laws);
    let isHeld = false;
    for (const { category, columns } of held) {
      const where = columns.find(({ at, isText }) => holds(cell(record, at), category, isText));
      if (where === undefined) continue;
      isHeld = true;
      const isChild = category === 'children';
      const found = (isChild ? ofGuardian : consent).of(record);
      const named = cell(record, scope);
      const covers = isChild || (named === '' ? isOnly : namedIn(named).has(category));
      if (found === 'good' && covers) continue;
      sink.column(where.name, '');
      if (isChild) sink.stay(categoryBit(category), 'CHILD_GUARDIAN', 0);
      else sink.stay(categoryBit(category), found === 'good' ? 'SENSITIVE_OTHER' : SENSITIVE_CODES[found], 0);
    }
    if (!isHeld) sink.skip('person');
  };
}

function holds(value: string, category: SensitiveCategory, isText: boolean): boolean {
  if (value === '') return false;
  return !isText || saysOf(value, category);
}

/**
 * Whoever is cared for is another person: did that person agree? So is whoever has a row of its own and is not the one who pays: the yes in
 * it may be the payer's, which covers no other adult (GD-11), so that person's own is wanted.
 */
export function care(basis: JudgeBasis): Ask<ImportedRecord> {
  const laws = ['PIPL-13', 'PIPL-28', 'GD-11'];
  const leaves = leavingFields(basis.terms).some(({ name }) => name === 'care_recipient');
  const column = leaves ? columnOf(basis, 'care_recipient') : -1;
  const role = basis.rule.consent === 'none' ? -1 : columnOf(basis, 'subject_role');
  if (column < 0 && role < 0) return notAsked('care', laws, leaves ? 'file' : 'deal');
  const dependence = compileDependence(basis, basis.pack.guardianUnder);
  const consent = furtherConsent(basis, {
    status: 'care_consent',
    at: 'care_consent_at',
    evidence: 'care_consent_evidence',
  });
  return (record, sink) => {
    sink.turnTo('care', laws);
    const isOther = role >= 0 && roleOf(cell(record, role)) !== 'payer' && !dependence.today(record);
    if (cell(record, column) === '' && !isOther) return sink.skip('person');
    if (isOther) sink.column('subject_role', cell(record, role));
    sink.column('care_consent', consent.at(record));
    const found = consent.of(record);
    if (found === 'good') return;
    if (isOther)
      sink.against(found === 'refused' ? R.refused : found === 'withdrawn' ? R.withdrawn : R.missing);
    else sink.stay(categoryBit(CARE), 'CARE_SILENT', 0);
  };
}

const R = {
  missing: reasonSet('CONSENT_MISSING'),
  refused: reasonSet('CONSENT_REFUSED'),
  withdrawn: reasonSet('CONSENT_WITHDRAWN'),
} as const;

const CONTRACT_CODES: Readonly<Record<Exclude<FurtherConsent, 'good'>, StayCode>> = {
  refused: 'CONTRACT_REFUSED',
  withdrawn: 'CONTRACT_REFUSED',
  silent: 'CONTRACT_SILENT',
  unproven: 'CONTRACT_UNPROVEN',
};

/**
 * Does something prepaid move: did the customer agree that the contract changes hands? Who did not, goes without the balance, which the
 * seller performs or refunds; silence is refusal (CC-551, CC-555). Who is under eighteen, or has a guardian, does not agree alone (CC-19,
 * CC-22).
 */
export function contract(basis: JudgeBasis): (record: ImportedRecord, entries: Entries, sink: Sink) => void {
  const laws = ['CC-551', 'CC-555'];
  if (!basis.rule.contract) {
    const skip = notAsked('contract', laws, 'kind');
    return (record, _, sink) => skip(record, sink);
  }
  const holdings = movingHoldings(basis.terms).map((name) => columnOf(basis, name));
  const none: NotAsked =
    holdings.length === 0 ? 'deal' : holdings.every((column) => column < 0) ? 'file' : 'person';
  const owed = tablesOf(basis.terms).some((table) => OWED_TABLES.includes(table)) ? OWED_ROWS : 0;
  const consent = contractConsent(basis);
  const isTooYoung = tooYoungFor(basis);
  return (record, { contract: said }, sink) => {
    sink.turnTo('contract', laws);
    let holds = false;
    for (const holding of holdings) if (isHolding(cell(record, holding))) holds = true;
    if (!holds && owed === 0) return sink.skip(none);
    const bits = holds ? HOLDINGS | owed : owed;
    const at = consent.at(record);
    const stated = consent.of(record);
    const found = settled(stated, at, said);
    if (said === null || found === stated) sink.column('contract_consent', at);
    else sink.entry(said, '');
    if (found !== 'good') sink.stay(bits, CONTRACT_CODES[found], 0);
    else if (isTooYoung(record, found === stated ? at : (said?.time ?? '')))
      sink.stay(bits, 'CONTRACT_GUARDIAN', 0);
  };
}

function contractConsent(basis: JudgeBasis): FurtherReading {
  const hasOwn = (name: FieldName) => columnOf(basis, name) >= 0;
  return furtherConsent(basis, {
    status: 'contract_consent',
    // One paper may ask both questions: then its date and reference are in the columns of the first answer.
    at: hasOwn('contract_consent_at') ? 'contract_consent_at' : 'consent_at',
    evidence: hasOwn('contract_consent_evidence') ? 'contract_consent_evidence' : 'consent_evidence',
  });
}

/** Whether somebody may not move a contract alone, and no guardian agreed (CC-19). */
function tooYoungFor(basis: JudgeBasis): (record: ImportedRecord, answered: string) => boolean {
  const { today, whenAnswering } = compileDependence(basis, basis.pack.contractUnder);
  const ofGuardian = guardianConsent(basis);
  return (record, answered) =>
    (today(record) || whenAnswering(record, answered)) && ofGuardian.of(record) !== 'good';
}

/** What customers answered about their contract, by the file and by what they said, whether or not anything prepaid moves. */
export function contractAnswer(basis: JudgeBasis): {
  of(record: ImportedRecord, said: Entry | null): FurtherConsent;
} {
  const consent = contractConsent(basis);
  const isTooYoung = tooYoungFor(basis);
  return {
    of: (record, said) =>
      isTooYoung(record, said?.time ?? consent.at(record))
        ? 'unproven'
        : settled(consent.of(record), consent.at(record), said),
  };
}

/** What the file's column and an answer of the person amount to together: the later of them, and the no where that is not known. */
function settled(stated: FurtherConsent, at: string, said: Entry | null): FurtherConsent {
  if (said === null || said.meaning === 'pending' || said.meaning === 'unclear') return stated;
  const answered: FurtherConsent =
    said.meaning !== 'yes' ? 'refused' : said.reasons === 0 ? 'good' : 'unproven';
  if (stated === 'silent') return answered;
  if (answered === 'refused') return stated === 'good' && at > said.time ? stated : answered;
  if (stated === 'refused' || stated === 'withdrawn')
    return answered === 'good' && at !== '' && said.time > at ? answered : stated;
  return stated === 'good' ? stated : answered;
}
