import type { guideWords } from '../../messages/screens/guide.js';
import type { Lang } from '../../messages/lang.js';
import type { DealStatus, StatusResult } from '../../steps/status/status.js';
import type { NextStep } from '../../steps/status/next-step.js';
import type { CommandName } from '../shapes.js';

/** Who sits there. */
export const PERSONS = ['clerk', 'second', 'officer'] as const;
export type Person = (typeof PERSONS)[number];

export type StepId = keyof (typeof guideWords)[Lang]['steps'];

/** Something that can be done next: a command line, and what has to be asked before it is whole. */
export interface Step {
  readonly id: StepId;
  readonly command: CommandName;
  /** Words behind the command. */
  readonly words: readonly string[];
  /** Arguments and options to ask for, in order, although the command can do without. */
  readonly ask: readonly string[];
  /** Whether another person than the clerk signs. */
  readonly bySecond?: true;
  /** Whether it is asked first what the file holds. */
  readonly asksTable?: true;
}

function step(
  id: StepId,
  command: CommandName,
  words: readonly string[] = [],
  ask: readonly string[] = [],
): Step {
  return { id, command, words, ask };
}

/** What the guide knows besides what `status` looks at. */
export interface Around {
  /** A deal.yaml that lies in the workspace, as it would be typed, or null. */
  readonly draft: string | null;
  /** The step that was just taken and went well, or null. */
  readonly after: StepId | null;
  readonly deal: DealStatus | null;
}

const IMPORT_MORE: Step = { ...step('import-more', 'import'), asksTable: true };
const TAKE_IN = step('take-in', 'receive', [], ['bundle']);

/** What can be done next, the likely thing first. */
export function stepsFor(person: Person, now: StatusResult, around: Around): readonly Step[] {
  const steps = {
    clerk: () => [
      ...dueSteps(now),
      ...clerkSteps(now, around),
      ...followingSteps(now),
      step('status', 'status'),
    ],
    second: () => [...approvals(now, around), step('status', 'status')],
    officer: () => OFFICER,
  }[person]();
  const once = steps.filter((each, i) => steps.findIndex(({ id }) => id === each.id) === i);
  const next = around.after === null ? undefined : FOLLOWS[around.after];
  return once.toSorted((a, b) => Number(b.id === next) - Number(a.id === next));
}

/** What comes after a step where the state alone does not tell: a draft is drawn from what was taken in before it. */
const FOLLOWS: Readonly<Partial<Record<StepId, StepId>>> = {
  'check-draft': 'sign-draft',
  import: 'draft-again',
  'import-more': 'draft-again',
  'papers-add': 'draft-again',
  'ask-draft': 'ask-batch',
  'ask-import': 'check',
};

const OFFICER: readonly Step[] = [
  step('report', 'audit report'),
  step('report-page', 'audit report', ['--html', 'report.html', '--force']),
  step('verify-log', 'audit verify'),
  step('pack', 'audit pack', ['--out', 'evidence.zip', '--force']),
  step('form', 'audit form', ['--html', 'self-audit.html', '--force']),
  step('incident', 'incident open'),
  step('verify-bundle', 'verify', [], ['bundle']),
  step('status', 'status'),
];

/** What an officer without a workspace can verify. */
export const VERIFYING: readonly Step[] = [
  step('verify-bundle', 'verify', [], ['bundle', 'card']),
  step('verify-pack', 'audit verify', [], ['pack', 'card']),
];

/** What waits for a purge that was planned or interrupted, or has become due. */
function dueSteps({ purge, retention, pending }: StatusResult): readonly Step[] {
  return [
    ...(purge === null ? [] : purgeSteps(purge)),
    ...(purge === null && retention.due > 0 ? [step('plan-purge', 'purge plan')] : []),
    ...(pending.length > 0 ? [step('send-notice', 'notice send')] : []),
  ];
}

function purgeSteps({
  state,
  approvals: { given, needed },
  files,
}: NonNullable<StatusResult['purge']>): readonly Step[] {
  return state === 'planned' && given < needed
    ? [{ ...step('approve-purge', 'approve', ['--purge']), bySecond: true }]
    : [step('run-purge', 'purge run', files > 0 ? ['--shred'] : [])];
}

function clerkSteps(now: StatusResult, { draft, deal }: Around): readonly Step[] {
  const cards = [step('trust-card', 'trust add', [], ['card']), step('show-card', 'card show')];
  if (deal === null) {
    if (now.next === 'trust-partner')
      return now.role === 'seller' && now.lists === 0
        ? [...cards, step('import', 'import', [], ['file'])]
        : cards;
    if (now.role === 'buyer') return [TAKE_IN, ...cards];
    const drafting =
      draft === null
        ? [step('draft', 'deal init')]
        : [
            step('check-draft', 'deal check', [draft]),
            step('sign-draft', 'deal sign', [draft]),
            // Papers that are in by then are named in the deal when it is drafted again.
            ...papersFor(draft),
            step('draft-again', 'deal init', [draft, '--force']),
          ];
    return now.lists > 0
      ? [...drafting, IMPORT_MORE, TAKE_IN, ...cards]
      : [step('import', 'import', [], ['file']), ...drafting, TAKE_IN, ...cards];
  }
  return [...dealSteps(deal), ...paperSteps(deal), ...(now.role === 'seller' ? [IMPORT_MORE] : []), TAKE_IN];
}

function dealSteps(deal: DealStatus): readonly Step[] {
  const { next, id, unwritten } = deal;
  const named = ['--deal', id];
  const asking = askingSteps(deal);
  // Whoever agrees later goes in a later bundle.
  const later = asking.length === 0 ? [] : [...asking, step('check', 'check', named)];
  switch (next) {
    case 'import':
      return [step('import', 'import', [], ['file'])];
    case 'check':
      return [step('check', 'check', named), ...asking];
    case 'ask':
      return [
        step('ask-draft', 'campaign draft', named),
        // Nobody was asked yet, so that nobody has answered.
        ...asking.toSorted((a, b) => Number(b.id === 'ask-batch') - Number(a.id === 'ask-batch')),
        step('check', 'check', named),
      ];
    case 'ask-on':
      return [...asking, step('check', 'check', named)];
    case 'own-notice':
      return [step('own-notice', 'campaign draft', named)];
    case 'nobody':
      return [step('check', 'check', named)];
    case 'approve':
      return [
        { ...step('approve', 'approve', named), bySecond: true },
        step('check', 'check', named),
        ...asking,
      ];
    case 'export':
      return [step('export', 'export', named), step('check', 'check', named), ...asking];
    case 'settle-refusal':
      return [step('show-receipt', 'receipt show', [], ['receipt']), step('export', 'export', named)];
    case 'extract':
      return [step('extract', 'extract', unwritten === null ? [] : ['--dataset', unwritten])];
    case 'settle-late':
    case 'settle-unmatched':
      return [step('check', 'check', named), step('report', 'audit report')];
    case 'done':
      return [step('report', 'audit report'), ...later];
    default:
      return [TAKE_IN, ...later];
  }
}

/** Customers who have to be asked, or were: their answers, the next of them, and how far the campaign is. */
function askingSteps({ id, accounting }: DealStatus): readonly Step[] {
  if (accounting === null || accounting.ask === 0) return [];
  const named = ['--deal', id];
  return [
    step('ask-import', 'campaign import', named, ['file']),
    step('ask-batch', 'campaign batch', named, ['channel']),
    step('ask-status', 'campaign status', named),
  ];
}

/** Papers that a gate still waits for: drafted here, signed on paper, taken in. */
function paperSteps({ id, lights }: DealStatus): readonly Step[] {
  const isOpen = lights.some(({ gate, problem }) => problem !== null && PAPER_GATES.has(gate));
  return isOpen ? papersFor(id) : [];
}

/** Writing what has to be signed, and taking it in. @param deal its id, or the file of its draft */
function papersFor(deal: string): readonly Step[] {
  return [
    step('papers-draft', 'papers draft', ['--deal', deal, '--out', PAPERS_FOLDER]),
    step('papers-add', 'papers add', [], ['file', 'as']),
  ];
}
/** Where the guide has papers written: there are some fifteen of them. */
const PAPERS_FOLDER = 'papers';

/** Gates that a signed paper opens. */
const PAPER_GATES: ReadonlySet<string> = new Set(['confidentiality', 'assessment', 'opinion', 'papers']);

/** What becomes possible once something was handed over. */
function followingSteps({ role, deals, requests, purge }: StatusResult): readonly Step[] {
  const isOver = deals.some(({ next }) => next === 'done');
  return [
    ...(requests.open > 0 ? [step('requests', 'request list')] : []),
    ...(isOver && purge === null
      ? [step('plan-purge', 'purge plan', role === 'seller' ? ['--handed-over'] : [])]
      : []),
  ];
}

function approvals(now: StatusResult, { deal }: Around): readonly Step[] {
  return [
    ...(deal !== null && deal.accounting !== null && deal.approvals.given < deal.approvals.needed
      ? [step('approve-now', 'approve', ['--deal', deal.id])]
      : []),
    ...(now.purge !== null && now.purge.approvals.given < now.purge.approvals.needed
      ? [step('approve-purge', 'approve', ['--purge'])]
      : []),
  ];
}

/** Steps at which this party waits for the other one, or for nobody. */
const WAITING: ReadonlySet<NextStep> = new Set([
  'await-signature',
  'await-receipt',
  'receive',
  'done',
  'aborted',
]);

/** The deal that the menu speaks of until another is chosen: the latest in which there is something to do here, else the latest. */
export function usualDeal(deals: readonly DealStatus[]): DealStatus | null {
  return deals.findLast(({ next }) => !WAITING.has(next)) ?? deals.at(-1) ?? null;
}

type Mark = keyof (typeof guideWords)[Lang]['marks'];

/** How far a handover is: each station, and whether it is behind. */
export function marksOf(now: StatusResult, deal: DealStatus | null): readonly (readonly [Mark, boolean])[] {
  const hasCard = now.next !== 'trust-partner';
  const isSigned = deal?.signed.seller === true && deal.signed.buyer;
  if (now.role === 'buyer')
    return [
      ['card', hasCard],
      ['deal', isSigned],
      ['received', (deal?.bundles.length ?? 0) > 0],
      ['extract', deal?.next === 'done'],
    ];
  const isNext = (...steps: readonly NextStep[]): boolean => steps.some((each) => each === deal?.next);
  const isApproved =
    deal !== null && deal.accounting !== null && deal.approvals.given >= deal.approvals.needed;
  return [
    ['card', hasCard],
    ['list', now.lists > 0],
    ['deal', isSigned],
    ['check', deal !== null && deal.accounting !== null],
    ['approval', isApproved],
    // A later bundle is a way of its own to the receipt.
    ['bundle', (deal?.bundles.length ?? 0) > 0 && !isNext('approve', 'export')],
    ['receipt', (deal?.handover.confirmed ?? 0) > 0 && !isNext('approve', 'export', 'await-receipt')],
  ];
}
