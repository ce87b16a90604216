import { uuidv7 } from '../../base/crypto.js';
import { type CalendarDate, dayOf, readDate } from '../../base/time.js';
import { FEEDBACK } from '../../dataset/profile.js';
import { fail, HandoverError } from '../../messages/error.js';
import type { Requester, Verification } from '../../policy/request-lists.js';
import { countSurvey, type SurveyCounts } from '../../policy/survey.js';
import type { StoredFeedback } from '../../store/house-rows.js';
import { readSmallTable, type SmallTable } from '../import/small-table.js';
import { openRequestFor } from '../persons/open-request.js';
import type { Session } from '../session/session.js';

export interface FeedbackInput {
  readonly path: string;
  /** Of complaints: who complains, and how it was made sure who that is. */
  readonly requester: Requester;
  readonly verified: Verification | null;
  readonly dryRun: boolean;
}

/** What a file of feedback held. */
export interface FeedbackRead {
  readonly kind: StoredFeedback['kind'];
  readonly rows: number;
  /** Complaints that are in the register now, and lines whose customer number nobody has. */
  readonly taken: number;
  readonly unknown: readonly number[];
  readonly survey: SurveyCounts | null;
}

/**
 * Takes in a file of complaints, each of which becomes a request with its clock, or of answers to the survey, of which counts alone are kept.
 * What people wrote in words is not stored.
 *
 * @throws HandoverError FEEDBACK_KNOWN, FEEDBACK_COLUMNS, REQUEST_WHO and the problems of reading a table
 */
export async function importFeedback(session: Session, input: FeedbackInput): Promise<FeedbackRead> {
  const table = await readSmallTable(input.path, FEEDBACK);
  const { read } = session.workspace;
  if (read.house.feedback().some(({ sha256 }) => sha256 === table.sha256))
    fail({ code: 'FEEDBACK_KNOWN', name: table.name });
  const found = table.columns.includes('subject')
    ? await complaintsIn(session, table, input)
    : surveyIn(table);
  if (input.dryRun) return found;
  await session.keys();
  const { kind, rows, taken, unknown, survey } = found;
  const counts =
    survey === null
      ? { rows, taken, unknown: unknown.length }
      : JSON.parse(JSON.stringify({ rows, ...survey }));
  const id = uuidv7(Date.parse(session.now), session.runtime.random);
  session.record(
    { action: 'feedback-imported', objects: { feedback: id, file: table.sha256 }, details: { kind, counts } },
    (write) =>
      write.house.addFeedback({
        id,
        kind,
        file: table.name,
        sha256: table.sha256,
        counts,
        time: session.now,
      }),
  );
  return found;
}

async function complaintsIn(
  session: Session,
  { rows }: SmallTable,
  { requester, verified, dryRun }: FeedbackInput,
): Promise<FeedbackRead> {
  if (verified === null) fail({ code: 'REQUEST_WHO' });
  const unknown: number[] = [];
  for (const { line, cell } of rows) {
    session.runtime.signal.throwIfAborted();
    try {
      await openRequestFor(session, {
        subject: cell('subject'),
        kind: 'complaint',
        requester,
        verified,
        received: dayIn(cell('date'), dayOf(session.now)),
        due: null,
        dryRun,
      });
    } catch (error) {
      if (!(error instanceof HandoverError) || error.problem.code !== 'SUBJECT_UNKNOWN') throw error;
      unknown.push(line);
    }
  }
  return {
    kind: 'complaints',
    rows: rows.length,
    taken: rows.length - unknown.length,
    unknown,
    survey: null,
  };
}

function surveyIn({ rows, columns, name }: SmallTable): FeedbackRead {
  if (!['served', 'satisfied', 'stays'].some((column) => columns.includes(column)))
    fail({ code: 'FEEDBACK_COLUMNS', name });
  const survey = countSurvey(
    rows.map(({ cell }) => ({ served: cell('served'), satisfied: cell('satisfied'), stays: cell('stays') })),
  );
  return { kind: 'survey', rows: rows.length, taken: 0, unknown: [], survey };
}

/** A day as people type it: 2026-11-3, 2026/11/03, 2026年11月3日, with a time behind it; null for today. Never a day ahead. */
function dayIn(text: string, today: CalendarDate): CalendarDate | null {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(text) ?? [];
  const read = readDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return read === null || read > today ? null : read;
}
