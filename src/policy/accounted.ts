import { FINDING_SEVERITY } from '../messages/findings.js';
import { BEYOND_CONTRACT, CARE, SENSITIVE_CATEGORIES } from '../messages/stays.js';
import { REASONS, type Verdict } from './reasons.js';
import { ROW_REASONS } from './table-rows.js';

/** The reasons that an accounting may give for rows of each verdict: those of the packs, of rows of a table, and of rows that could not be read. */
const ACCOUNTED: Readonly<Record<Exclude<Verdict, 'transfer'>, ReadonlySet<string>>> = {
  ask: new Set(['CONTRACT_OPEN', ...reasonsFor('ask')]),
  withhold: new Set(reasonsFor('withhold')),
  reject: new Set([...Object.keys(FINDING_SEVERITY), ...reasonsFor('reject')]),
};

function reasonsFor(verdict: Verdict): readonly string[] {
  return REASONS.filter((reason) => reason.verdict === verdict).flatMap(({ code }) => [
    code,
    ...(Object.hasOwn(ROW_REASONS, code) ? [ROW_REASONS[code] ?? code] : []),
  ]);
}

/** Whether rows of a verdict can have a reason: one that nobody knows explains nothing. */
export function isAccounted(verdict: Exclude<Verdict, 'transfer'>, code: string): boolean {
  return ACCOUNTED[verdict].has(code);
}

const STAYING: ReadonlySet<string> = new Set(['prepaid', CARE, BEYOND_CONTRACT, ...SENSITIVE_CATEGORIES]);

/** Whether something of this name may stay of a person who goes. Which purposes there are, the deal says. */
export function mayStay(name: string): boolean {
  return name.startsWith('purpose:') || STAYING.has(name);
}
