import type { CalendarDate } from '../base/time.js';
import type { ReportSource } from './audit-report-deal.js';
import { type Html, html } from './html.js';

/*
 * Charts as inline SVG. They have no view box: positions are percentages of whatever width there is, so that bars stretch and letters do not,
 * and a page looks right on a telephone, on a desk and on A4. Colours come from the page's style; a chart never says by colour alone what is
 * not said beside it in words and figures.
 */

/**
 * What tells parts of a chart apart on paper without colour: kinds that may be next to each other have patterns of their own. The style names
 * them by their ids; the element takes no room.
 */
export function chartPatterns(): Html {
  return html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs>${PATTERNS.map(
    ({ kind, size, ground, lines }) =>
      html`<pattern id="pattern-${kind}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect class="${ground}" width="${size}" height="${size}"/><path class="hatch" d="${lines}"/></pattern>`,
  )}</defs></svg>`;
}

/** The ground has the colour, and the lines over it the pattern. */
const PATTERNS = [
  { kind: 'ask', size: 6, ground: 'ground-ask', lines: 'M-1 1L1 -1M0 6L6 0M5 7L7 5' },
  { kind: 'withhold', size: 6, ground: 'ground-withhold', lines: 'M0 0L6 6M0 6L6 0' },
  { kind: 'reject', size: 5, ground: 'ground-reject', lines: 'M0 2.5H5' },
  { kind: 'blank', size: 6, ground: 'ground-blank', lines: 'M3 2.4V3.6' },
  { kind: 'replaced', size: 5, ground: 'ground-blank', lines: 'M2.5 0V5' },
  { kind: 'handed-over', size: 6, ground: 'ground-handed-over', lines: 'M-1 5L1 7M0 0L6 6M5 -1L7 1' },
  { kind: 'here', size: 6, ground: 'ground-here', lines: 'M3 0V6' },
] as const;

/** The sign of a part beside its words. */
export function chartKey(kind: string): Html {
  return html`<svg class="key" width="16" height="12" aria-hidden="true"><rect class="${kind}" width="16" height="12"/></svg>`;
}

/** Share of a whole in percent, for attributes. What is more than nothing shows. */
function share(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0;
  return Math.max(0.4, Math.round((part / whole) * 10000) / 100);
}

/** One bar of its share of a whole. */
export function barChart(part: number, whole: number, kind: string): Html {
  return html`<svg class="bar" height="14" aria-hidden="true"><rect class="track" width="100%" height="14" rx="2"/><rect class="${kind}" width="${share(part, whole)}%" height="14" rx="2"/></svg>`;
}

const ROW = 20;
const GAP = 9;

/**
 * The way of the rows of a file: what was read, split by verdict; under it at the same scale what of it was exported, and over that what the
 * buyer confirmed; and what of the records is purged and still here.
 */
export function funnelChart(source: ReportSource): Record<'read' | 'sent' | 'rest', Html> {
  const { accounting, exported, received, purged, here } = source;
  const whole = accounting.read;
  const kinds = ['transfer', 'ask', 'withhold', 'reject', 'blank', 'replaced', 'handed_over'] as const;
  let at = 0;
  const parts = kinds.flatMap((kind) => {
    const width = whole > 0 ? (accounting[kind] / whole) * 100 : 0;
    const from = at;
    at += width;
    return width === 0
      ? []
      : [html`<rect class="${kind}" x="${round(from)}%" width="${round(width)}%" height="${ROW}"/>`];
  });
  const [went, came] = [share(exported, whole), share(received ?? 0, whole)];
  const all = purged + here;
  const rest = whole > 0 ? Math.min(100, (all / whole) * 100) : 0;
  const gone = all > 0 ? (purged / all) * rest : 0;
  return {
    read: html`<svg class="flow" height="${ROW}" aria-hidden="true">${parts}</svg>`,
    sent: html`<svg class="flow" height="${GAP + ROW}" aria-hidden="true">${band(share(accounting.transfer, whole), went)}${track(GAP)}<rect class="sent" y="${GAP}" width="${went}%" height="${ROW}"/><rect class="transfer" y="${GAP}" width="${came}%" height="${ROW}"/></svg>`,
    rest: html`<svg class="flow" height="${ROW}" aria-hidden="true">${track(0)}<rect class="purged" width="${round(gone)}%" height="${ROW}"/><rect class="here" x="${round(gone)}%" width="${round(rest - gone)}%" height="${ROW}"/></svg>`,
  };
}

function track(y: number): Html {
  return html`<rect class="track" y="${y}" width="100%" height="${ROW}"/>`;
}

/** What joins a bar with the one that it comes from. */
function band(upper: number, lower: number): Html | null {
  if (upper === 0 || lower === 0) return null;
  return html`<svg width="${Math.max(upper, lower)}%" height="${GAP}" viewBox="0 0 100 10" preserveAspectRatio="none"><polygon class="band" points="0,0 ${round((upper / Math.max(upper, lower)) * 100)},0 ${round((lower / Math.max(upper, lower)) * 100)},10 0,10"/></svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** From the first day to the last one that a timeline shows. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;

function dayNumber(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

/** The span of a timeline that holds all of these days, with a little room after them. */
export function spanOf(dates: readonly CalendarDate[]): Span {
  const days = dates.map(dayNumber);
  const from = Math.min(...days);
  const to = Math.max(...days, from + 30);
  return { from, to: to + Math.ceil((to - from) * 0.02) };
}

function place(day: number, span: Span): number {
  return round(Math.min(100, Math.max(0, ((day - span.from) / (span.to - span.from)) * 100)));
}

/** The scale of a timeline: the beginnings of years or months. */
export function axisChart(span: Span, today: CalendarDate, label: string): Html {
  const ticks = ticksOf(span).map(
    ([day, text]) =>
      html`<line class="tick" x1="${place(day, span)}%" x2="${place(day, span)}%" y1="14" y2="20"/><text class="small" x="${place(day, span)}%" y="11" text-anchor="middle">${text}</text>`,
  );
  const now = place(dayNumber(today), span);
  return html`<svg class="axis" height="34" role="img" aria-label="${label} ${today}"><line class="tick" x1="0" x2="100%" y1="20" y2="20"/>${ticks}<text class="small now" x="${now}%" y="32" text-anchor="${now > 90 ? 'end' : now < 10 ? 'start' : 'middle'}">${label}</text></svg>`;
}

/** One entry of a timeline, from its first day to its last; open at the right where it has no end. */
export function spanChart(
  from: CalendarDate,
  until: CalendarDate | null,
  today: CalendarDate,
  span: Span,
  kind: string,
): Html {
  const begin = place(dayNumber(from), span);
  const end = until === null ? 100 : place(dayNumber(until) + 1, span);
  const now = place(dayNumber(today), span);
  return html`<svg class="span" height="18" aria-hidden="true"><line class="tick" x1="0" x2="100%" y1="9" y2="9"/><rect class="${kind}" x="${Math.min(begin, 99)}%" width="${Math.max(1, round(end - begin))}%" y="3" height="12" rx="2"/><line class="now" x1="${now}%" x2="${now}%" y1="0" y2="18"/></svg>`;
}

/** Days at which a scale is written, at most a handful, with their text. */
function ticksOf(span: Span): readonly (readonly [number, string])[] {
  const days = span.to - span.from;
  const step = days > 1500 ? 24 : days > 550 ? 12 : days > 270 ? 3 : days > 75 ? 1 : 0;
  if (step === 0) return [];
  const first = new Date(span.from * DAY);
  const ticks: (readonly [number, string])[] = [];
  for (let month = 0; ; month++) {
    const at = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1 + month, 1));
    const day = at.getTime() / DAY;
    if (day > span.to) return ticks;
    const index = at.getUTCMonth() + 12 * at.getUTCFullYear();
    if (index % step !== 0) continue;
    const year = String(at.getUTCFullYear());
    ticks.push([day, step >= 12 ? year : `${year}-${String(at.getUTCMonth() + 1).padStart(2, '0')}`]);
  }
}
