import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCustomers } from '../../../fixtures/customers/generate.js';
import { utf8 } from '../../../src/base/bytes.js';
import { sha256, systemRandom } from '../../../src/base/crypto.js';
import { readDate } from '../../../src/base/time.js';
import { evidenceIndexSchema, type EvidenceIndex } from '../../../src/bundle/pack.js';
import { noProgress } from '../../../src/report/progress.js';
import { withSession, type Session } from '../../../src/steps/session/session.js';
import { eventLines, evidenceFiles } from '../../../src/steps/evidence/pack-files.js';
import { instant } from '../../../fixtures/vectors/make/world.js';
import { endOf, Firms, NOON, shown } from '../../kit/firms.js';
import { signTables } from '../../kit/signed-tables.js';
import { OpenDatabase } from '../../kit/sqlite.js';

/* What goes into an evidence pack, and what does not. */

let firms: Firms;
const jia = ['--workspace', 'jia'];

beforeAll(async () => {
  firms = await Firms.withDeal();
  await firms.agree({ id: 'D-2' });
  await writeCustomers({ rows: 30, seed: 3, mess: false, encoding: 'utf-8', out: firms.post('c.csv') });
  await firms.done('import', 'post/c.csv', ...jia);
  for (const deal of ['D-1', 'D-2']) {
    await firms.done('check', '--deal', deal, ...jia);
    await firms.done('export', '--deal', deal, ...jia);
  }
});
afterAll(() => firms.remove());

async function packed(from: Firms, ...argv: readonly string[]): Promise<EvidenceIndex['files']> {
  const answer = await from.done('audit', 'pack', ...jia, ...argv);
  return evidenceIndexSchema.shape.files.parse(answer.at('files'));
}

const paths = (files: EvidenceIndex['files'], kind: string): string[] =>
  files.filter((file) => file.kind === kind).map((file) => file.path);

describe('what is in it', () => {
  it('everything of every deal, each document with the event that first named it', async () => {
    const files = await packed(firms, '--out', 'all.zip');
    expect(paths(files, 'deal')).toEqual(['deals/D-1.deal.json', 'deals/D-2.deal.json']);
    expect(paths(files, 'manifest')).toHaveLength(2);
    expect(paths(files, 'plan')).toHaveLength(2);
    expect(paths(files, 'report')).toEqual(['report/audit-report.html', 'report/audit-report.json']);
    expect(paths(files, 'form')).toEqual([]);
    const log = await firms.done('audit', 'log', ...jia);
    for (const [kind, action] of [
      ['own-card', 'workspace-created'],
      ['card', 'party-trusted'],
      ['deal', 'deal-signed'],
      ['plan', 'checked'],
      ['manifest', 'exported'],
    ] as const)
      for (const file of files.filter((each) => each.kind === kind))
        expect(log.at(`events.${file.event}.action`), file.path).toBe(action);
  });

  it('of one deal only what belongs to it, and the whole log all the same', async () => {
    const answer = await firms.done('audit', 'pack', ...jia, '--deal', 'D-2', '--out', 'two.zip');
    const files = evidenceIndexSchema.shape.files.parse(answer.at('files'));
    expect(paths(files, 'deal')).toEqual(['deals/D-2.deal.json']);
    expect(paths(files, 'manifest')).toHaveLength(1);
    expect(answer.text('deal.id')).toBe('D-2');
    expect(answer.number('log.first')).toBe(0);
  });

  it('the form only if asked for', async () => {
    expect(paths(await packed(firms, '--with-form', '--out', 'form.zip'), 'form')).toEqual(
      ['csv', 'html', 'md'].map((file) => `form/self-audit.${file}`),
    );
  });

  it('notices, purges and time stamps, each with its signature or answer', async () => {
    const copy = firms.copy();
    const files = await inJia(copy, async (session) => {
      await session.keys();
      const event = { action: 'notice-sent', objects: {}, details: {} } as const;
      const deal = session.workspace.read.deal('D-1')?.digest;
      const due = readDate('2026-12-01');
      if (deal === undefined || due === null) throw new Error('no deal');
      session.record(event, (write) => {
        const time = session.now;
        const notice = { direction: 'out', deal, kind: 'withdrawal', signature: 's1', due, time } as const;
        write.persons.addNotice({ id: 'n1', ...notice, bytes: utf8('notice 1') });
        write.persons.addNotice({ id: 'n2', ...notice, bytes: utf8('notice 2') });
        write.persons.completeNotice('n2', utf8('done 2'), 's2', time);
        write.retention.addPurge({ id: 'p1', planDigest: sha256(utf8('plan')), plan: utf8('plan'), time });
        write.retention.setPurgeState('p1', 'done', {
          certificate: utf8('certificate'),
          certificateSignature: 's3',
          outcome: 'erased',
        });
        write.addApproval(sha256(utf8('plan')), utf8('approval'), 's4', '王经理');
        write.log.addTimestamp({ size: 1, note: 'note', request: utf8('q'), time });
        write.log.answerTimestamp(1, utf8('r'), time, 'TSA');
      });
      return (await evidenceFiles(session, null, null)).files;
    });
    copy.remove();
    const there = files.map((file) => file.path);
    const plan = sha256(utf8('plan')).slice(0, 16);
    for (const path of [
      'notices/n1.notice.json',
      'notices/n1.notice.json.minisig',
      'notices/n2.completion.json',
      'notices/n2.completion.json.minisig',
      'plans/p1.purge-plan.json',
      `approvals/${plan}-1.approval.json`,
      `approvals/${plan}-1.approval.json.minisig`,
      'certificates/p1.certificate.json',
      'certificates/p1.certificate.json.minisig',
      'timestamps/0001.checkpoint.txt',
      'timestamps/0001.tsq',
      'timestamps/0001.tsr',
    ])
      expect(there).toContain(path);
    expect(there).not.toContain('notices/n1.completion.json');
    expect(new Set(there).size).toBe(there.length);
  });

  it('the events as the log has them, in blocks that together are the file', async () => {
    const [lines, count] = await inJia(firms, async (session) => [
      Buffer.concat([...eventLines(session.workspace.read)])
        .toString('utf8')
        .split('\n'),
      session.workspace.read.log.eventCount(),
    ]);
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(count);
    expect(lines.every((line, seq) => line.includes(`"seq":${seq},`))).toBe(true);
  });
});

describe('manifests of workspaces that did not keep the signature', () => {
  it.each([
    { title: 'it is taken from the bundle file', keep: true },
    { title: 'without the file it is missing, and said so', keep: false },
  ])('$title', async ({ keep }) => {
    const copy = firms.copy();
    const db = new OpenDatabase(copy.path('jia', 'handover.db'));
    const at = copy.path('jia', 'exchange', 'D-1-1.handover.zip');
    db.run(
      'UPDATE bundle SET manifest_signature = NULL, path = ? WHERE number = 1 AND path LIKE ?',
      at,
      '%D-1-1%',
    );
    db.close();
    await signTables(copy.path('jia'));
    if (!keep) rmSync(at);
    const answer = await copy.done('audit', 'pack', ...jia, '--out', 'old.zip');
    expect(answer.at('unsigned_manifests')).toEqual(keep ? [] : [{ deal: 'D-1', number: 1 }]);
    copy.remove();
  });
});

describe('what it does to the workspace and the disk', () => {
  it('a rehearsal writes nothing and logs nothing', async () => {
    const before = await firms.done('audit', 'log', ...jia);
    const said = await firms.run('audit', 'pack', ...jia, '--dry-run', '--out', 'never.zip');
    expect(said.exit, shown(said)).toBe(0);
    expect(existsSync(firms.path('never.zip'))).toBe(false);
    expect((await firms.done('audit', 'log', ...jia)).document).toEqual(before.document);
  });

  it('the log has the digest of the file, which is under a checkpoint at once', async () => {
    const answer = await firms.done('audit', 'pack', ...jia, '--out', 'logged.zip');
    expect(sha256(readFileSync(firms.path('logged.zip')))).toBe(answer.text('sha256'));
    const log = await firms.done('audit', 'log', ...jia, '--action', 'evidence-packed', '--last', '1');
    expect(log.text('events.0.objects.file')).toBe(answer.text('sha256'));
    const next = await firms.done('audit', 'pack', ...jia, '--unsigned', '--out', 'plain.zip');
    expect(next.number('log.covered')).toBe(next.number('log.size'));
  });

  it('a name that is taken is left alone, and nothing is logged', async () => {
    writeFileSync(firms.path('mine.zip'), 'mine');
    const said = await firms.run('audit', 'pack', ...jia, '--out', 'mine.zip');
    expect(endOf(said)).toBe('2 FILE_EXISTS');
    expect(readFileSync(firms.path('mine.zip'), 'utf8')).toBe('mine');
  });

  it('a log that does not verify is packed as it is, and ends with 6', async () => {
    const copy = firms.copy();
    const db = new OpenDatabase(copy.path('jia', 'handover.db'));
    db.exec(`DROP TRIGGER event_kept; UPDATE event SET operator = '别人' WHERE seq = 2`);
    db.close();
    // Nobody signs a log that was tampered with.
    expect(endOf(await copy.run('audit', 'pack', ...jia, '--out', 'broken.zip'))).toBe('6 LOG_LEAF');
    const said = await copy.run('audit', 'pack', ...jia, '--unsigned', '--out', 'broken.zip', '--json');
    expect(said.exit, shown(said)).toBe(6);
    expect(JSON.parse(said.stdout)).toMatchObject({ log: { intact: false } });
    expect(existsSync(copy.path('broken.zip'))).toBe(true);
    cpSync(copy.path('broken.zip'), firms.path('broken.zip'));
    expect(endOf(await firms.run('audit', 'verify', '--pack', 'broken.zip'))).toBe('5 PACK_UNSIGNED');
    copy.remove();
  });
});

describe('a signed paper', () => {
  const text = 'The parties keep secret what they see.';

  it('is in it as it was taken in, and of another deal it is not', async () => {
    const copy = firms.copy();
    writeFileSync(copy.path('nda.pdf'), text);
    await copy.done(
      'papers',
      'add',
      'nda.pdf',
      '--as',
      'nda',
      '--signed',
      '2026-09-01',
      '--deal',
      'D-1',
      ...jia,
    );
    const files = await packed(copy, '--out', 'papers.zip');
    const [paper] = files.filter(({ kind }) => kind === 'paper');
    expect(paper).toMatchObject({ path: 'papers/nda-1.pdf', bytes: text.length, sha256: sha256(utf8(text)) });
    const log = await copy.done('audit', 'log', ...jia);
    expect(log.at(`events.${paper?.event}.action`)).toBe('paper-added');
    expect(paths(await packed(copy, '--deal', 'D-2', '--out', 'of-two.zip'), 'paper')).toEqual([]);
    expect(paths(await packed(copy, '--dry-run'), 'paper')).toEqual(['papers/nda-1.pdf']);

    expect(endOf(await copy.run('audit', 'verify', '--pack', 'papers.zip'))).toBe('0');
    // Somebody changes it and mends the checksums of the archive: the signed index knows better.
    const other = text.replace('keep secret', 'tell anyone');
    const forged = replaced(
      replaced(readFileSync(copy.path('papers.zip')), utf8(text), utf8(other)),
      crc(text),
      crc(other),
    );
    writeFileSync(copy.path('forged.zip'), forged);
    expect(endOf(await copy.run('audit', 'verify', '--pack', 'forged.zip'))).toBe('6 PACK_FILE');
    copy.remove();
  });
});

function crc(content: string): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(content));
  return bytes;
}

/** Every occurrence of some bytes replaced by as many others. */
function replaced(file: Buffer, from: Uint8Array, to: Uint8Array): Buffer {
  const copy = Buffer.from(file);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.set(to, at);
  return copy;
}

function inJia<T>(from: Firms, run: (session: Session) => Promise<T>): Promise<T> {
  return withSession(
    from.path('jia'),
    {
      now: () => instant(NOON),
      random: systemRandom,
      operator: '李店长',
      lang: 'zh',
      progress: noProgress,
      signal: new AbortController().signal,
      passphrase: async () => '',
    },
    run,
  );
}
