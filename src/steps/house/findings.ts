import type { Assessment } from '../../audit/self-audit.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import { cleanName, cleanReason } from '../../policy/reason.js';
import { findingCounts } from '../../report/self-audit.js';
import type { AuditRound, StoredFinding } from '../../store/house-rows.js';
import { selfAuditForm } from '../evidence/form.js';
import type { Session } from '../session/session.js';

/** What became of the findings between the last run of the self-audit that was kept and the one before it. */
export interface Trend {
  readonly last: AuditRound | null;
  readonly before: AuditRound | null;
  readonly fresh: readonly StoredFinding[];
  readonly standing: readonly StoredFinding[];
  /** Found before and no longer. */
  readonly gone: readonly StoredFinding[];
}

/** Assessments of a point that somebody has to do something about. */
const OPEN: readonly Assessment[] = ['fault', 'none'];

/**
 * Runs the self-audit and keeps what it found: a point that speaks against, or of which nothing is on record, is a finding until a later run
 * no longer finds it, or a person closes it with a reason. A run that finds a closed one again opens a new one.
 */
export async function collectFindings(session: Session, input: { readonly dryRun: boolean }): Promise<Trend> {
  const { read } = session.workspace;
  const form = await selfAuditForm(session);
  const time = session.now;
  const counts = { ...findingCounts(form.answers) };
  const found = form.answers
    .filter(({ finding }) => OPEN.includes(finding))
    .map(({ number }) => `point-${number}`);
  const open = read.house.findings().filter(({ source, closed }) => source === 'form' && closed === null);
  const standing = open.filter(({ about }) => found.includes(about)).map((each) => ({ ...each, seen: time }));
  const gone = open.filter(({ about }) => !found.includes(about)).map((each) => ({ ...each, closed: time }));
  const known = standing.map(({ about }) => about);
  const fresh = found
    .filter((about) => !known.includes(about))
    .map((about, i): StoredFinding => {
      const id = nextId(read.house.findings().length + i);
      return {
        id,
        source: 'form',
        about,
        owner: null,
        due: null,
        found: time,
        seen: time,
        closed: null,
        how: null,
      };
    });
  const last = { time, counts };
  if (!input.dryRun) {
    await session.keys();
    const details = { new: fresh.length, standing: standing.length, gone: gone.length };
    session.record({ action: 'findings-collected', objects: {}, details }, (write) => {
      write.house.addAuditRound(last);
      for (const each of fresh) write.house.addFinding(each);
      for (const each of [...standing, ...gone]) write.house.setFinding(each);
    });
  }
  return { last, before: read.house.auditRounds().at(input.dryRun ? -1 : -2) ?? null, fresh, standing, gone };
}

/** The trend as it was kept. */
export function trendOf(session: Session): Trend {
  const { read } = session.workspace;
  const rounds = read.house.auditRounds();
  const [last, before] = [rounds.at(-1) ?? null, rounds.at(-2) ?? null];
  const ofForm = read.house.findings().filter(({ source }) => source === 'form');
  return {
    last,
    before,
    fresh: ofForm.filter(({ found }) => found === last?.time),
    standing: ofForm.filter(
      ({ found, seen, closed }) => closed === null && seen === last?.time && found !== seen,
    ),
    gone: ofForm.filter(({ closed, how }) => closed !== null && closed === last?.time && how === null),
  };
}

/**
 * A finding of somebody who looked: an auditor, an authority, the firm itself.
 *
 * @throws HandoverError REASON_SHAPE, REASON_PERSONAL_DATA, HOUSE_NAME
 */
export async function addFinding(
  session: Session,
  input: {
    readonly text: string;
    readonly owner: string | null;
    readonly due: CalendarDate | null;
    readonly dryRun: boolean;
  },
): Promise<StoredFinding> {
  const { due, dryRun } = input;
  const about = cleanReason(input.text);
  const owner = input.owner === null ? null : cleanName(input.owner);
  const time = session.now;
  const id = nextId(session.workspace.read.house.findings().length);
  const finding: StoredFinding = {
    id,
    source: 'person',
    about,
    owner,
    due,
    found: time,
    seen: time,
    closed: null,
    how: null,
  };
  if (dryRun) return finding;
  await session.keys();
  session.record({ action: 'finding-updated', objects: { finding: id }, details: { due } }, (write) =>
    write.house.addFinding(finding),
  );
  return finding;
}

/**
 * Says who is to put a finding right and until when, or that it was, and how.
 *
 * @throws HandoverError FINDING_UNKNOWN, FINDING_CLOSED, HOUSE_NOTHING, REASON_SHAPE, REASON_PERSONAL_DATA, HOUSE_NAME
 */
export async function updateFinding(
  session: Session,
  input: {
    readonly finding: string;
    readonly owner: string | null;
    readonly due: CalendarDate | null;
    /** How it was put right. */
    readonly closed: string | null;
    readonly dryRun: boolean;
  },
): Promise<StoredFinding> {
  const named = input.finding.trim().toUpperCase();
  const finding = session.workspace.read.house.findings().find(({ id }) => id === named);
  if (finding === undefined) return fail({ code: 'FINDING_UNKNOWN', finding: named });
  if (finding.closed !== null) fail({ code: 'FINDING_CLOSED', finding: named });
  const { due } = input;
  const owner = input.owner === null ? null : cleanName(input.owner);
  const how = input.closed === null ? null : cleanReason(input.closed);
  if (owner === null && due === null && how === null) fail({ code: 'HOUSE_NOTHING' });
  const changed: StoredFinding = {
    ...finding,
    owner: owner ?? finding.owner,
    due: due ?? finding.due,
    closed: how === null ? null : session.now,
    how,
  };
  if (input.dryRun) return changed;
  await session.keys();
  const details = { due: changed.due, closed: how === null ? null : dayOf(session.now) };
  session.record({ action: 'finding-updated', objects: { finding: named }, details }, (write) =>
    write.house.setFinding(changed),
  );
  return changed;
}

function nextId(before: number): string {
  return `F-${before + 1}`;
}
