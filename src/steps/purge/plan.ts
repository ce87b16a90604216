import { utf8 } from '../../base/bytes.js';
import { type Sha256, sha256, uuidv7 } from '../../base/crypto.js';
import { TAG_BYTES } from '../../base/tagger.js';
import { dayOf } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import type { ClearKind } from '../../messages/limits.js';
import { cleanReason } from '../../policy/reason.js';
import {
  type PlanScope,
  type PurgePlan,
  planTotals,
  purgePlanBytes,
  purgePlanDigest,
  readPurgePlan,
  sumDispositions,
} from '../../retention/purge-plan.js';
import { proofsIn } from './kept-proofs.js';
import type { RememberedFile } from '../../store/dataset-rows.js';
import type { StoredPurge } from '../../store/retention-rows.js';
import { isAnyRestrained, tagBytes } from '../retention/dispositions.js';
import { requireSoundClock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { clearFiles, drawUpPlan, endingWith } from './draw-up.js';
import type { PurgeScope } from './scope.js';

export interface PurgeInput {
  readonly scope: PurgeScope;
  /** Words of the person who plans, without personal data. */
  readonly reason: string | null;
  /** In the place of words: the id of the request, or the name of the notice, that the purge follows from. */
  readonly cause?: string;
  /** Whether records are purged whose receipt has not come; needs a reason and a second person. */
  readonly withoutReceipt?: boolean;
  /** Whether anonymous counts of what is purged are kept. */
  readonly keepStatistics?: boolean;
  /** Whether the person states that the clock is right, although it looks wrong. */
  readonly clockIsRight?: boolean;
  readonly dryRun: boolean;
}

/** A file in clear that came from a dataset of the plan. */
interface PurgeViewFile {
  readonly kind: ClearKind;
  readonly path: string;
  /** Whether records of its dataset are held or frozen, so that it stays whatever is chosen. */
  readonly restrained: boolean;
}

/** A plan, and what only its own firm is shown besides. */
export interface PurgeView {
  readonly plan: PurgePlan;
  readonly digest: Sha256;
  /** Names for the screen: datasets by file name, files by path. */
  readonly datasets: readonly { readonly id: string; readonly file: string }[];
  readonly files: readonly PurgeViewFile[];
  /** Drafts in clear that killed commands left outside the workspace and that cannot be removed. */
  readonly drafts: readonly string[];
  readonly approvers: readonly string[];
  /** Records that were handed over and whose consent is in their own columns: the proof of it stays, sealed apart (CC-188, PIPL-69). */
  readonly proofs: number;
}

/**
 * Draws up what a purge would end and what it would leave, and keeps that as a plan. A plan that was only planned is void once there is a
 * newer one; so is one that began and was overtaken before anything was gone.
 *
 * @throws HandoverError PURGE_NOTHING, PURGE_NO_RECEIPT, PURGE_REASON_MISSING, REASON_SHAPE, REASON_PERSONAL_DATA, PURGE_UNFINISHED,
 *   DATASET_UNKNOWN, CLOCK_BACK, CLOCK_AHEAD
 */
export async function planPurge(session: Session, input: PurgeInput): Promise<PurgeView> {
  const { scope, dryRun } = input;
  const unfinished = session.workspace.read.retention.purges().find((purge) => purge.state === 'erased');
  if (unfinished !== undefined) fail({ code: 'PURGE_UNFINISHED', purge: unfinished.id });
  if (input.withoutReceipt === true && input.reason === null) fail({ code: 'PURGE_REASON_MISSING' });
  // The certificate repeats it, and leaves the firm. The digits of an id may look like a telephone number, and are none.
  const reason = input.cause ?? (input.reason === null ? null : cleanReason(input.reason));
  // Before the records are counted: deriving the keys takes 128 MB for a moment, and counting leaves its own behind.
  if (!dryRun) await session.keys();
  const created = session.now;
  const asked = 'tags' in scope ? tagBytes(scope.tags) : new Uint8Array(0);
  const planScope = scopeOf(session, scope, asked);
  const tags = planScope.kind === 'dataset' ? endingWith(session, planScope.dataset, dayOf(created)) : asked;
  const plan = drawUpPlan(session, {
    purge: uuidv7(Date.parse(created), session.runtime.random),
    planner: session.runtime.operator,
    created,
    day: dayOf(created),
    scope: planScope,
    tags,
    reason,
    statistics: input.keepStatistics === true,
    withoutReceipt: input.withoutReceipt === true,
  });
  const totals = planTotals(plan);
  if (totals.purge === 0) fail({ code: 'PURGE_NOTHING' });
  requireSoundClock(session, { isRight: input.clockIsRight === true, dryRun });
  if (!dryRun) {
    voidWaiting(session);
    const digest = purgePlanDigest(plan);
    session.record(
      {
        action: 'purge-planned',
        objects: { purge: plan.purge, plan: digest },
        details: {
          scope: plan.scope.kind,
          ...totals,
          ...(plan.override === null
            ? {}
            : { override: plan.override.kind, override_records: plan.override.records }),
        },
      },
      (write) => {
        write.retention.addPurge({
          id: plan.purge,
          planDigest: digest,
          plan: purgePlanBytes(plan),
          time: created,
        });
        if (tags.length > 0) write.retention.addPurgeSubjects(plan.purge, tags);
      },
    );
  }
  return viewOf(session, plan);
}

/** Plans that wait are void once somebody plans anew. */
function voidWaiting(session: Session): void {
  for (const { id, planDigest, state } of session.workspace.read.retention.purges()) {
    if (state !== 'planned' && state !== 'began') continue;
    session.record(
      { action: 'purge-voided', objects: { purge: id, plan: planDigest }, details: {} },
      (write) => {
        write.retention.setPurgeState(id, 'void');
        write.retention.removePurgeSubjects(id);
      },
    );
  }
}

/** The purge that is meant: by id or its beginning, or the newest that is not void. @throws HandoverError PURGE_NONE, PURGE_UNKNOWN */
export function findPurge(session: Session, named: string | null): StoredPurge {
  const purges = session.workspace.read.retention.purges();
  if (named === null)
    return purges.filter(({ state }) => state !== 'void').at(-1) ?? fail({ code: 'PURGE_NONE' });
  const found = purges.filter(({ id }) => id.startsWith(named));
  return found.length === 1 && found[0] !== undefined
    ? found[0]
    : fail({ code: 'PURGE_UNKNOWN', purge: named });
}

/** A stored plan with what its own firm is shown. */
export function viewPurge(session: Session, stored: StoredPurge): PurgeView {
  return viewOf(session, readPurgePlan(stored.plan));
}

/**
 * The plan as it would be drawn now, with everything that a person decided as it was: the same, if nothing changed. The day is the plan's
 * own, so that an approval may come the day after; what was due then is due now.
 */
export function redrawPlan(session: Session, { id, plan: bytes }: StoredPurge): PurgePlan {
  const { purge, planner, created, day, scope, reason, override, statistics } = readPurgePlan(bytes);
  const tags =
    scope.kind === 'dataset'
      ? endingWith(session, scope.dataset, day)
      : session.workspace.read.retention.purgeSubjects(id);
  return drawUpPlan(session, {
    purge,
    planner,
    created,
    day,
    scope,
    tags,
    reason: override?.reason ?? reason,
    statistics: statistics === true,
    withoutReceipt: override !== null,
  });
}

function scopeOf(session: Session, scope: PurgeScope, tags: Uint8Array): PlanScope {
  switch (scope.kind) {
    case 'dataset': {
      const matches = session.workspace.read
        .datasets()
        .filter((d) => d.id === scope.dataset || d.id.startsWith(scope.dataset) || d.file === scope.dataset);
      // A bundle is named by its customers; the tables that came with them end with them.
      const found = matches.findLast(({ kind }) => kind === 'customers') ?? matches.at(-1);
      return { kind: 'dataset', dataset: found?.id ?? fail({ code: 'DATASET_UNKNOWN' }) };
    }
    case 'subjects':
    case 'replay':
      return { kind: scope.kind, persons: tags.length / TAG_BYTES, tags: sha256(tags) };
    default:
      return scope;
  }
}

/**
 * Whether records that came with a file in clear are held or frozen, so that it stays whatever is chosen: those of the plan, and those that
 * it is not about, such as everybody else where certain persons are purged.
 */
export function isRestrained(
  { read }: Session['workspace'],
  plan: PurgePlan,
  { path, sha256: digest }: RememberedFile,
): boolean {
  return read
    .files()
    .filter((file) => file.path === path && file.sha256 === digest)
    .some(({ dataset: id }) => {
      const { held, frozen } = sumDispositions(
        plan.datasets.find(({ dataset }) => dataset === id)?.shares ?? [],
      );
      const dataset = id === null ? undefined : read.dataset(id);
      return held + frozen > 0 || (dataset !== undefined && isAnyRestrained(read, dataset, plan.day));
    });
}

function viewOf(session: Session, plan: PurgePlan): PurgeView {
  const { read } = session.workspace;
  const digest = purgePlanDigest(plan);
  const wanted = new Set(plan.files.map(({ path, sha256: file }) => `${path} ${file}`));
  const files = plan.datasets
    .flatMap(({ dataset }) => clearFiles(read.files(), dataset))
    .filter(({ path, sha256: file }) => wanted.has(`${sha256(utf8(path))} ${file}`));
  return {
    plan,
    digest,
    datasets: plan.datasets.map(({ dataset }) => ({
      id: dataset,
      file: read.dataset(dataset)?.file ?? dataset,
    })),
    files: [
      ...new Map(
        files.map((file) => [
          file.path,
          { kind: file.kind, path: file.path, restrained: isRestrained(session.workspace, plan, file) },
        ]),
      ).values(),
    ],
    drafts: session.workspace.draftsLeft,
    approvers: read.approvals(digest).map(({ approver }) => approver),
    proofs: proofsIn(plan, (dataset) => read.dataset(dataset)),
  };
}
