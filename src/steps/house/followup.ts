import { addDuration, type CalendarDate, type Duration, dayOf } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import { cleanName, cleanReason } from '../../policy/reason.js';
import { type OpenServices, openServices } from '../../policy/open-services.js';
import { FOLLOWUP_KINDS, type FollowupKind } from '../../messages/followup-kinds.js';
import type { StoredFollowup } from '../../store/house-rows.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
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
  const { read } = session.workspace;
  const { id: deal } = findDeal(session, input.deal);
  const bundles = bundlesOf(session, deal);
  const [since] = bundles.map(({ time }) => dayOf(time)).sort();
  if (since === undefined) return fail({ code: 'FOLLOWUP_TOO_EARLY', deal });
  const owner = input.owner === null ? null : cleanName(input.owner);
  const services = await countServices(session, filesOf(session, bundles));
  const known = read.house.followups();
  const tasks = wanted(session, services).map(({ kind, counts }, i): StoredFollowup => {
    const old = known.find((task) => task.deal === deal && task.kind === kind);
    if (old !== undefined) return { ...old, counts };
    const due = addDuration(since, AFTER[kind]);
    return { id: `T-${known.length + 1 + i}`, deal, kind, counts, owner, due, done: null, note: null };
  });
  if (!input.dryRun) {
    await session.keys();
    session.record(
      { action: 'followup-set', objects: {}, details: { deal, tasks: tasks.length } },
      (write) => {
        for (const task of tasks) write.house.putFollowup(task);
      },
    );
  }
  return { deal, since, services, tasks };
}

/** The bundles of a deal that left or came, under whatever version. */
function bundlesOf(session: Session, deal: string): readonly StoredBundle[] {
  const { read } = session.workspace;
  const wordings = new Set<string>(read.wordings(deal).map(({ digest }) => digest));
  return read
    .bundles()
    .filter(({ deal: of, state }) => wordings.has(of) && state !== 'began' && state !== 'abandoned');
}

/** The files whose records say who is owed what: the seller's list, or what came under the deal. */
function filesOf(session: Session, bundles: readonly StoredBundle[]): readonly Dataset[] {
  const { read, info } = session.workspace;
  if (info.role === 'seller') return customerList(read);
  const received = read
    .datasets()
    .find(({ kind, bundle }) => kind === 'customers' && bundles.some(({ id }) => id === bundle));
  return received === undefined ? [] : receivedList(read, received);
}

/** The tasks that there is something to do about, with what they are about; the two days are always there. */
function wanted(
  session: Session,
  services: OpenServices,
): readonly { readonly kind: FollowupKind; readonly counts: StoredFollowup['counts'] }[] {
  const open = session.workspace.read.persons.requests().filter(({ closed }) => closed === null);
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
  return FOLLOWUP_KINDS.flatMap((kind) => {
    const count = counts[kind];
    return count === null ? [] : [{ kind, counts: count }];
  });
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
  const task = session.workspace.read.house.followups().find(({ id }) => id === named);
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
    (write) => write.house.setFollowup(changed),
  );
  return changed;
}
