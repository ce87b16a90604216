import { CONTRACT_FIELDS } from '../dataset/profile.js';
import { type FieldDefinition, type FieldName, fieldOf } from '../dataset/fields.js';
import type { FieldClass } from '../deal/classes.js';
import type { FieldAction } from '../deal/terms.js';

/** What a program would do with a column, and what a person may do instead. */
export interface ProposedField {
  readonly name: FieldName;
  readonly class: FieldClass;
  /** What is proposed. */
  readonly action: FieldAction;
  /** What happens to it if it leaves. */
  readonly leaving: FieldAction;
  /** Why it does not leave without more ado; null where a person may simply choose. */
  readonly barred: 'never' | 'necessity' | null;
  /** Whether it serves a contract that goes on. */
  readonly serves: 'contract' | 'service';
}

/** What a buyer needs to go on serving: nothing more is proposed (PIPL-6, law.md §1.4). */
const NEEDED: ReadonlySet<FieldName> = new Set<FieldName>([
  'customer_no',
  'name',
  'mobile',
  'mobile_2',
  'landline',
  'address',
  'province',
  'city',
  'district',
  'community',
  'service',
  'frequency',
  'schedule',
  'contract_no',
  'contract_ends',
  'contract_status',
  'card_type',
  'prepaid_balance',
  'remaining_sessions',
  'marketing_opt_out',
]);

/** What belongs to a contract that goes on. */
const CONTRACT: ReadonlySet<FieldName> = new Set(CONTRACT_FIELDS);

/** Columns by which the program judges and keeps its times. They are no part of what is agreed to leave. */
const OWN: ReadonlySet<FieldName> = new Set<FieldName>([
  'created_at',
  'updated_at',
  'last_service_at',
  'retain_until',
]);

/**
 * The list of fields that a deal begins with, from the columns of the customer files. The customer number is always in it: by it the parties
 * know the same customer.
 */
export function proposeFields(columns: readonly FieldName[]): readonly ProposedField[] {
  const rest = columns.filter((name) => name !== 'customer_no');
  return ['customer_no', ...rest].flatMap((name) => {
    const field = fieldOf(name);
    return field === undefined || field.class === 'evidence' || OWN.has(field.name) ? [] : [proposed(field)];
  });
}

function proposed(field: FieldDefinition): ProposedField {
  const { name } = field;
  const barred = barOf(field);
  const leaving = field.class === 'address' && name === 'address' ? 'generalise' : leavingAction(field);
  return {
    name,
    class: field.class,
    action: barred === null && NEEDED.has(name) ? leaving : 'drop',
    leaving,
    barred,
    serves: CONTRACT.has(name) ? 'contract' : 'service',
  };
}

function leavingAction({ class: fieldClass }: FieldDefinition): FieldAction {
  return fieldClass === 'free-text' ? 'redact' : 'keep';
}

function barOf({ class: fieldClass, leaves }: FieldDefinition): ProposedField['barred'] {
  if (fieldClass === 'safety' || leaves === 'never') return 'never';
  return fieldClass === 'sensitive' || leaves === 'justified' ? 'necessity' : null;
}
