import { fail } from '../messages/error.js';
import { type FindingCode, rejectHeadings } from '../messages/findings.js';
import { LANGS } from '../messages/lang.js';
import { type Finding, findingOf } from './finding.js';
import { looksLikeData, normaliseHeader, safeHeader } from './header.js';
import { otherPhones } from './phones.js';
import { CUSTOMERS, fieldOfHeader, isContactable, type Profile } from './profile.js';
import {
  type MappedColumn,
  type DerivedColumn,
  type Mapping,
  type GivenMapping,
  failUnmapped,
} from './mapping.js';
import {
  SWITCH,
  SERIAL,
  NUMBER_NAME,
  CODE,
  FIRST_NAME,
  LAST_NAME,
  UNSUBSCRIBED,
  clarity,
} from './mapping-words.js';

/** What beside the header decides a mapping. */
export interface MappingBasis {
  readonly header: readonly string[];
  readonly headerLine: number;
  /** The first rows; without them nothing is derived that they have to show. */
  readonly sample?: readonly (readonly string[])[];
  /** Headers, or their numbers from 1, of columns that stay unread. */
  readonly skip?: readonly string[];
}

/** Fields about a person's no: where two columns hold one of them, both are read. */
export const READ_TWICE: ReadonlySet<string> = new Set([
  'consent_status',
  'contract_consent',
  'guardian_consent',
  'sensitive_consent',
  'marketing_opt_out',
  'withdrawn_at',
  'cancelled_at',
  'objection_at',
  'erasure_requested_at',
  'event',
]);

/** Where a second phone column goes. */
const SPARE_FIELDS: readonly string[] = ['mobile_2', 'landline'];

/**
 * Maps the header of a file to fields, by synonyms or as a mapping file says. Where two columns mean one field, the one with the clearer
 * name wins, else the first; the second is read as well where it may hold a no or a second phone, and reported otherwise.
 *
 * @throws HandoverError CSV_HEADER_MISSING, MAPPING_REQUIRED, MAPPING_COLUMN, MAPPING_SKIP
 */
export function proposeMapping(profile: Profile, basis: MappingBasis, given?: GivenMapping): Mapping {
  const { mapping, missing } = draftMapping(profile, basis, given);
  return missing.length === 0 ? mapping : failUnmapped(mapping, missing, '');
}

/** A mapping that may lack what the file cannot be used without. */
export interface DraftedMapping {
  readonly mapping: Mapping;
  /** Fields that no column has. */
  readonly missing: readonly string[];
  /** Positions of the columns that may be meant by the first of them. */
  readonly candidates: readonly number[];
}

/**
 * As {@link proposeMapping}, for whoever can ask what is missing.
 *
 * @throws HandoverError CSV_HEADER_MISSING, MAPPING_COLUMN, MAPPING_SKIP
 */
export function draftMapping(profile: Profile, basis: MappingBasis, given?: GivenMapping): DraftedMapping {
  const { header, headerLine } = basis;
  const proposed = header.map((cell) => fieldOfHeader(profile, cell)?.name ?? null);
  const known = proposed.filter((field) => field !== null).length;
  const data = header.filter(looksLikeData).length;
  if (data > 0 && data >= known) fail({ code: 'CSV_HEADER_MISSING', line: headerLine });
  if (given !== undefined) assertColumns(given, header);
  const draft = new Draft(profile, basis, proposed, given);
  draft.map();
  draft.derive();
  return draft.done();
}

/** A mapping in the making. */
class Draft {
  readonly #profile: Profile;
  readonly #basis: MappingBasis;
  readonly #findings: Finding[] = [];
  readonly #derived: DerivedColumn[] = [];
  readonly #columns: MappedColumn[] = [];
  readonly #taken = new Set<string>();
  /** What the mapping file says of each column; undefined where it says nothing. */
  readonly #told: readonly ({ readonly field: string | null } | undefined)[];
  readonly #proposed: readonly (string | null)[];
  readonly #wanted: (string | null)[];
  readonly #skipped: ReadonlySet<number>;

  constructor(
    profile: Profile,
    basis: MappingBasis,
    proposed: readonly (string | null)[],
    given: GivenMapping | undefined,
  ) {
    this.#profile = profile;
    this.#basis = basis;
    this.#proposed = proposed;
    const seen = new Map<string, number>();
    this.#told = basis.header.map((cell) => {
      const key = normaliseHeader(cell);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      return given?.get(cell.trim())?.[nth];
    });
    this.#wanted = given === undefined ? [...proposed] : this.#told.map((told) => told?.field ?? null);
    this.#skipped = skippedColumns(basis);
    for (const index of this.#skipped) this.#wanted[index] = null;
    if (this.#wanted.includes('consent_status'))
      for (const [index, cell] of basis.header.entries())
        if (SWITCH.has(normaliseHeader(cell)) && this.#told[index] === undefined) this.#wanted[index] = null;
    if (given === undefined && !this.#wanted.includes(profile.subject)) this.#numberBySerial();
  }

  map(): void {
    const { header } = this.#basis;
    const hasKnown =
      this.#wanted.some((field) => field !== null) || this.#told.some((told) => told !== undefined);
    const chosen = this.#chosen();
    const keys = header.map(normaliseHeader);
    for (const [index, cell] of header.entries()) {
      // Without a single known column the first row may be a customer whom nothing gave away.
      const shown = hasKnown ? safeHeader(cell, index + 1) : `#${index + 1}`;
      const column = { index, header: cell, shown, field: null };
      const wanted = this.#wanted[index] ?? null;
      const key = keys[index] ?? '';
      if (wanted === 'marketing_opt_out' && isContactable(cell))
        this.#note('HEADER_CONTACTABLE', index, wanted);
      if (wanted !== null && chosen.get(wanted) === index) {
        this.#taken.add(wanted);
        const beside =
          wanted === 'marketing_opt_out' && chosen.has('consent_status')
            ? ({ also: 'consent_status', isBeside: true } as const)
            : {};
        this.#columns.push({ ...column, field: wanted, ...this.#spareMark(index, wanted), ...beside });
      } else if (wanted !== null) {
        this.#columns.push(this.#second(column, wanted, keys.indexOf(key) < index && key !== ''));
      } else if (SWITCH.has(key) && chosen.has('consent_status') && this.#told[index] === undefined) {
        this.#note('HEADER_SWITCH', index, 'consent_status');
        this.#columns.push({ ...column, also: 'consent_status', isSwitch: true });
      } else {
        if (key !== '' && this.#told[index] === undefined && !OURS.has(key) && !this.#skipped.has(index))
          this.#note('HEADER_UNMAPPED', index);
        this.#columns.push(column);
      }
    }
  }

  /** For each field the column with the clearest name; the first of those. */
  #chosen(): ReadonlyMap<string, number> {
    const chosen = new Map<string, number>();
    for (const [index, field] of this.#wanted.entries()) {
      if (field === null) continue;
      const before = chosen.get(field);
      const clearer =
        before === undefined ||
        clarity(field, this.#basis.header[index] ?? '') > clarity(field, this.#basis.header[before] ?? '');
      if (clearer) chosen.set(field, index);
    }
    return chosen;
  }

  /** A further phone column that a mapping names is what it was when nobody had named it: used where the first is empty. */
  #spareMark(index: number, wanted: string): { readonly isSpare?: true } {
    const isPhone = this.#proposed[index] === 'mobile' && SPARE_FIELDS.includes(wanted);
    return isPhone && this.#told[index] !== undefined && this.#wanted.includes('mobile')
      ? { isSpare: true }
      : {};
  }

  /** A column whose field another column has. */
  #second(column: MappedColumn, wanted: string, isRepeated: boolean): MappedColumn {
    const { index } = column;
    if (wanted === 'consent_status' && SWITCH.has(normaliseHeader(column.header))) {
      this.#note('HEADER_SWITCH', index, wanted);
      return { ...column, also: wanted, isSwitch: true };
    }
    if (READ_TWICE.has(wanted)) {
      this.#note('HEADER_SECOND_READ', index, wanted);
      return { ...column, also: wanted };
    }
    if (wanted === 'mobile') {
      for (const field of SPARE_FIELDS) {
        if (this.#taken.has(field) || this.#wanted.includes(field)) continue;
        this.#taken.add(field);
        this.#note('HEADER_SECOND_PHONE', index, field);
        return { ...column, field, isSpare: true };
      }
    }
    this.#note(isRepeated ? 'HEADER_DUPLICATE' : 'HEADER_SECOND', index, wanted);
    return column;
  }

  #numberBySerial(): void {
    const index = this.#basis.header.findIndex(
      (cell, i) => (SERIAL.has(normaliseHeader(cell)) || cell.trim() === '#') && !this.#skipped.has(i),
    );
    if (index === -1 || !this.#namesPersons() || !this.#isOfPersons) return;
    if (this.#candidates().length > 0) return;
    this.#wanted[index] = this.#profile.subject;
    this.#note('HEADER_SERIAL', index, this.#profile.subject);
  }

  /** Whether the file is about persons and not about what they own or said. */
  get #isOfPersons(): boolean {
    return this.#profile.id === 'customers' || this.#profile.id === 'archive';
  }

  /** Whether the columns show that the rows are customers. */
  #namesPersons(): boolean {
    return this.#wanted.includes('name') || this.#wanted.includes('mobile');
  }

  derive(): void {
    if (this.#profile.id === 'consents') this.#deriveEvents();
    else this.#deriveCustomers();
  }

  #deriveCustomers(): void {
    const { header, sample } = this.#basis;
    const at = (names: ReadonlySet<string>) =>
      header.findIndex((cell, i) => names.has(normaliseHeader(cell)) && !this.#skipped.has(i));
    const [first, last] = [at(FIRST_NAME), at(LAST_NAME)];
    if (
      !this.#taken.has('name') &&
      (first !== -1 || last !== -1) &&
      (this.#taken.size > 0 || sample !== undefined)
    ) {
      const columns = [first, last].filter((index) => index !== -1);
      this.#findings.splice(
        0,
        this.#findings.length,
        ...this.#findings.filter(
          ({ code, column }) => code !== 'HEADER_UNMAPPED' || !columns.includes(column - 1),
        ),
      );
      this.#add({ field: 'name', from: 'name', columns: [first, last] });
      this.#note('HEADER_NAME_PARTS', columns[0] ?? 0, 'name');
    }
    const mobile = this.#columnOf('mobile');
    if (!this.#taken.has(this.#profile.subject) && sample !== undefined && this.#candidates().length === 0) {
      if (mobile !== -1) {
        this.#add({ field: this.#profile.subject, from: 'phone', columns: [mobile] });
        this.#noteFile('HEADER_BY_PHONE');
      } else if (this.#taken.has('name')) {
        this.#add({ field: this.#profile.subject, from: 'line', columns: [] });
        this.#noteFile('HEADER_BY_LINE');
      }
    }
    const holdsTwo = sample?.some((cells) => isTwoPhones(cells[mobile] ?? '')) ?? false;
    if (mobile !== -1 && holdsTwo && !this.#taken.has('mobile_2'))
      this.#add({ field: 'mobile_2', from: 'second-phone', columns: [mobile] });
  }

  #deriveEvents(): void {
    const { header } = this.#basis;
    if (!this.#taken.has('subject')) {
      const contacts = ['email', 'mobile'].map((field) =>
        header.findIndex((cell) => fieldOfHeader(CUSTOMERS, cell)?.name === field),
      );
      if (contacts.some((index) => index !== -1)) {
        this.#add({ field: 'subject', from: 'contact', columns: contacts });
        this.#noteFile('LEDGER_BY_CONTACT');
      }
    }
    const time = this.#columnOf('time');
    if (!this.#taken.has('event') && time !== -1 && UNSUBSCRIBED.test(normaliseHeader(header[time] ?? ''))) {
      this.#add({ field: 'event', from: 'withdrawal', columns: [] });
      this.#noteFile('LEDGER_ALL_NO');
    }
    if (this.#derived.some(({ from }) => from === 'withdrawal')) return;
    if (!this.#taken.has('recipient')) this.#noteFile('LEDGER_NO_RECIPIENT');
    if (!this.#taken.has('purpose')) this.#noteFile('LEDGER_NO_PURPOSE');
  }

  done(): DraftedMapping {
    const missing = this.#profile.required.filter((field) => !this.#taken.has(field));
    return {
      mapping: {
        profile: this.#profile,
        columns: this.#columns,
        derived: this.#derived,
        findings: this.#findings,
      },
      missing,
      candidates: missing.includes(this.#profile.subject) ? this.#candidates() : [],
    };
  }

  /** Columns without a field that may hold the customer number: by their name, or because every row has a code of its own there. */
  #candidates(): readonly number[] {
    const { header, sample = [] } = this.#basis;
    return [...header.keys()].filter((index) => {
      const key = normaliseHeader(header[index] ?? '');
      if (this.#wanted[index] !== null || this.#told[index] !== undefined || this.#skipped.has(index))
        return false;
      if (key === '' || SERIAL.has(key) || OURS.has(key)) return false;
      if (NUMBER_NAME.test(key)) return true;
      const cells = sample.map((row) => (row[index] ?? '').trim());
      return (
        cells.length >= 5 && cells.every((cell) => CODE.test(cell)) && new Set(cells).size === cells.length
      );
    });
  }

  #columnOf(field: string): number {
    return this.#columns.findIndex((column) => column.field === field);
  }

  #add(derived: DerivedColumn): void {
    this.#taken.add(derived.field);
    this.#derived.push(derived);
  }

  #note(code: FindingCode, index: number, field = ''): void {
    this.#findings.push(findingOf(code, this.#basis.headerLine, index + 1, field));
  }

  #noteFile(code: FindingCode): void {
    this.#findings.push(findingOf(code, this.#basis.headerLine));
  }
}

function isTwoPhones(cell: string): boolean {
  return cell.length > 14 && otherPhones(cell) !== '';
}

/** The columns that the person leaves out, by 0-based position. @throws HandoverError MAPPING_SKIP */
export function skippedColumns({
  header,
  skip = [],
}: Pick<MappingBasis, 'header' | 'skip'>): ReadonlySet<number> {
  const skipped = new Set<number>();
  for (const name of skip) {
    const key = normaliseHeader(name);
    const byNumber = /^#?(\d{1,4})$/.exec(name.trim())?.[1];
    const found = header.flatMap((cell, i) => (normaliseHeader(cell) === key && key !== '' ? [i] : []));
    if (
      found.length === 0 &&
      byNumber !== undefined &&
      Number(byNumber) >= 1 &&
      Number(byNumber) <= header.length
    )
      found.push(Number(byNumber) - 1);
    if (found.length === 0) fail({ code: 'MAPPING_SKIP', columns: header.length });
    for (const index of found) skipped.add(index);
  }
  return skipped;
}

/** The columns that a reject file adds are not reported when it is imported again. */
const OURS = new Set(LANGS.flatMap((lang) => rejectHeadings[lang].map(normaliseHeader)));

function assertColumns(given: GivenMapping, header: readonly string[]): void {
  for (const [name, entries] of given) {
    const count = header.filter((cell) => cell.trim() === name).length;
    const extra = entries[count];
    if (extra !== undefined) fail({ code: 'MAPPING_COLUMN', line: extra.line });
  }
}
