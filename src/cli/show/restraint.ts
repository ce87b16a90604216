import type { Json } from '../../base/json.js';
import { dayOf } from '../../base/time.js';
import { BASES, type Basis, basisWords } from '../../messages/bases.js';
import { fail } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { restraintWords } from '../../messages/screens/restraint.js';
import { grouped } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import { statutoryBasis } from '../../retention/statutory.js';
import {
  type Covered,
  type RestraintPlaced,
  type RestraintView,
  readSubjects,
} from '../../steps/retention/restraints.js';
import type { Restraint } from '../../store/retention-rows.js';
import type { CommandContext } from '../context.js';

/** How a command says what a hold or a freeze covers. */
export interface CoveredOptions {
  readonly dataset: string | undefined;
  readonly subject: readonly string[];
  readonly subjectsFile: string | undefined;
  readonly all?: boolean;
}

/** What a hold or a freeze is to cover: exactly one way of saying it. @throws HandoverError CLI_OPTIONS_CONFLICT, CLI_OPTION_MISSING */
export function coveredBy(context: CommandContext, options: CoveredOptions, command: string): Covered {
  const { dataset, subject, subjectsFile, all = false } = options;
  const persons = subject.length > 0 || subjectsFile !== undefined;
  const given = [
    ...(dataset === undefined ? [] : ['--dataset']),
    ...(persons ? [subject.length > 0 ? '--subject' : '--subjects-file'] : []),
    ...(all ? ['--all'] : []),
  ];
  const [option, other] = given;
  if (option === undefined)
    return fail({ code: 'CLI_OPTION_MISSING', option: '--dataset | --subject', command });
  if (other !== undefined) fail({ code: 'CLI_OPTIONS_CONFLICT', option, other });
  if (dataset !== undefined) return { kind: 'dataset', dataset };
  if (all) return { kind: 'all' };
  const listed = subjectsFile === undefined ? [] : readSubjects(context.path(subjectsFile));
  return { kind: 'subjects', numbers: [...subject, ...listed] };
}

/** The end of an id, which tells it from others; `hold release` takes it. */
export function shortRestraint(id: string): string {
  return id.slice(-12);
}

/** What a statutory basis is called; an id that is not known stays as it is. */
export function basisText(basis: string | null, lang: Lang): string {
  const known = BASES.find((id) => id === basis);
  return known === undefined ? (basis ?? '') : basisWords[lang][known].short;
}

function coversText({ restraint, file }: RestraintView, lang: Lang): string {
  const words = restraintWords[lang];
  switch (restraint.scope) {
    case 'all':
      return words.all;
    case 'dataset':
      return file ?? restraint.dataset ?? '';
    default:
      return words.persons(grouped(restraint.persons ?? 0));
  }
}

/** A hold or a freeze that was or would be placed. */
export function drawPlaced(screen: Screen, placed: RestraintPlaced, context: CommandContext): void {
  const { lang, dryRun } = context;
  const words = restraintWords[lang];
  const { restraint, records, notFound } = placed;
  screen.good(dryRun ? words[restraint.kind].would : words[restraint.kind].placed);
  screen.facts([
    ...(dryRun ? [] : [[words.id, shortRestraint(restraint.id)] as const]),
    ...aboutFacts(restraint, lang),
    [words.covers, `${coversText(placed, lang)}  ${words.records(grouped(records))}`],
    [words.reason, restraint.reason],
  ]);
  const basis = BASES.find((id) => id === restraint.basis);
  if (basis !== undefined) drawDoubts(screen, basis, lang);
  if (notFound.length > 0)
    screen.warn(
      words.notFound(grouped(notFound.length), notFound.slice(0, SHOWN).join(punctuation[lang].list)),
    );
}

/** Places of unknown numbers that are shown; the rest is counted. */
const SHOWN = 20;

function drawDoubts(screen: Screen, basis: Basis, lang: Lang): void {
  const words = restraintWords[lang];
  const { provinces, verify } = statutoryBasis(basis);
  if (provinces !== null) screen.warn(words.provinces(provinces.join(punctuation[lang].list)));
  if (verify) screen.warn(words.verify);
}

function aboutFacts({ title, basis, since, until }: Restraint, lang: Lang): readonly Fact[] {
  const words = restraintWords[lang];
  const known = BASES.find((id) => id === basis);
  return [
    ...(title === null ? [] : [[words.title, title] as const]),
    ...(known === undefined
      ? []
      : [[words.basis, basisWords[lang][known].full, statutoryBasis(known).laws.join(' ')] as const]),
    ...(since === null || until === null ? [] : [[words.period, words.periodText(since, until)] as const]),
  ];
}

/** A hold or a freeze that was or would be ended. */
export function drawEnded(screen: Screen, view: RestraintView, context: CommandContext): void {
  const { lang, dryRun } = context;
  const words = restraintWords[lang];
  const { restraint } = view;
  screen.good(dryRun ? words[restraint.kind].wouldEnd : words[restraint.kind].ended);
  screen.facts([
    [words.id, shortRestraint(restraint.id)],
    ...aboutFacts(restraint, lang),
    [words.covers, coversText(view, lang)],
    [words.reason, restraint.releaseReason ?? ''],
  ]);
}

/** All holds or freezes, those in force with how to end them. */
export function drawList(screen: Screen, views: readonly RestraintView[], today: string, lang: Lang): void {
  const words = restraintWords[lang];
  for (const [i, view] of views.entries()) {
    const { restraint } = view;
    const { id, opened, openedBy, released, releasedBy, releaseReason, until } = restraint;
    if (i > 0) screen.gap();
    screen.facts([
      [words.id, shortRestraint(id)],
      ...aboutFacts(restraint, lang),
      [words.covers, coversText(view, lang)],
      [words.reason, restraint.reason],
      [words.opened, words.openedText(dayOf(opened), openedBy)],
      [
        words.state,
        released !== null
          ? words.endedText(dayOf(released), releasedBy ?? '', releaseReason ?? '')
          : until !== null && until < today
            ? words.over
            : words.open,
      ],
    ]);
  }
}

/** A hold or a freeze as the documents of --json have it. */
export function restraintJson({ restraint, file }: RestraintView): { readonly [key: string]: Json } {
  return {
    id: restraint.id,
    kind: restraint.kind,
    case: restraint.title,
    basis: restraint.basis,
    laws: BASES.filter((id) => id === restraint.basis).flatMap((id) => [...statutoryBasis(id).laws]),
    since: restraint.since,
    until: restraint.until,
    scope: restraint.scope,
    dataset: restraint.dataset,
    file,
    persons: restraint.persons,
    reason: restraint.reason,
    opened: restraint.opened,
    opened_by: restraint.openedBy,
    released: restraint.released,
    released_by: restraint.releasedBy,
    release_reason: restraint.releaseReason,
  };
}
