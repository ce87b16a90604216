import { addDuration, type CalendarDate, type Duration, dayOf } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import { cleanName, cleanReason } from '../../policy/reason.js';
import { type OpenServices, openServices } from '../../policy/open-services.js';
import { FOLLOWUP_KINDS, type FollowupKind } from '../../messages/followup-kinds.js';
import type { StoredFollowup } from '../../store/house-rows.js';
import type { Dataset } from '../../store/rows.js';
import { customerList, receivedList, replacedRecords } from '../session/list.js';
import type { Session } from '../session/session.js';
import { openRecords } from '../session/stored-records.js';
import { findDeal } from '../deal/deal.js';

/** What is to be done after a handover, and what customers are still owed. */
export interface FollowupSet {
  readonly deal: string;
  /** The day of the first bundle. */
  readonly since: CalendarDate;
  readonly services: OpenServices;
  readonly tasks: readonly StoredFollowup[];
}

/** Balances and open services are settled within a month; supervision looks after one and after three. */
const AFTER: Readonly<Record<FollowupKind, Duration>> = {
  balances: 'P30D' as Duration,
  services: 'P30D' as Duration,
  requests: 'P30D' as Duration,
  'day-30': 'P30D' as Duration,
  'day-90': 'P90D' as Duration,
};

/**
 * Draws up what is to be done after a handover: whose money and services are open, which requests and complaints, and the two days on which
 * somebody looks again. Run again, it counts anew; owners, days and what was done stay.
 *
 * @throws HandoverError DEAL_NONE, DEAL_WHICH, DEAL_UNKNOWN, FOLLOWUP_TOO_EARLY, HOUSE_NAME
 */
export async function setFollowup(
  session: Session,
  input: { readonly deal: string | null; readonly owner: string | null; readonly dryRun: boolean },
): Promise<FollowupSet> {
  const { read, info } = session.workspace;
  const terms = findDeal(session, input.deal);
  const wordings = new Set<string>(read.wordings(terms.id).map(({ digest }) => digest));
  const bundles = read
    .bundles()
    .filter(({ deal, state }) => wordings.has(deal) && state !== 'began' && state !== 'abandoned');
  const [first] = bundles.map(({ time }) => dayOf(time)).sort();
  if (first === undefined) return fail({ code: 'FOLLOWUP_TOO_EARLY', deal: terms.id });
  const owner = input.owner === null ? null : cleanName(input.owner);
  const received = read.datasets().find(({ bundle }) => bundles.some(({ id }) => id === bundle));
  const files =
    info.role === 'seller' ? customerList(read) : received === undefined ? [] : receivedList(read, received);
  const services = await countServices(session, files);
  const open = read.requests().filter(({ closed }) => closed === null);
  const known = read.followups();
  const counts: Readonly<Record<FollowupKind, StoredFollowup['counts'] | null>> = {
    balances: services.holders === 0 ? null : { ...services },
    services: services.running === 0 ? null : { running: services.running },
    requests:
      open.length === 0
        ? null
        : { open: open.length, complaints: open.filter(({ kind }) => kind === 'complaint').length },
    'day-30': {},
    'day-90': {},
  };
  const wanted = FOLLOWUP_KINDS.flatMap((kind) => {
    const count = counts[kind];
    return count === null ? [] : [{ kind, counts: count }];
  });
  const tasks = wanted.map(({ kind, counts: count }, i): StoredFollowup => {
    const old = known.find((task) => task.deal === terms.id && task.kind === kind);
    if (old !== undefined) return { ...old, counts: count };
    const id = `T-${known.length + 1 + i}`;
    return {
      id,
      deal: terms.id,
      kind,
      counts: count,
      owner,
      due: addDuration(first, AFTER[kind]),
      done: null,
      note: null,
    };
  });
  if (!input.dryRun) {
    await session.keys();
    session.record(
      { action: 'followup-set', objects: {}, details: { deal: terms.id, tasks: tasks.length } },
      (write) => {
        for (const task of tasks) write.putFollowup(task);
      },
    );
  }
  return { deal: terms.id, since: first, services, tasks };
}

/** Opens every record that counts, once. */
async function countServices(session: Session, files: readonly Dataset[]): Promise<OpenServices> {
  const { read } = session.workspace;
  const { vault } = await session.keys();
  const today = dayOf(session.now);
  const counter = openServices(today);
  for (const { dataset, number, replaced } of replacedRecords(read, files)) {
    session.runtime.signal.throwIfAborted();
    const page = read.page(dataset.id, number);
    if (page === undefined) continue;
    const gone = new Set(replaced);
    for (const [i, { cells }] of openRecords(dataset, page, vault.get(dataset.keyId)).entries())
      if (!gone.has(i)) counter.add((name) => cells[dataset.columns.indexOf(name)] ?? '');
  }
  return counter.end();
}

/**
 * Says who does a task and until when, or that it is done.
 *
 * @throws HandoverError FOLLOWUP_UNKNOWN, FOLLOWUP_DONE, HOUSE_NOTHING, REASON_SHAPE, REASON_PERSONAL_DATA, HOUSE_NAME
 */
export async function updateFollowup(
  session: Session,
  input: {
    readonly task: string;
    readonly owner: string | null;
    readonly due: CalendarDate | null;
    readonly done: string | null;
    readonly dryRun: boolean;
  },
): Promise<StoredFollowup> {
  const named = input.task.trim().toUpperCase();
  const task = session.workspace.read.followups().find(({ id }) => id === named);
  if (task === undefined) return fail({ code: 'FOLLOWUP_UNKNOWN', task: named });
  if (task.done !== null) fail({ code: 'FOLLOWUP_DONE', task: named });
  const { due } = input;
  const owner = input.owner === null ? null : cleanName(input.owner);
  const note = input.done === null ? null : cleanReason(input.done);
  if (owner === null && due === null && note === null) fail({ code: 'HOUSE_NOTHING' });
  const changed: StoredFollowup = {
    ...task,
    owner: owner ?? task.owner,
    due: due ?? task.due,
    done: note === null ? null : session.now,
    note,
  };
  if (input.dryRun) return changed;
  await session.keys();
  session.record(
    {
      action: 'followup-updated',
      objects: { followup: named },
      details: { due: changed.due, done: note === null ? null : dayOf(session.now) },
    },
    (write) => write.setFollowup(changed),
  );
  return changed;
}
