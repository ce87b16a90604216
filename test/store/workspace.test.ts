import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eventBytes } from '../../src/audit/event.js';
import { leafHash } from '../../src/audit/merkle.js';
import { newSecretKey, systemRandom } from '../../src/base/crypto.js';
import { fail } from '../../src/messages/error.js';
import { readLogTip } from '../../src/store/log-tip.js';
import { sealPage } from '../../src/store/sealed-pages.js';
import { createWorkspace, findWorkspace, openWorkspace, type Writer } from '../../src/store/workspace.js';
import { codeOf, filesBelow, filesWith, freshFolder, startProgram } from './folders.js';
import {
  created,
  imported,
  newSession,
  openSession,
  signer,
  someBundle,
  someDataset,
  somePage,
  stamp,
} from './session.js';
import { OpenDatabase } from '../kit/sqlite.js';

/** Opens the database as somebody with SQLite would. */
function withSqlite<T>(dir: string, work: (db: OpenDatabase) => T): T {
  const db = new OpenDatabase(join(dir, 'handover.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

describe('createWorkspace', () => {
  it('makes a whole workspace that only its owner can read, with its first event', () => {
    const dir = join(freshFolder(), 'a', 'b', 'seller');
    const made = newSession();
    createWorkspace(dir, made);
    expect(filesBelow(dir)).toEqual(['handover.db', 'keys/identity.age', 'keys/vault.keys', 'log.tip']);
    for (const name of ['', 'keys', 'exchange']) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o700);
    for (const name of filesBelow(dir)) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(dir, '..'))).toEqual(['seller']);
    const workspace = openWorkspace(dir);
    expect(workspace.info).toEqual(made.info);
    expect([...workspace.read.log.events()]).toEqual([{ seq: 0, ...stamp, ...created }]);
    workspace.close();
  });

  it('fills an empty folder in place, because somebody may stand in it', () => {
    const dir = freshFolder();
    const { ino } = statSync(dir);
    chmodSync(dir, 0o755);
    createWorkspace(dir, { ...newSession(), identityName: 'identity.txt' });
    expect(statSync(dir).ino).toBe(ino);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(readdirSync(dir).sort()).toEqual(['exchange', 'handover.db', 'keys', 'log.tip']);
    expect(readdirSync(join(dir, 'keys')).sort()).toEqual(['identity.txt', 'vault.keys']);
    openWorkspace(dir).close();
  });

  it('touches no folder that holds anything', async () => {
    const dir = freshFolder();
    writeFileSync(join(dir, '客户.csv'), 'x');
    expect(await codeOf(() => createWorkspace(dir, newSession()))).toBe('WORKSPACE_EXISTS');
    expect(readdirSync(dir)).toEqual(['客户.csv']);
    expect(await codeOf(() => createWorkspace(join(dir, '客户.csv'), newSession()))).toBe('FILE_NOT_FOUND');
    const seller = join(dir, 'seller');
    createWorkspace(seller, newSession());
    expect(await codeOf(() => createWorkspace(seller, newSession()))).toBe('WORKSPACE_EXISTS');
  });

  it('begins again where a creation was killed', () => {
    const dir = freshFolder();
    mkdirSync(join(dir, '.handover-init'));
    mkdirSync(join(dir, 'keys'));
    writeFileSync(join(dir, 'keys', 'identity.age'), 'half');
    createWorkspace(dir, newSession());
    openWorkspace(dir).close();
    const beside = freshFolder();
    mkdirSync(join(beside, '.seller.handover-init', 'keys'), { recursive: true });
    createWorkspace(join(beside, 'seller'), newSession());
    expect(readdirSync(beside)).toEqual(['seller']);
  });
});

describe('findWorkspace', () => {
  it('finds the folder itself or one above it', () => {
    const dir = freshFolder();
    createWorkspace(join(dir, 'seller'), newSession());
    const below = join(dir, 'seller', 'exchange', 'deep');
    mkdirSync(below);
    expect(findWorkspace(below)).toBe(join(dir, 'seller'));
    expect(findWorkspace(join(dir, 'seller'))).toBe(join(dir, 'seller'));
    expect(findWorkspace(dir)).toBeNull();
  });
});

describe('openWorkspace', () => {
  function closedHouse(): string {
    const workspace = openSession(freshFolder());
    workspace.close();
    return workspace.dir;
  }

  it.each([
    ['a folder that is none', 'WORKSPACE_NOT_FOUND', (dir: string) => rmSync(join(dir, 'handover.db'))],
    ['no folder at all', 'WORKSPACE_NOT_FOUND', (dir: string) => rmSync(dir, { recursive: true })],
    ['a folder open to its group', 'WORKSPACE_OPEN_TO_OTHERS', (dir: string) => chmodSync(dir, 0o750)],
    [
      'a database that all can read',
      'WORKSPACE_OPEN_TO_OTHERS',
      (dir: string) => chmodSync(join(dir, 'handover.db'), 0o644),
    ],
    [
      'a key that all can read',
      'WORKSPACE_OPEN_TO_OTHERS',
      (dir: string) => chmodSync(join(dir, 'keys/vault.keys'), 0o604),
    ],
    [
      'keys that others can list',
      'WORKSPACE_OPEN_TO_OTHERS',
      (dir: string) => chmodSync(join(dir, 'keys'), 0o711),
    ],
    ['no keys', 'WORKSPACE_DAMAGED', (dir: string) => rmSync(join(dir, 'keys'), { recursive: true })],
    [
      'something that is no database',
      'WORKSPACE_DAMAGED',
      (dir: string) => writeFileSync(join(dir, 'handover.db'), 'x'.repeat(9000)),
    ],
    ['an empty file', 'WORKSPACE_DAMAGED', (dir: string) => truncateSync(join(dir, 'handover.db'))],
    ['half a database', 'WORKSPACE_DAMAGED', (dir: string) => truncateSync(join(dir, 'handover.db'), 8192)],
    [
      'the database of another program',
      'WORKSPACE_DAMAGED',
      (dir: string) => withSqlite(dir, (db) => db.exec('PRAGMA application_id = 1')),
    ],
    [
      'a newer version',
      'WORKSPACE_VERSION',
      (dir: string) => withSqlite(dir, (db) => db.exec('PRAGMA user_version = 99')),
    ],
    [
      'a row that nobody here wrote',
      'WORKSPACE_DAMAGED',
      (dir: string) => withSqlite(dir, (db) => db.exec("UPDATE workspace SET card_digest = 'x'")),
    ],
  ])('refuses %s', async (_, code, spoil) => {
    const dir = closedHouse();
    spoil(dir);
    expect(await codeOf(() => openWorkspace(dir))).toBe(code);
  });

  it('is refused while another process has it, and not once that one is killed', async () => {
    const dir = closedHouse();
    const other = await startProgram('holding.ts', dir);
    expect(await codeOf(() => openWorkspace(dir))).toBe('WORKSPACE_LOCKED');
    await other.kill();
    openWorkspace(dir).close();
  });

  it('keeps out sqlite itself and a second opening', async () => {
    const workspace = openSession(freshFolder());
    expect(await codeOf(() => openWorkspace(workspace.dir))).toBe('WORKSPACE_LOCKED');
    expect(() => withSqlite(workspace.dir, (db) => db.rows('SELECT * FROM event'))).toThrow(/locked/);
    workspace.close();
    workspace.close();
    expect(withSqlite(workspace.dir, (db) => db.rows('SELECT * FROM event'))).toHaveLength(1);
  });

  it('sweeps what a killed command left', () => {
    const dir = closedHouse();
    const left = `.1-1.handover.zip.${process.pid}-0123456789abcdef.part`;
    writeFileSync(join(dir, 'exchange', left), '');
    openWorkspace(dir).close();
    expect(readdirSync(join(dir, 'exchange'))).toEqual([]);
  });
});

describe('record', () => {
  it('keeps the change and its event together', () => {
    const workspace = openSession(freshFolder());
    const result = workspace.record(stamp, imported, (write) => {
      write.addDataset(someDataset('d1'));
      return 7;
    });
    expect(result).toBe(7);
    expect(workspace.read.dataset('d1')?.file).toBe('客户.csv');
    expect([...workspace.read.log.events(1)]).toEqual([{ seq: 1, ...stamp, ...imported }]);
    workspace.close();
  });

  it('keeps neither if the change fails', async () => {
    const workspace = openSession(freshFolder());
    const broken = (write: Writer) => {
      write.addDataset(someDataset('d1'));
      fail({ code: 'VAULT_DAMAGED' });
    };
    expect(await codeOf(() => workspace.record(stamp, imported, broken))).toBe('VAULT_DAMAGED');
    expect(workspace.read.datasets()).toEqual([]);
    expect(workspace.read.log.eventCount()).toBe(1);
    workspace.close();
  });

  it('keeps neither if a part fails and the change looks away', () => {
    const workspace = openSession(freshFolder());
    const lookAway = (write: Writer) => {
      write.addDataset(someDataset('d1'));
      try {
        write.addDataset(someDataset('d1'));
      } catch {}
    };
    expect(() => workspace.record(stamp, imported, lookAway)).toThrow('a part failed');
    expect(workspace.read.datasets()).toEqual([]);
    workspace.record(stamp, imported, (write) => write.addDataset(someDataset('d1')));
    workspace.close();
  });

  it('keeps neither if the change leaves pages without their dataset', () => {
    const workspace = openSession(freshFolder());
    expect(() => workspace.record(stamp, imported, (write) => write.addPage(somePage('none', 0, 1)))).toThrow(
      'SQLITE_CONSTRAINT_FOREIGNKEY',
    );
    expect([...workspace.read.pages('none')]).toEqual([]);
    expect(workspace.read.log.eventCount()).toBe(1);
    workspace.close();
  });

  it('refuses an asynchronous change, a writer kept for later, and one change inside another', () => {
    const workspace = openSession(freshFolder());
    expect(() =>
      workspace.record(stamp, imported, async (write) => write.addDataset(someDataset('d1'))),
    ).toThrow('asynchronous');
    const kept = workspace.record(stamp, imported, (write) => write);
    expect(() => kept.addDataset(someDataset('d1'))).toThrow('only inside record');
    expect(() => workspace.record(stamp, imported, () => workspace.record(stamp, imported, () => 1))).toThrow(
      'under way',
    );
    expect(workspace.read.datasets()).toEqual([]);
    expect(workspace.read.log.eventCount()).toBe(2);
    workspace.close();
  });
});

describe('recording', () => {
  it('keeps what arrives over time, and shows it meanwhile only here', async () => {
    const workspace = openSession(freshFolder());
    const pages = await workspace.recording(stamp, 'adding', async (write) => {
      for (let number = 0; number < 3; number++) {
        await Promise.resolve();
        write.addPage(somePage('d1', number, 2));
      }
      expect([...workspace.read.pageTags('d1')]).toHaveLength(3);
      write.addDataset(someDataset('d1', { counts: { records: 6 } }));
      return { event: imported, result: 3 };
    });
    expect(pages).toBe(3);
    expect([...workspace.read.pages('d1')]).toEqual(
      [0, 1, 2].map((n) => {
        const { dataset: _, ...page } = somePage('d1', n, 2);
        return page;
      }),
    );
    workspace.close();
  });

  it('keeps nothing if it fails, and one at a time', async () => {
    const workspace = openSession(freshFolder());
    const failed = workspace.recording(stamp, 'adding', async (write) => {
      write.addDataset(someDataset('d1'));
      await new Promise((resolve) => setImmediate(resolve));
      return fail({ code: 'VAULT_DAMAGED' });
    });
    expect(() => workspace.record(stamp, imported, () => 1)).toThrow('under way');
    await expect(
      workspace.recording(stamp, 'adding', async () => ({ event: imported, result: 1 })),
    ).rejects.toThrow('under way');
    expect(() => workspace.checkpoint()).toThrow('under way');
    expect(await codeOf(() => failed)).toBe('VAULT_DAMAGED');
    expect(workspace.read.datasets()).toEqual([]);
    workspace.close();
  });

  it('is undone when the workspace is closed under it', async () => {
    const workspace = openSession(freshFolder());
    let go = () => {};
    const going = workspace.recording(stamp, 'adding', async (write) => {
      write.addDataset(someDataset('d1'));
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      return { event: imported, result: 1 };
    });
    workspace.close();
    go();
    await expect(going).rejects.toThrow('not kept');
    const again = openWorkspace(workspace.dir);
    expect(again.read.datasets()).toEqual([]);
    again.close();
  });

  it.each([
    ['adding', 'handover.db'],
    ['replacing', 'handover.db-wal'],
  ])('leaves the old state when the process is killed in the middle of %s', async (kind, written) => {
    const folder = freshFolder();
    const workspace = openSession(folder);
    workspace.record(stamp, imported, (write) => write.addDataset(someDataset('d1')));
    workspace.close();
    const before = statSync(join(workspace.dir, 'handover.db')).size;
    const other = await startProgram('stopped-recording.ts', workspace.dir, kind);
    expect(statSync(join(workspace.dir, written)).size).toBeGreaterThan(5_000_000);
    await other.kill();
    for (const name of filesBelow(workspace.dir))
      expect(statSync(join(workspace.dir, name)).mode & 0o777, name).toBe(0o600);
    const again = openWorkspace(workspace.dir);
    expect(statSync(join(workspace.dir, 'handover.db')).size).toBe(before);
    expect(again.read.datasets().map(({ id }) => id)).toEqual(['d1']);
    expect([...again.read.pageTags('killed')]).toEqual([]);
    expect(again.read.log.eventCount()).toBe(2);
    again.record(stamp, imported, () => 1);
    again.close();
    expect(filesBelow(workspace.dir)).toEqual([
      'handover.db',
      'keys/identity.age',
      'keys/vault.keys',
      'log.tip',
    ]);
  });

  it('of what is new writes it once, and leaves no journal', async () => {
    const workspace = openSession(freshFolder());
    const sizes = () => filesBelow(workspace.dir).map((name) => statSync(join(workspace.dir, name)).size);
    const sum = () => sizes().reduce((all, size) => all + size, 0);
    let most = 0;
    await workspace.recording(stamp, 'adding', async (write) => {
      write.addDataset(someDataset('d1', { counts: { records: 120 } }));
      for (let number = 0; number < 60; number++) {
        write.addPage(somePage('d1', number, 2, 300_000));
        most = Math.max(most, sum());
      }
      return { event: imported, result: 1 };
    });
    expect(most).toBeLessThan(1.1 * 60 * 300_000);
    expect(sum()).toBeLessThan(1.1 * 60 * 300_000);
    // From here on by the log again, in the same process and in the next.
    workspace.record(stamp, imported, () => 1);
    expect(filesBelow(workspace.dir)).toContain('handover.db-wal');
    expect(filesBelow(workspace.dir)).not.toContain('handover.db-journal');
    workspace.close();
    const again = openWorkspace(workspace.dir);
    expect(again.read.log.eventCount()).toBe(3);
    expect([...again.read.pageTags('d1')]).toHaveLength(60);
    again.close();
  });
});

describe('a full disk', () => {
  const mounted = freshFolder();
  const canMount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mounted]).status === 0;
  if (!canMount) process.stderr.write('skipped: a full disk (no permission to mount a small tmpfs)\n');
  afterAll(() => {
    if (canMount) spawnSync('umount', [mounted]);
  });

  it.skipIf(!canMount)('leaves the old state and a workspace that goes on', async () => {
    const workspace = openSession(mounted);
    const filling = (write: Writer) => {
      write.addDataset(someDataset('d1'));
      for (let number = 0; number < 40; number++) write.addPage(somePage('d1', number, 1, 300_000));
    };
    expect(await codeOf(() => workspace.record(stamp, imported, filling))).toBe('DISK_FULL');
    expect(workspace.read.datasets()).toEqual([]);
    expect(workspace.read.log.eventCount()).toBe(1);
    workspace.close();
    const again = openWorkspace(workspace.dir);
    again.record(stamp, imported, (write) => write.addDataset(someDataset('d1')));
    expect(again.read.log.eventCount()).toBe(2);
    again.close();
  });
});

describe('the log', () => {
  it('stores with each event the leaf that its bytes have', () => {
    const workspace = openSession(freshFolder());
    for (let i = 0; i < 1100; i++) workspace.record(stamp, { ...imported, details: { i } }, () => i);
    expect(workspace.read.log.eventCount()).toBe(1101);
    let seq = 0;
    for (const { event, leaf } of workspace.read.log.storedEvents()) {
      expect(event.seq).toBe(seq++);
      expect(Buffer.compare(leaf, leafHash(eventBytes(event)))).toBe(0);
    }
    expect(seq).toBe(1101);
    expect([...workspace.read.log.leaves()]).toHaveLength(1101);
    expect([...workspace.read.log.leaves(1099)]).toHaveLength(2);
    workspace.close();
  });

  it.each([
    ['changed', "UPDATE event SET operator = 'nobody' WHERE seq = 0"],
    ['deleted', 'DELETE FROM event WHERE seq = 1'],
    [
      'replaced',
      'INSERT OR REPLACE INTO event SELECT 0, time, card, operator, action, objects, details, leaf FROM event WHERE seq = 1',
    ],
    [
      'given a gap',
      'INSERT INTO event SELECT 9, time, card, operator, action, objects, details, leaf FROM event WHERE seq = 1',
    ],
    [
      'changed by an upsert',
      "INSERT INTO event SELECT * FROM event WHERE true ON CONFLICT DO UPDATE SET action = 'x'",
    ],
    ['cleared of checkpoints', 'DELETE FROM checkpoint'],
    ['given another checkpoint', "UPDATE checkpoint SET note = 'x'"],
    ['given another checkpoint by replacing', "INSERT OR REPLACE INTO checkpoint VALUES (1, 2, 'x')"],
    ['given a checkpoint beyond its end', "INSERT INTO checkpoint VALUES (3, 3, 'x')"],
    ['given a checkpoint that goes back', "INSERT INTO checkpoint VALUES (3, 1, 'x')"],
  ])('cannot be %s by accident', (_, sql) => {
    const workspace = openSession(freshFolder());
    workspace.signWith(signer);
    workspace.record(stamp, imported, () => 1);
    workspace.close();
    for (const recursive of ['ON', 'OFF']) {
      withSqlite(workspace.dir, (db) => {
        db.exec(`PRAGMA recursive_triggers = ${recursive}`);
        expect(() => db.exec(sql)).toThrow(/append-only|no gaps|covers the log/);
      });
    }
  });

  it('signs each event as it is written, and the log that stands only once', () => {
    const workspace = openSession(freshFolder());
    expect(workspace.read.log.checkpoints().map(({ size }) => size)).toEqual([1]);
    workspace.record(stamp, imported, () => 1);
    workspace.record(stamp, imported, () => 1);
    expect(workspace.read.log.checkpoints().map(({ size }) => size)).toEqual([1]);
    workspace.signWith(signer);
    const note = workspace.checkpoint();
    expect(workspace.checkpoint()).toBe(note);
    workspace.record(stamp, imported, () => 1);
    expect(workspace.read.log.checkpoints().map(({ ordinal, size }) => [ordinal, size])).toEqual([
      [1, 1],
      [2, 3],
      [3, 4],
    ]);
    expect(() =>
      workspace.record(stamp, imported, () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    workspace.record(stamp, imported, () => 1);
    const tree = workspace.read.log.pruned();
    for (const leaf of workspace.read.log.leaves()) tree.append(leaf);
    expect(workspace.read.log.lastCheckpoint()?.note).toBe(signer.checkpoint(5, tree.root()));
    workspace.close();
    expect(readLogTip(workspace.dir)).toBe(signer.tip(5, tree.root()));
  });
});

describe('on the disk', () => {
  it('nothing of a record stands in clear, while it is written and after', async () => {
    const workspace = openSession(freshFolder());
    const canary = '王金丝雀13800138000';
    const key = newSecretKey(systemRandom);
    const text = Buffer.from(`${canary}\u001f`.repeat(200));
    const seen = await workspace.recording(stamp, 'adding', async (write) => {
      const page = somePage('d1', 0, 1);
      const place = { dataset: 'd1', number: 0, tags: page.tags };
      write.addPage({ ...page, sealed: sealPage(text, place, key, systemRandom) });
      write.addDataset(someDataset('d1'));
      return { event: imported, result: filesWith(workspace.dir, canary) };
    });
    const marks = [Buffer.from(canary), Buffer.from(canary, 'utf16le'), Buffer.from('13800138000')];
    expect(seen).toEqual([]);
    for (const mark of marks) expect(filesWith(workspace.dir, mark)).toEqual([]);
    expect(filesWith(workspace.dir, '客户.csv')).not.toEqual([]); // the search finds what is there
    workspace.close();
    for (const mark of marks) expect(filesWith(workspace.dir, mark)).toEqual([]);
  });

  it('what was replaced is gone from every file once the workspace is closed', () => {
    const workspace = openSession(freshFolder());
    // Longer than a page of the database, so that it lies in pages which are freed whole.
    const mark = 'a mark that is to go away;'.repeat(2000);
    workspace.record(stamp, imported, (write) =>
      write.addBundle(someBundle('b1', { manifest: Buffer.from(mark) })),
    );
    workspace.close();
    expect(filesWith(workspace.dir, mark.slice(0, 200))).toEqual(['handover.db']);
    const again = openWorkspace(workspace.dir);
    again.record(stamp, imported, (write) =>
      write.setBundleState('b1', 'exported', { manifest: Buffer.from('{}') }),
    );
    again.close();
    expect(filesWith(workspace.dir, mark.slice(0, 26))).toEqual([]);
    expect(readdirSync(workspace.dir).sort()).toEqual(['exchange', 'handover.db', 'keys', 'log.tip']);
  });
});
