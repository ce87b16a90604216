import { asideOf } from './aside.js';
import { type DateOrder, orderShown } from './dates.js';
import { type Finding, findingOf } from './finding.js';
import type { ValueKind } from './kinds.js';
import { isRefusal } from './no.js';
import type { Mapping } from './mapping.js';

/** What the first rows of a file tell about its columns, by 0-based position. Structured-cloneable. */
export interface ColumnHints {
  /** How dates are written whose year comes last. */
  readonly orders: Readonly<Record<number, DateOrder>>;
  /** Marks around each cell, which some systems write so that Excel leaves a number alone. */
  readonly guards: Readonly<Record<number, Guard>>;
  /** Whether every customer number that stands beside other cells has a digit, so that a word alone in its place is none. */
  readonly isNumbered: boolean;
}

interface Guard {
  readonly before: string;
  readonly after: string;
}

export interface Survey {
  readonly hints: ColumnHints;
  readonly findings: readonly Finding[];
}

const DATED: ReadonlySet<ValueKind> = new Set(['date', 'past-date', 'birth-date', 'datetime', 'no-time']);

/**
 * Guards that are before a number, and behind one. A letter or digit is never one. A blank before every cell of a column belongs to the
 * separator, whatever is in the column.
 */
const BEFORE = /^[\t`'\x1f;= ]/;
const AFTER = /[\t`'\x1f; ]$/;

/**
 * Judges the columns of a file by its first rows. A column whose unambiguous dates all have the day first is read so throughout; where they
 * contradict each other, nothing is settled.
 *
 * @param said - the order that the person named
 * @param skipped - columns that the person leaves out, by 0-based position
 */
export function surveyColumns(
  mapping: Mapping,
  headerLine: number,
  sample: readonly (readonly string[])[],
  said: DateOrder | null,
  skipped: ReadonlySet<number> = new Set(),
): Survey {
  const kinds = new Map(mapping.profile.fields.map((field) => [field.name, field.kind]));
  const orders: Record<number, DateOrder> = {};
  const guards: Record<number, Guard> = {};
  const findings: Finding[] = [];
  for (const { index, field, also } of mapping.columns) {
    const read = field ?? also;
    if (field === 'marketing_opt_out' && also === undefined) {
      const refusals = sample.filter((cells) => isRefusal(cells[index] ?? '')).length;
      if (refusals > 0)
        findings.push({ ...findingOf('HEADER_NO_WORDS', headerLine, index + 1), got: refusals });
    }
    if (read === undefined) {
      const noes = skipped.has(index) ? 0 : noesIn(sample, index);
      if (noes > 0) findings.push({ ...findingOf('HEADER_NO_WORDS', headerLine, index + 1), got: noes });
      continue;
    }
    const guard = guardOf(sample, index);
    if (guard !== null) guards[index] = guard;
    if (!DATED.has(kinds.get(read) ?? 'text')) continue;
    const order = said ?? orderOf(sample, index);
    if (order === null) continue;
    orders[index] = order;
    if (said === null)
      findings.push(
        findingOf(order === 'dmy' ? 'HEADER_DAY_FIRST' : 'HEADER_MONTH_FIRST', headerLine, index + 1, read),
      );
  }
  return { hints: { orders, guards, isNumbered: isNumbered(mapping, sample) }, findings };
}

/** As many rows show how a file numbers its customers. */
const SHOWN_ROWS = 500;

/** @returns false where nothing is shown */
function isNumbered(mapping: Mapping, sample: readonly (readonly string[])[]): boolean {
  const at = mapping.columns.find(({ field }) => field === mapping.profile.subject)?.index ?? -1;
  const numbers = sample.slice(0, SHOWN_ROWS).flatMap((cells) => {
    const number = cells[at] ?? '';
    const isRow = number !== '' && cells.some((cell, i) => i !== at && cell.trim() !== '');
    return isRow && asideOf(cells, number) === null ? [number] : [];
  });
  const withDigit = numbers.filter((number) => /\d/.test(number)).length;
  // A heading or a total in the middle of a file is no number either.
  return withDigit > 0 && withDigit * 10 >= numbers.length * 9;
}

/** Words of somebody who says no, in a short cell that is about nothing else. */
const NO_WORDS =
  /^(?:客户|本人|对方|已|明确|电话|短信|表示|要求|坚持|\s)*(?:不同意|拒绝|不愿意?|不授权|反对|撤回|撤销同意|退订|要求删除|(?:不要|不|勿|别)再?联系|(?:不可|不能|不许|禁止|请勿|停止)(?:再)?(?:联系|打扰|触达)|(?:请)?勿(?:扰|打扰|电)|免打扰|拒接|拒收|不接受|拉黑|黑名单|refused|declined|opted[- ]?out|unsubscribed|withdrawn|do not contact)(?:同意|授权|转移|转让|移交|提供|共享|透露|把|将|我的?|个人|资料|信息|数据|给|别人|他人|新公司|第三方|对方|出去|了|[。！!.\s])*$/iu;

/** In how many of the first rows a column that is not read says no. */
function noesIn(sample: readonly (readonly string[])[], index: number): number {
  let noes = 0;
  for (const cells of sample) {
    const cell = cells[index] ?? '';
    if (cell.length > 1 && cell.length <= 24 && NO_WORDS.test(cell)) noes++;
  }
  return noes;
}

function orderOf(sample: readonly (readonly string[])[], index: number): DateOrder | null {
  let found: DateOrder | null = null;
  for (const cells of sample) {
    const shown = orderShown(cells[index] ?? '');
    if (shown === null) continue;
    if (found !== null && found !== shown) return null;
    found = shown;
  }
  return found;
}

/** The marks that every filled cell of a column has; a single row shows nothing. */
function guardOf(sample: readonly (readonly string[])[], index: number): Guard | null {
  let first: Guard | null = null;
  let filled = 0;
  for (const cells of sample) {
    const cell = cells[index] ?? '';
    if (cell === '' || cell.trim() === '') continue;
    filled++;
    first ??= { before: BEFORE.exec(cell)?.[0] ?? '', after: AFTER.exec(cell)?.[0] ?? '' };
    const before: string = cell.startsWith(first.before) ? first.before : '';
    const after: string = cell.endsWith(first.after) ? first.after : '';
    if (before === '' && after === '') return null;
    // `="…"` has its own reading.
    if (before === '=' && cell.startsWith('="')) return null;
    first = { before, after };
  }
  return filled >= 2 ? first : null;
}
