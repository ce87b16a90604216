import { peopleGaps } from '../../audit/people.js';
import type { CalendarDate } from '../../base/time.js';
import type { ReportHouse } from '../../report/audit-report-house.js';
import { planTotals, readPurgePlan } from '../../retention/purge-plan.js';
import type { Reader } from '../../store/reader.js';
import { filesGone } from '../session/clear-files.js';
import type { Session } from '../session/session.js';

/** The registers of the house as the report tells them. Those of one deal where one was asked for; people and findings are the firm's. */
export function reportHouse(session: Session, only: string | null, today: CalendarDate): ReportHouse {
  const { read } = session.workspace;
  const { present, unpromised, untrained } = peopleGaps(read.house.people(), today);
  const isAbout = (deal: string | null): boolean => only === null || deal === null || deal === only;
  return {
    people: {
      present: present.length,
      unpromised: unpromised.length,
      untrained: untrained.length,
      outsiders: present
        .filter(({ role }) => role === 'broker' || role === 'entrusted')
        .map(({ name, role, facts }) => ({
          name,
          role,
          identified: facts.identified,
          promised: facts.promised,
        })),
    },
    papers: read.house
      .papers()
      .filter(({ deal }) => isAbout(deal))
      .map(({ id, kind, signed, sha256, deal }) => ({ id, kind, signed, sha256, deal })),
    feedback: read.house.feedback().map(({ kind, time, counts }) => ({
      kind,
      time,
      rows: Number(counts[kind === 'complaints' ? 'taken' : 'rows'] ?? 0),
    })),
    followup: read.house
      .followups()
      .filter(({ deal }) => isAbout(deal))
      .map(({ id, deal, kind, owner, due, done }) => ({ id, deal, kind, owner, due, done })),
    paperless: paperlessOf(read),
    findings: findingsOf(read, today),
  };
}

function paperlessOf(read: Reader): ReportHouse['paperless'] {
  const bundles = read.bundles().filter(({ state }) => state !== 'began' && state !== 'abandoned');
  const receipts = bundles.filter(({ id }) => read.receipt(id) !== undefined);
  const notices = read.persons.notices();
  const purges = read.retention.purges().filter(({ certificate }) => certificate !== null);
  const gone = filesGone(read);
  return {
    documents:
      bundles.length +
      receipts.length +
      notices.length +
      notices.filter(({ completion }) => completion !== null).length +
      purges.length,
    purged_records: purges.reduce((sum, { plan }) => sum + planTotals(readPurgePlan(plan)).purge, 0),
    shredded_files: gone.length,
    freed_bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function findingsOf(read: Reader, today: CalendarDate): ReportHouse['findings'] {
  const findings = read.house.findings();
  const rounds = read.house.auditRounds();
  const last = rounds.at(-1)?.time;
  const open = findings.filter(({ closed }) => closed === null);
  const ofForm = findings.filter(({ source }) => source === 'form');
  return {
    open: open.length,
    overdue: open.filter(({ due }) => due !== null && due < today).length,
    closed: findings.length - open.length,
    trend:
      rounds.length < 2
        ? null
        : {
            new: ofForm.filter(({ found }) => found === last).length,
            standing: ofForm.filter(
              ({ found, seen, closed }) => closed === null && seen === last && found !== seen,
            ).length,
            gone: ofForm.filter(({ closed, how }) => closed !== null && closed === last && how === null)
              .length,
          },
  };
}
