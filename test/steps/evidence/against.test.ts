import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PURPOSE } from '../../../fixtures/customers/consents.js';
import { daysBefore } from '../../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../../fixtures/customers/generate.js';
import { eventBytes } from '../../../src/audit/event.js';
import { CompactRange, leafHash } from '../../../src/audit/merkle.js';
import { LOG_TIP, logSigner } from '../../../src/audit/own-log.js';
import type { Signer } from '../../../src/base/signing.js';
import { originOf } from '../../../src/steps/session/own-log.js';
import { openWorkspace } from '../../../src/store/workspace.js';
import { endOf, Firms, shown } from '../../kit/firms.js';
import { within } from '../../kit/session.js';
import { OpenDatabase } from '../../kit/sqlite.js';

/*
 * An owner who has every key of its own, and rewrites the end of its log: what it signed away, and what the other party signed, speaks
 * against it. A document carries a checkpoint from before its own event, and the document itself says what that event has to be.
 */

const BUNDLE = 'jia/exchange/D-1-1.handover.zip';
const RECEIPT = 'yi/exchange/D-1-1.receipt.json';
const NOTICE = 'jia/exchange/D-1-notice-1.notice.json';
const COMPLETION = 'yi/exchange/D-1-notice-1.completion.json';
const day = daysBefore(TODAY, 9);
const HEADER =
  '客户编号,姓名,手机号,服务地址,服务项目,最近服务,是否同意转让,接收方,同意用途,同意时间,同意方式,同意凭证';
const who = ['--requester', 'self', '--verified', 'callback'];

let start: Firms;
let firms: Firms;
let certificate = '';
beforeAll(async () => {
  start = await Firms.withDeal();
  const rows = [1, 2, 3].map(
    (n) =>
      `C${n},王小${n},1380000000${n},上海市浦东新区${n}号小区,保洁,${day},同意,${BUYER},${PURPOSE},${day},书面,F-${n}`,
  );
  writeFileSync(start.post('c.csv'), `${[HEADER, ...rows].join('\n')}\n`);
  await start.done('export', start.post('c.csv'), '--workspace', 'jia');
  await start.done('receive', BUNDLE, '--workspace', 'yi');
  await start.done('receipt', 'accept', RECEIPT, '--workspace', 'jia');
  await start.done('subject', 'erase', 'C1', ...who, '--yes', '--workspace', 'jia');
  const made = readdirSync(start.path('jia', 'exchange')).find((name) => name.endsWith('.certificate.json'));
  certificate = `jia/exchange/${made}`;
  await start.done('notice', 'apply', NOTICE, '--yes', '--workspace', 'yi');
  await start.done('notice', 'accept', COMPLETION, '--workspace', 'jia');
});
afterAll(() => start.remove());
beforeEach(() => {
  firms = start.copy();
});
afterEach(() => firms.remove());

const against = (firm: 'jia' | 'yi', ...files: readonly string[]) =>
  firms.run('audit', 'verify', '--workspace', firm, ...files.flatMap((file) => ['--against', file]));

/** Changes events and signs the whole log anew, as its owner can. */
async function rewrite(name: string, change: (db: OpenDatabase) => void): Promise<void> {
  const dir = firms.path(name);
  const signer = await within(dir, firms.time, async (session): Promise<Signer> => {
    return (await session.keys()).identity.signer;
  });
  const db = new OpenDatabase(firms.path(name, 'handover.db'));
  const triggers = db.column(`SELECT name FROM sqlite_master WHERE type = 'trigger'`);
  for (const trigger of triggers) db.exec(`DROP TRIGGER ${String(trigger)}`);
  change(db);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  const workspace = openWorkspace(dir);
  const leaves = [...workspace.read.log.events()].map((event) => leafHash(eventBytes(event)));
  const signs = logSigner(originOf(workspace.info.id), signer);
  workspace.close();
  const again = new OpenDatabase(firms.path(name, 'handover.db'));
  again.exec('DELETE FROM checkpoint');
  const tree = CompactRange.of(0);
  for (const [seq, leaf] of leaves.entries()) {
    tree.append(leaf);
    again.run('UPDATE event SET leaf = ? WHERE seq = ?', leaf, seq);
    const note = signs.checkpoint(tree.end, tree.root());
    again.run('INSERT INTO checkpoint (ordinal, size, note) VALUES (?, ?, ?)', seq + 1, seq + 1, note);
  }
  again.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  again.close();
  writeFileSync(firms.path(name, LOG_TIP), signs.tip(tree.end, tree.root()));
}

/** Everything from the first event of an action on is gone. */
const cutFrom = (action: string) => (db: OpenDatabase) =>
  db.exec(`DELETE FROM event WHERE seq >= (SELECT min(seq) FROM event WHERE action = '${action}')`);

test('a log that nobody touched has the event of each document, and says which', async () => {
  const answer = await firms.done(
    ...['audit', 'verify', '--workspace', 'jia'],
    ...[BUNDLE, RECEIPT, NOTICE, certificate].flatMap((file) => ['--against', file]),
  );
  const log = await firms.done('audit', 'log', '--workspace', 'jia');
  for (const [i, action] of ['exported', 'exported', 'notice-sent', 'purged'].entries()) {
    expect(answer.at(`against.${i}.agrees`)).toBe(true);
    expect(log.at(`events.${answer.number(`against.${i}.event`)}.action`)).toBe(action);
  }
  const buyer = await firms.done(
    ...['audit', 'verify', '--workspace', 'yi', '--against', RECEIPT, '--against', COMPLETION],
  );
  const other = await firms.done('audit', 'log', '--workspace', 'yi');
  for (const [i, action] of ['receipted', 'notice-completed'].entries())
    expect(other.at(`events.${buyer.number(`against.${i}.event`)}.action`)).toBe(action);
  expect((await against('jia', RECEIPT)).stdout.replace(/\s+/g, ' ')).toMatch(
    /; event \d+ tells of the document/,
  );
  expect(
    (
      await firms.run('audit', 'verify', '--workspace', 'jia', '--against', RECEIPT, '--lang', 'zh')
    ).stdout.replace(/\s+/g, ''),
  ).toMatch(/第\d+个事件记着这份文件/);
});

describe('what follows the checkpoint of a document is covered by the document', () => {
  const rows = `UPDATE event SET details = replace(details, '"rows":', '"rows":9') WHERE action = 'exported'`;
  const root = `UPDATE event SET details = replace(details, '"tag_root":"', '"tag_root":"0') WHERE action = 'exported'`;
  const other = `UPDATE event SET objects = replace(objects, '"manifest":"', '"manifest":"0') WHERE action = 'exported'`;
  test.each<[string, 'jia' | 'yi', (db: OpenDatabase) => void, () => string]>([
    ['export cut off, against the bundle', 'jia', cutFrom('exported'), () => BUNDLE],
    ['export cut off, against the receipt', 'jia', cutFrom('exported'), () => RECEIPT],
    ['fewer rows than went, against the bundle', 'jia', (db) => db.exec(rows), () => BUNDLE],
    ['fewer rows than went, against the receipt', 'jia', (db) => db.exec(rows), () => RECEIPT],
    ['other persons than went, against the receipt', 'jia', (db) => db.exec(root), () => RECEIPT],
    ['another bundle than went, against the receipt', 'jia', (db) => db.exec(other), () => RECEIPT],
    ['notice cut off', 'jia', cutFrom('notice-sent'), () => NOTICE],
    ['destruction cut off', 'jia', cutFrom('purged'), () => certificate],
    ['receipt cut off', 'yi', cutFrom('receipted'), () => RECEIPT],
    ['completion cut off', 'yi', cutFrom('notice-completed'), () => COMPLETION],
  ])('%s', async (_, firm, change, file) => {
    await rewrite(firm, change);
    const alone = await firms.run('audit', 'verify', '--workspace', firm);
    // Alone it shows only where what the event told of is still there.
    if (alone.exit !== 0)
      expect(alone.stdout, shown(alone)).toMatch(/LOG_UNTOLD|LOG_FORGOTTEN|TABLES_CHANGED/);
    const said = await against(firm, file());
    expect(said.exit, shown(said)).toBe(6);
    const name = file().split('/').at(-1) ?? '';
    expect(said.stdout.replace(/\s+/g, ' ')).toContain(`The log has no event of ${name}`);
    expect(said.stdout.replace(/\s+/g, ' ')).not.toContain(`✓ ${name}`);
  });

  test('and the report of the seller reads the receipts that it holds', async () => {
    await rewrite('jia', (db) => db.exec(rows));
    const report = await firms.run('audit', 'report', '--workspace', 'jia', '--json');
    expect(report.stdout).toContain('LOG_LACKS');
  });
});

describe('a document beside which nothing is signed', () => {
  test('counts by its checkpoint alone, and that is said', async () => {
    rmSync(firms.path(`${RECEIPT}.minisig`));
    await rewrite('jia', cutFrom('exported'));
    const said = await against('jia', RECEIPT);
    // The document itself is not missed; the bundle that is left without its event is.
    expect(said.stdout).not.toContain('The log has no event of');
    expect(said.stdout).toContain('LOG_UNTOLD');
    expect(said.stdout.replace(/\s+/g, ' ')).toContain('only its checkpoint was compared');
  });

  test.each([
    [
      'another signature',
      (file: string) => copyFileSync(firms.path(`${COMPLETION}.minisig`), `${file}.minisig`),
    ],
    [
      'another content',
      (file: string) =>
        writeFileSync(file, readFileSync(file, 'utf8').replace('"received":', '"received":1')),
    ],
  ])('%s is refused', async (_, spoil) => {
    spoil(firms.path(RECEIPT));
    expect(endOf(await against('jia', RECEIPT))).toMatch(/^5 SIGNATURE_/);
  });
});

test.each<['jia' | 'yi', () => string]>([
  ['yi', () => BUNDLE],
  ['yi', () => NOTICE],
  ['yi', () => certificate],
  ['jia', () => COMPLETION],
])('%s: a document with a checkpoint of the other party only is named', async (firm, file) => {
  const name = file().split('/').at(-1) ?? '';
  const said = await against(firm, RECEIPT, file());
  expect(endOf(said), shown(said)).toBe('2 ANCHOR_OTHER_LOG');
  expect(said.stderr).toContain(name);
  expect(said.stderr).not.toContain('receipt.json');
});
