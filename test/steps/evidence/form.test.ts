import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCustomers } from '../../../fixtures/customers/generate.js';
import { instant } from '../../../fixtures/vectors/make/world.js';
import type { SelfAuditFacts } from '../../../src/audit/self-audit-facts.js';
import { systemRandom } from '../../../src/base/crypto.js';
import { type CalendarDate, readDate } from '../../../src/base/time.js';
import { noProgress } from '../../../src/report/progress.js';
import { makeForm, selfAuditForm } from '../../../src/steps/evidence/form.js';
import { type Session, withSession } from '../../../src/steps/session/session.js';
import { within } from '../../kit/session.js';
import { Firms, NOON } from '../../kit/firms.js';

/* The facts that the rules of the form get, read from a store in which things have happened. No passphrase is ever asked for. */

let firms: Firms;

beforeAll(async () => {
  firms = await Firms.withDeal();
  await writeCustomers({ rows: 40, seed: 3, mess: false, encoding: 'utf-8', out: firms.post('c.csv') });
});
afterAll(() => firms.remove());

function inJia<T>(run: (session: Session) => Promise<T>): Promise<T> {
  return withSession(
    firms.path('jia'),
    {
      now: () => instant(NOON),
      random: systemRandom,
      operator: '李店长',
      lang: 'zh',
      progress: noProgress,
      signal: new AbortController().signal,
      passphrase: async () => {
        throw new Error('nobody is to be asked');
      },
    },
    run,
  );
}

const day = (text: string): CalendarDate => {
  const read = readDate(text);
  if (read === null) throw new Error('not a date');
  return read;
};
const facts = (): Promise<SelfAuditFacts> => inJia(async (session) => (await selfAuditForm(session)).facts);

describe('facts of a workspace', () => {
  it('before anything was imported', async () => {
    const found = await facts();
    expect(found.persons).toEqual([]);
    expect(found).toMatchObject({ accounts: [], bundles: [], tellsAge: null, datasets: 0, clearCopies: 0 });
    expect(found.deals).toMatchObject([
      { id: 'D-1', isSigned: true, rule: { consent: 'separate' }, fields: 7 },
    ]);
    expect(found.log.isIntact).toBe(true);
  });

  it('one file imported twice has its persons once', async () => {
    await firms.done('import', 'post/c.csv', '--workspace', 'jia');
    const once = await facts();
    await firms.done('import', 'post/c.csv', '--workspace', 'jia', '--again');
    const twice = await facts();
    expect(once.persons[0]?.records).toBe(40);
    expect(twice.persons[0]).toMatchObject({
      source: 'imported',
      datasets: 2,
      records: 80,
      persons: once.persons[0]?.persons,
    });
    expect(twice.clearCopies).toBe(1);
    expect(twice.tellsAge).toBe(true);
  });

  // In a copy: what is made up here has no events of its own, over which nothing would be signed afterwards.
  it('holds, requests, incidents, notices, purges and attested places', async () => {
    const copy = firms.copy();
    const found = await within(copy.path('jia'), copy.time, async (session) => {
      await session.keys();
      const deal = session.workspace.read.deal('D-1')?.digest;
      if (deal === undefined) throw new Error('no deal');
      const time = session.now;
      const tag = new Uint8Array(16).fill(7);
      session.record({ action: 'hold-placed', objects: { hold: 'h1' }, details: {} }, (write) => {
        const open = {
          reason: '诉讼',
          opened: time,
          openedBy: '李店长',
          dataset: null,
          scope: 'all',
        } as const;
        write.retention.addRestraint({ id: 'h1', kind: 'hold', basis: null, until: null, ...open }, []);
        write.retention.addRestraint({ id: 'h2', kind: 'hold', basis: null, until: null, ...open }, []);
        write.retention.releaseRestraint('h2', time, '李店长', '结案');
        write.retention.addRestraint(
          { id: 'f1', kind: 'freeze', basis: 'TAX-29', until: day('2030-01-01'), ...open },
          [],
        );
        write.retention.addRestraint(
          { id: 'f2', kind: 'freeze', basis: 'TAX-29', until: day('2026-11-19'), ...open },
          [],
        );
      });
      session.record({ action: 'request-opened', objects: { request: 'r1' }, details: {} }, (write) => {
        const asked = { tag, kind: 'erase', requester: 'self', verified: 'phone', received: time } as const;
        write.persons.addRequest({ id: 'r1', ...asked, due: day('2026-11-01') });
        write.persons.addRequest({ id: 'r2', ...asked, due: day('2026-12-01') });
        write.persons.addSubjectMark({ tag, kind: 'withdrawn', request: 'r1', purpose: null, time });
        write.persons.addSubjectMark({ tag, kind: 'corrected', request: null, purpose: null, time });
        write.addIncident({ id: 'i1', facts: {}, opened: time });
        write.addIncident({ id: 'i2', facts: {}, opened: time });
        write.closeIncident('i2', time);
        write.retention.addAttestation({ place: 'phones', state: 'remains', person: '王', time });
        write.retention.addAttestation({ place: 'phones', state: 'cleared', person: '王', time });
        write.retention.addAttestation({ place: 'paper', state: 'never-there', person: '王', time });
      });
      return (await selfAuditForm(session)).facts;
    });
    expect(found.holds).toMatchObject({ count: 1, events: [expect.any(Number)] });
    expect(found.freezes.count).toBe(1);
    expect(found.requests).toHaveLength(2);
    expect(found.requestEvents).toHaveLength(1);
    expect(found.marks).toBe(1);
    expect(found.incidents).toMatchObject({ total: 2, open: 1 });
    expect(found.places).toEqual({ cleared: 1, never: 1, remains: 0 });
  });

  it('a form in no file changes nothing; each file is in the log by its digest', async () => {
    const before = await inJia(async (session) => session.workspace.read.log.eventCount());
    const input = { lang: 'zh', force: false, dryRun: false } as const;
    await inJia((session) => makeForm(session, { ...input, files: [] }));
    const after = await inJia(async (session) => {
      const made = await makeForm(session, {
        ...input,
        files: [
          { file: 'html', path: firms.path('f.html') },
          { file: 'csv', path: firms.path('f.csv') },
        ],
      });
      const events = [...session.workspace.read.log.events()].slice(-2);
      expect(events.map((event) => event.objects['file'])).toEqual(made.files.map((file) => file.sha256));
      expect(events.map((event) => event.action)).toEqual(['form-made', 'form-made']);
      return session.workspace.read.log.eventCount();
    });
    expect(after).toBe(before + 2);
  });
});
