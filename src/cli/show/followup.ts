import type { Json } from '../../base/json.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import type { Lang } from '../../messages/lang.js';
import { followupWords } from '../../messages/screens/followup.js';
import { pointWords } from '../../messages/self-audit.js';
import { grouped } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import type { AuditRound, StoredFinding, StoredFollowup } from '../../store/house-rows.js';
import type { Trend } from '../../steps/house/findings.js';

/** What a task is about: its counts behind its name. */
function taskText({ kind, counts }: StoredFollowup, lang: Lang): string {
  const words = followupWords[lang];
  const count = counts['holders'] ?? counts['running'] ?? counts['open'];
  return typeof count === 'number' ? `${words.kinds[kind]}  ${grouped(count)}` : words.kinds[kind];
}

/** A task as the documents of --json have it. */
export function followupJson(task: StoredFollowup): { readonly [key: string]: Json } {
  return { ...task, counts: { ...task.counts } };
}

/** A task: who does it, until when, and what became of it. */
export function followupFacts(task: StoredFollowup, lang: Lang): readonly Fact[] {
  const words = followupWords[lang];
  const { id, owner, due, done, note } = task;
  return [
    [words.id, id],
    [words.task, taskText(task, lang)],
    [words.owner, owner ?? words.nobody],
    [words.due, due],
    ...(done === null ? [] : [[words.state, words.done(dayOf(done), note ?? '')] as const]),
  ];
}

/** Tasks as a table, done ones with what came of them; says how many are overdue. */
export function drawFollowups(
  screen: Screen,
  tasks: readonly StoredFollowup[],
  today: CalendarDate,
  lang: Lang,
): void {
  const words = followupWords[lang];
  if (tasks.length === 0) {
    screen.say(words.none);
    return;
  }
  screen.table(
    [{ title: words.id }, { title: words.due }, { title: words.owner }, { title: words.task }],
    tasks.map((task) => [task.id, task.due, task.owner ?? words.nobody, taskText(task, lang)]),
  );
  for (const { id, done, note } of tasks)
    if (done !== null) screen.under(`${id}  ${words.done(dayOf(done), note ?? '')}`);
  const overdue = tasks.filter(({ due, done }) => done === null && due < today).length;
  if (overdue > 0) screen.warn(words.overdue(grouped(overdue)));
}

/** A finding in words: a point of the form by its title, what a person wrote as it is. */
function findingText({ source, about }: StoredFinding, lang: Lang): string {
  const number = Number(/^point-(\d+)$/.exec(about)?.[1]);
  const title = pointWords[lang][number - 1]?.title;
  return source === 'person' || title === undefined
    ? about
    : followupWords[lang].findings.point(String(number), title);
}

/** An audit finding as the documents of --json have it, with its sentence. */
export function findingJson(finding: StoredFinding, lang: Lang): { readonly [key: string]: Json } {
  return { ...finding, text: findingText(finding, lang) };
}

/** An audit finding: who sees to it, until when, and how it was closed. */
export function findingFacts(finding: StoredFinding, lang: Lang): readonly Fact[] {
  const words = followupWords[lang];
  const { id, owner, due, closed, how } = finding;
  return [
    [words.id, id],
    [words.findings.about, findingText(finding, lang)],
    [words.owner, owner ?? words.nobody],
    ...(due === null ? [] : [[words.due, due] as const]),
    ...(closed === null ? [] : [[words.state, closedText(dayOf(closed), how, lang)] as const]),
  ];
}

function closedText(day: CalendarDate, how: string | null, lang: Lang): string {
  const words = followupWords[lang].findings;
  return how === null ? words.gone(day) : words.closed(day, how);
}

/** Audit findings in a table, or that there is none. */
export function drawFindings(screen: Screen, findings: readonly StoredFinding[], lang: Lang): void {
  const words = followupWords[lang];
  if (findings.length === 0) {
    screen.say(words.findings.none);
    return;
  }
  screen.table(
    [{ title: words.id }, { title: words.due }, { title: words.owner }, { title: words.findings.about }],
    findings.map((each) => [each.id, each.due ?? '', each.owner ?? words.nobody, findingText(each, lang)]),
  );
  for (const { id, closed, how } of findings)
    if (closed !== null) screen.under(`${id}  ${closedText(dayOf(closed), how, lang)}`);
}

/** What changed between the last two runs of the self-audit that were kept. */
export function trendFacts(trend: Trend, lang: Lang): readonly Fact[] {
  const words = followupWords[lang].findings;
  const { last, before, fresh, standing, gone } = trend;
  if (last === null) return [[words.last, words.never]];
  const counts = ({ time, counts: of }: AuditRound): string => {
    const count = (name: string): string => grouped(Number(of[name] ?? 0));
    return `${dayOf(time)}  ${words.counts(count('evidence'), count('fault'), count('none'))}`;
  };
  return [
    [words.last, counts(last)],
    ...(before === null
      ? [[words.trend, words.first(grouped(fresh.length))] as const]
      : [
          [words.before, counts(before)] as const,
          [
            words.trend,
            words.trendText(grouped(fresh.length), grouped(standing.length), grouped(gone.length)),
          ] as const,
        ]),
  ];
}

/** The last two rounds of the self-audit and what changed between them, as the documents of --json have it. */
export function trendJson({ last, before, fresh, standing, gone }: Trend): { readonly [key: string]: Json } {
  const round = (of: AuditRound | null): Json =>
    of === null ? null : { time: of.time, counts: { ...of.counts } };
  return {
    last: round(last),
    before: round(before),
    new: fresh.length,
    standing: standing.length,
    gone: gone.length,
  };
}
