import { hex } from '../base/bytes.js';
import type { SecretKey } from '../base/crypto.js';
import { tagger } from '../base/tagger.js';
import { type FieldDefinition, type FieldName, fieldOf } from '../dataset/fields.js';
import { maskValue } from '../dataset/mask.js';
import { stricter } from '../deal/classes.js';
import { leavingFields, type Terms, type TermsField } from '../deal/terms.js';
import { fail } from '../messages/error.js';
import { generaliserOf } from './generalise.js';
import { strikeOf } from './free-text.js';
import { leastClass, sensitiveProfile } from './profile.js';
import type { SensitiveProfile } from './rules.js';
import { redactText } from './scan.js';
import { type StaySet, staysWith } from './stays.js';
import type { CheckedRecord } from './verdict.js';

export interface MinimiseSetup {
  readonly terms: Terms;
  readonly columns: readonly FieldName[];
  /** Key of the tokens. It stays with the seller: whoever has it can try values. */
  readonly tokenKey: SecretKey;
}

/** Makes the fields of a record as they are in its line behind the tag, for {@link ndjsonLine}. What stays of the person is empty. */
export type Minimise = (record: CheckedRecord, stays: StaySet) => string;

/**
 * The line of a record, without newline.
 *
 * @param tagHex the subject tag under the deal's tag key, 32 hexadecimal digits
 */
export function ndjsonLine(tagHex: string, fields: string): string {
  return `{"_tag":"${tagHex}"${fields}}`;
}

type Change = (value: string, stays: StaySet) => string;

/** JSON.stringify costs far more than this test, and Chinese text almost never needs it. Surrogates go to it, because a lone one must be escaped. */
const NEEDS_ESCAPE = /["\\\u0000-\u001f\u2028\u2029\ud800-\udfff]/;

/**
 * Compiles the minimising of a deal (PIPL-6): a new line is *built* from the agreed fields, in the deal's order after `_tag`; nothing is
 * removed from the full record, so a forgotten field is absent, not leaked. An empty value is `null`.
 *
 * The deal is signed by people who may err: a field that never leaves, or leaves only with a necessity that is not stated, is refused
 * here as well as in the review of the deal. Whatever the deal says, codes and places of keys are struck out of every value.
 *
 * @throws HandoverError POLICY_FIELD_UNKNOWN, POLICY_FIELD_NEVER, POLICY_NECESSITY_MISSING, POLICY_ACTION_NO_RULE
 */
export function compileMinimise(setup: MinimiseSetup): Minimise {
  const { terms, columns, tokenKey } = setup;
  const token = tokeniser(tokenKey);
  const names: readonly string[] = columns;
  const plan = leavingFields(terms).map((field): Cell => {
    const definition = permitted(field, sensitiveProfile(terms));
    const key = `,${JSON.stringify(field.name)}:`;
    return {
      empty: `${key}null`,
      open: `${key}"`,
      key,
      position: names.indexOf(field.name),
      change: changeOf(field, definition, token),
      stays: staysWith(field, terms),
    };
  });

  return (record, stays) => {
    let line = '';
    for (const cell of plan) {
      const raw = cell.position < 0 ? '' : record[cell.position];
      if (raw === undefined || raw === '' || (cell.stays & stays) !== 0) {
        line += cell.empty;
        continue;
      }
      const value = cell.change === null ? raw : cell.change(raw, stays);
      if (value === '') line += cell.empty;
      else if (NEEDS_ESCAPE.test(value)) line += cell.key + JSON.stringify(value);
      else line += `${cell.open}${value}"`;
    }
    return line;
  };
}

/** One field of the line, with its key as it is in JSON. */
interface Cell {
  readonly empty: string;
  readonly open: string;
  readonly key: string;
  /** Of the field in the record; -1 if the file has no such column. */
  readonly position: number;
  readonly change: Change | null;
  /** What keeps it at home, where it stays of a person. */
  readonly stays: StaySet;
}

/** The catalogue's definition of a field that the deal lets leave, if it may. */
function permitted(field: TermsField, profile: SensitiveProfile | undefined): FieldDefinition {
  const { name } = field;
  const definition = fieldOf(name) ?? fail({ code: 'POLICY_FIELD_UNKNOWN', field: name });
  const fieldClass = stricter(field.class, leastClass(definition, profile));
  if (fieldClass === 'safety' || definition.leaves === 'never')
    fail({ code: 'POLICY_FIELD_NEVER', field: name });
  if ((fieldClass === 'sensitive' || definition.leaves === 'justified') && field.necessity === undefined)
    fail({ code: 'POLICY_NECESSITY_MISSING', field: name });
  return definition;
}

/** How the values of a field change, or null if they leave as they are: first what never leaves is struck out, then what the deal says. */
function changeOf(field: TermsField, definition: FieldDefinition, token: Change): Change | null {
  const agreed = agreedChange(field, definition, token);
  const strike = strikeOf(definition);
  // Redacting strikes out as much and more.
  if (strike === null || field.action === 'redact') return agreed;
  return agreed === null ? strike : (value, stays) => agreed(strike(value, stays), stays);
}

/** The change of which the deal speaks; null for none. */
function agreedChange(field: TermsField, definition: FieldDefinition, token: Change): Change | null {
  switch (field.action) {
    case 'mask':
      return (value) => maskValue(definition.kind, value);
    case 'generalise':
      return (
        generaliserOf(definition) ??
        fail({ code: 'POLICY_ACTION_NO_RULE', field: field.name, action: field.action })
      );
    case 'tokenise':
      return token;
    case 'redact':
      return (value) => redactText(value);
    case 'keep':
      return null;
    case 'drop':
      throw new Error('a dropped field has no value');
  }
}

/** A keyed code instead of a value: equal values have equal codes, and without the key nobody can try values (GB/T 35273 6.2). */
function tokeniser(key: SecretKey): Change {
  const tag = tagger(key);
  return (value) => hex(tag([value]));
}
