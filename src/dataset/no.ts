import type { ValueKind } from './kinds.js';
import type { Note } from './normaliser.js';
import { type ImportedConsentState, optOut } from './words.js';

/** From the clearest no to the clearest yes. */
const FROM_NO: readonly ImportedConsentState[] = [
  'withdrawn',
  'refused',
  'unknown',
  'no-reply',
  'implied',
  'verbal',
  'given',
  'renewed',
];

/**
 * What two columns about one will amount to: the no, wherever it is (PIPL-15). Of two times at which somebody said no, the later; an
 * empty cell says nothing.
 */
export function noOf(kind: ValueKind, first: string, second: string): string {
  if (first === '' || second === '' || first === second) return first || second;
  if (kind === 'opt-out') return 'yes';
  if (kind !== 'consent-status') return first > second ? first : second;
  return FROM_NO.find((state) => state === first || state === second) ?? 'unknown';
}

/** More than to be left alone: the data are not to go, or not to stay. */
const REFUSES =
  /(?:不同意|拒绝|反对|不愿意?)(?:把|将)?(?:资料|信息|数据)?(?:转|移交|交接|授权|共享|提供)|删除|注销|撤回|撤销/;

/** Whether a cell of a column about disturbing says no to the handover itself. */
export function isRefusal(cell: string): boolean {
  return cell.length <= 24 && REFUSES.test(cell);
}

/** What such a cell says of the consent; nothing, where it speaks of disturbing alone. */
export function refusedBeside(cell: string): string {
  return isRefusal(cell) ? 'refused' : '';
}

/** A customer who is switched off in the shop's own system may have left: what the person said before is doubtful, and is asked. */
export function switchedOff(cell: string, note: Note): string {
  if (optOut(cell, () => undefined) === 'no') return '';
  note('VALUE_SWITCHED_OFF');
  return 'unknown';
}
