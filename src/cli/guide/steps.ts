import type { guideWords } from '../../messages/screens/guide.js';
import type { Lang } from '../../messages/lang.js';
import type { DealStatus, StatusResult } from '../../steps/status/status.js';
import type { CommandName } from '../shapes.js';

/** Who sits there. */
export const PERSONS = ['clerk', 'second', 'officer'] as const;
export type Person = (typeof PERSONS)[number];

type StepId = keyof (typeof guideWords)[Lang]['steps'];

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
  readonly deal: DealStatus | null;
}

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
  return steps.filter((each, i) => steps.findIndex(({ id }) => id === each.id) === i);
}

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
            step('draft-again', 'deal init', [draft, '--force']),
          ];
    return now.lists > 0
      ? [...drafting, step('import-more', 'import', [], ['file']), TAKE_IN, ...cards]
      : [step('import', 'import', [], ['file']), ...drafting, TAKE_IN, ...cards];
  }
  return [
    ...dealSteps(deal),
    ...(now.role === 'seller' ? [step('import-more', 'import', [], ['file'])] : []),
    TAKE_IN,
  ];
}

function dealSteps({ next, id, unwritten }: DealStatus): readonly Step[] {
  const named = ['--deal', id];
  switch (next) {
    case 'import':
      return [step('import', 'import', [], ['file'])];
    case 'check':
      return [step('check', 'check', named)];
    case 'approve':
      return [{ ...step('approve', 'approve', named), bySecond: true }, step('check', 'check', named)];
    case 'export':
      return [step('export', 'export', named), step('check', 'check', named)];
    case 'settle-refusal':
      return [step('show-receipt', 'receipt show', [], ['receipt']), step('export', 'export', named)];
    case 'extract':
      return [step('extract', 'extract', unwritten === null ? [] : ['--dataset', unwritten])];
    case 'done':
      return [step('report', 'audit report')];
    default:
      return [TAKE_IN];
  }
}

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
      ? [step('approve', 'approve', ['--deal', deal.id])]
      : []),
    ...(now.purge !== null && now.purge.approvals.given < now.purge.approvals.needed
      ? [step('approve-purge', 'approve', ['--purge'])]
      : []),
  ];
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
  const isApproved =
    deal !== null && deal.accounting !== null && deal.approvals.given >= deal.approvals.needed;
  return [
    ['card', hasCard],
    ['list', now.lists > 0],
    ['deal', isSigned],
    ['check', deal !== null && deal.accounting !== null],
    ['approval', isApproved],
    ['bundle', (deal?.bundles.length ?? 0) > 0],
    ['receipt', (deal?.handover.confirmed ?? 0) > 0],
  ];
}
