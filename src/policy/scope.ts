import { FIELDS, type FieldDefinition, type FieldName, fieldOf } from '../dataset/fields.js';
import { type FieldClass, isLaxer, stricter } from '../deal/classes.js';
import { type FieldAction, fieldsOf, type Terms, type TermsField } from '../deal/terms.js';
import { EXIT } from '../messages/exit.js';
import { type PolicyProblem, policyExits } from '../messages/problems/policy.js';
import type { ScopeReason } from '../messages/reasons.js';
import { generaliserOf } from './generalise.js';
import { movingHoldings } from './limits.js';
import { findPolicy, ruleOf } from './pack.js';
import { leastClass, sensitiveProfile } from './profile.js';
import { unknownRoutes } from './routes.js';
import type { SensitiveProfile } from './rules.js';

/** One field on the page that shows side by side what leaves and what stays. */
export interface ScopeRow {
  readonly field: string;
  /** The more protective of the deal's and the catalogue's class. */
  readonly class: FieldClass;
  readonly tier: 1 | 2 | 3;
  /** Whether any value of this field, changed or not, reaches the buyer. */
  readonly leaves: boolean;
  readonly action: FieldAction;
  readonly purpose: string | null;
  readonly why: ScopeReason;
}

/** What leaves and what stays under a deal, and what is wrong with that. */
export interface ScopeReview {
  readonly rows: readonly ScopeRow[];
  /** What must be put right before the deal is signed or carried out. */
  readonly problems: readonly PolicyProblem[];
  /** What a person should know and may accept. */
  readonly advice: readonly PolicyProblem[];
}

/**
 * Compares a deal with the catalogue of fields, and with a file's columns where there is one: first the deal's fields in its order, then the
 * file's other columns, which stay.
 *
 * @param columns the mapped columns of a file, or undefined when only the deal is looked at
 */
export function reviewScope(terms: Terms, columns?: readonly FieldName[]): ScopeReview {
  const fields = fieldsOf(terms);
  const profile = sensitiveProfile(terms);
  const named = new Set(fields.map((field) => field.name));
  const rows = [
    ...fields.map((field) => agreedRow(field, profile, columns)),
    ...(columns ?? []).filter((name) => !named.has(name)).map(unnamedRow),
  ];
  const found = [
    ...packProblems(terms),
    ...unknownRoutes(terms).map((basis) => ({ code: 'POLICY_ROUTE_NONE' as const, basis, kind: terms.kind })),
    ...fields.flatMap((field) => fieldProblems(field, profile)),
    ...activityProblems(terms),
  ];
  const advice = columns === undefined ? [] : fileAdvice(terms, columns, named);
  const blocks = (problem: PolicyProblem) => EXIT[policyExits[problem.code]] !== EXIT.findings;
  return {
    rows,
    problems: found.filter(blocks),
    advice: [...found.filter((problem) => !blocks(problem)), ...advice],
  };
}

function agreedRow(field: TermsField, profile: Profile, columns: readonly FieldName[] | undefined): ScopeRow {
  const definition = fieldOf(field.name);
  const why = reasonOf(field, profile, columns);
  const leaves = why === 'agreed' || why === 'agreed-changed' || why === 'agreed-with-consent';
  return {
    field: field.name,
    class: classOf(field, profile),
    tier: definition?.tier ?? 3,
    leaves,
    action: leaves ? field.action : 'drop',
    purpose: field.purpose,
    why,
  };
}

function reasonOf(
  field: TermsField,
  profile: Profile,
  columns: readonly FieldName[] | undefined,
): ScopeReason {
  const definition = fieldOf(field.name);
  const fieldClass = classOf(field, profile);
  if (fieldClass === 'safety' || definition?.leaves === 'never') return 'never-leaves';
  if (field.action === 'drop') return 'dropped-by-deal';
  if (definition === undefined) return 'not-in-file';
  if (needsNecessity(field, definition, profile) && field.necessity === undefined) return 'no-necessity';
  if (field.action === 'generalise' && generaliserOf(definition) === null) return 'no-rule';
  if (columns !== undefined && !columns.some((c) => c === field.name)) return 'not-in-file';
  if (fieldClass === 'sensitive') {
    const asked = columns === undefined || columns.some((c) => c === 'sensitive_consent');
    return asked ? 'agreed-with-consent' : 'no-sensitive-consent';
  }
  return field.action === 'keep' ? 'agreed' : 'agreed-changed';
}

function unnamedRow(name: FieldName): ScopeRow {
  const definition = FIELDS.find((field) => field.name === name);
  const never = definition?.class === 'safety' || definition?.leaves === 'never';
  return {
    field: name,
    class: definition?.class ?? 'general',
    tier: definition?.tier ?? 3,
    leaves: false,
    action: 'drop',
    purpose: null,
    why: never ? 'never-leaves' : 'not-in-deal',
  };
}

type Profile = SensitiveProfile | undefined;

/** The class of a field: what the deal says, or what the pack's standard says if that is stricter. */
function classOf(field: TermsField, profile: Profile): FieldClass {
  const definition = fieldOf(field.name);
  return definition === undefined ? field.class : stricter(field.class, leastClass(definition, profile));
}

function needsNecessity(field: TermsField, definition: FieldDefinition, profile: Profile): boolean {
  return classOf(field, profile) === 'sensitive' || definition.leaves === 'justified';
}

function packProblems(terms: Terms): readonly PolicyProblem[] {
  const { pack, version } = terms.policy;
  return findPolicy(terms) === undefined ? [{ code: 'POLICY_PACK_UNKNOWN', pack, version }] : [];
}

function fieldProblems(field: TermsField, profile: Profile): readonly PolicyProblem[] {
  const { name, action } = field;
  const definition = fieldOf(name);
  if (definition === undefined) return [{ code: 'POLICY_FIELD_UNKNOWN', field: name }];
  const problems: PolicyProblem[] = [];
  const least = leastClass(definition, profile);
  if (isLaxer(field.class, least))
    problems.push({ code: 'POLICY_CLASS_LAXER', field: name, given: field.class, least });
  if (action === 'drop') return problems;
  if (classOf(field, profile) === 'safety' || definition.leaves === 'never')
    problems.push({ code: 'POLICY_FIELD_NEVER', field: name });
  else if (needsNecessity(field, definition, profile) && field.necessity === undefined)
    problems.push({ code: 'POLICY_NECESSITY_MISSING', field: name });
  if (action === 'generalise' && generaliserOf(definition) === null)
    problems.push({ code: 'POLICY_ACTION_NO_RULE', field: name, action });
  return problems;
}

/** The kinds of value by which a last activity can be judged. */
const DAYS: readonly string[] = ['date', 'past-date', 'datetime'];

function activityProblems(terms: Terms): readonly PolicyProblem[] {
  const field = terms.retention.activity?.field;
  if (field === undefined || DAYS.includes(fieldOf(field)?.kind ?? '')) return [];
  return [{ code: 'POLICY_ACTIVITY_FIELD', field }];
}

function fileAdvice(
  terms: Terms,
  columns: readonly FieldName[],
  named: ReadonlySet<string>,
): readonly PolicyProblem[] {
  const has = (name: string) => columns.some((c) => c === name);
  const advice: PolicyProblem[] = [];
  for (const field of fieldsOf(terms)) {
    const definition = fieldOf(field.name);
    if (field.action === 'drop' || definition === undefined) continue;
    if (!has(field.name)) advice.push({ code: 'POLICY_FIELD_NOT_IN_FILE', field: field.name });
    else if (classOf(field, sensitiveProfile(terms)) === 'sensitive' && !has('sensitive_consent'))
      advice.push({ code: 'POLICY_NO_SENSITIVE_CONSENT', field: field.name });
  }
  const pack = findPolicy(terms);
  const rule = pack && ruleOf(pack, terms);
  if (rule?.consent === 'separate' && !has('consent_status'))
    advice.push({ code: 'POLICY_NO_CONSENT_COLUMNS' });
  const isAsked = rule?.consent === 'separate' && pack?.delivery === 'each';
  const isUntold = rule?.notice === 'delivered' || (isAsked && terms.notice.taken_as_delivered === undefined);
  if (isUntold && !has('notice_delivered_at')) advice.push({ code: 'POLICY_NO_NOTICE_COLUMN' });
  const moving = movingHoldings(terms).find(has);
  if (rule?.contract === true && moving !== undefined && !has('contract_consent'))
    advice.push({ code: 'POLICY_NO_CONTRACT_CONSENT', field: moving });
  if (has('marketing_opt_out') && !named.has('marketing_opt_out'))
    advice.push({ code: 'POLICY_PREFERENCE_LEFT', field: 'marketing_opt_out' });
  return advice;
}
