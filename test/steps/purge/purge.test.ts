import { appendFileSync, linkSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TODAY, writeCustomers } from '../../../fixtures/customers/generate.js';
import { type SecretKey, systemRandom } from '../../../src/base/crypto.js';
import { inflateBundlePage } from '../../../src/bundle/member.js';
import { recordsOf as importedOf } from '../../../src/dataset/page.js';
import { readDate } from '../../../src/base/time.js';
import { openIdentity } from '../../../src/identity/sealed-identity.js';
import { PROOFS } from '../../../src/store/dataset-rows.js';
import { openBytes, openPage, type PageId } from '../../../src/store/sealed-pages.js';
import { Vault } from '../../../src/store/vault.js';
import { openWorkspace } from '../../../src/store/workspace.js';
import { digestOfTags } from '../../../src/steps/session/beside-log.js';
import { Canary } from '../../kit/canary.js';
import { type Answer, endOf, Firms, shown } from '../../kit/firms.js';
import { contentsBelow } from '../../kit/folders.js';
import { startAndEnd } from '../../kit/process.js';
import { within } from '../../kit/session.js';
import { signTables } from '../../kit/signed-tables.js';
import { OpenDatabase } from '../../kit/sqlite.js';

/* A purge does exactly what its plan says: what is named is gone from every file, what stays can be opened and is as it was. */

const inJia = ['--workspace', 'jia'];
const inYi = ['--workspace', 'yi'];
/** A month and more after the receipt. */
const LATER = '2027-01-15T04:00:00Z';

let accepted: Firms;

beforeAll(async () => {
  const firms = await Firms.withDeal();
  await writeCustomers({ rows: 900, seed: 11, today: TODAY, out: firms.post('c.csv') });
  await firms.done('import', 'post/c.csv', ...inJia);
  await firms.done('check', ...inJia);
  await firms.done('export', ...inJia);
  await firms.done('receive', 'jia/exchange/D-1-1.handover.zip', ...inYi);
  await firms.done('receipt', 'accept', 'yi/exchange/D-1-1.receipt.json', ...inJia);
  await firms.done('extract', '--format', 'csv', '--out', 'post/all.csv', '--yes', ...inYi);
  firms.time = LATER;
  accepted = firms.copy();
  firms.remove();
});
afterAll(() => accepted.remove());

/** A record with its tag and its verdicts, as text. */
interface Held {
  readonly tag: string;
  readonly text: string;
  readonly reasonSets: string;
}

/** Every record of a workspace, opened with its keys, in order. */
async function recordsOf(dir: string): Promise<readonly Held[]> {
  const identity = await openIdentity(readFileSync(`${dir}/keys/identity.txt`), null);
  const vault = Vault.open(dir, identity.workspaceKey, systemRandom);
  const workspace = openWorkspace(dir);
  try {
    const { read } = workspace;
    return read.datasets().flatMap(({ id, resource, content, keyId, state }) => {
      // What proves consents is kept apart, until a day of its own.
      if (state === 'purged' || resource === PROOFS) return [];
      const checks = read.checksOf(id);
      return [...read.pages(id)].flatMap(({ number, records, sealed, tags }) => {
        const texts = openTexts(sealed, { dataset: id, number, tags }, vault.get(keyId), content, records);
        expect(texts).toHaveLength(records);
        const reasonSets = checks.map((check) =>
          Buffer.from(read.checkPage(check.id, id, number)?.reasonSets ?? []),
        );
        for (const each of reasonSets) expect(each).toHaveLength(4 * records);
        return texts.map((text, i) => ({
          text,
          tag: Buffer.from(tags.subarray(i * 16, i * 16 + 16)).toString('hex'),
          reasonSets: reasonSets.map((each) => each.subarray(i * 4, i * 4 + 4).toString('hex')).join(' '),
        }));
      });
    });
  } finally {
    workspace.close();
  }
}

function openTexts(
  sealed: Uint8Array,
  place: PageId,
  key: SecretKey,
  content: string,
  records: number,
): string[] {
  if (content === 'cells') return importedOf(openPage(sealed, place, key)).map((cells) => cells.join('|'));
  return inflateBundlePage(openBytes(sealed, place, key), 'page', records)
    .toString('utf8')
    .split('\n')
    .slice(0, -1);
}

/** Places a restraint straight into the database, on everybody if `tags` is null: holds and freezes have commands of their own. */
async function restrain(
  dir: string,
  kind: 'hold' | 'freeze',
  tags: readonly string[] | null,
  until: string | null = null,
): Promise<void> {
  await within(dir, LATER, async (session) => {
    await session.keys();
    const id = `0198c0de-0000-7000-8000-${String(session.workspace.read.retention.restraints().length).padStart(12, '0')}`;
    const objects: Record<string, string> = kind === 'hold' ? { hold: id } : { freeze: id };
    const action = kind === 'hold' ? 'hold-placed' : 'frozen';
    const covered = (tags ?? []).map((tag) => Buffer.from(tag, 'hex'));
    const details = {
      scope: tags === null ? 'all' : 'subjects',
      ...(until === null ? {} : { until }),
      ...(tags === null ? {} : { subjects: digestOfTags(covered) }),
    };
    session.record({ action, objects, details }, (write) =>
      write.retention.addRestraint(
        {
          id,
          kind,
          scope: tags === null ? 'all' : 'subjects',
          dataset: null,
          basis: kind === 'freeze' ? 'TAX-29' : null,
          until: until === null ? null : readDate(until),
          reason: 'a case',
          opened: session.now,
          openedBy: '李店长',
        },
        covered,
      ),
    );
  });
}

interface Share {
  readonly share: string;
  readonly purge: number;
  readonly held: number;
  readonly frozen: number;
  readonly stays: number;
}

function sharesOf(answer: Answer, path: string): readonly Share[] {
  const datasets = answer.at(path);
  if (!Array.isArray(datasets)) throw new Error('no datasets');
  return datasets.flatMap((dataset: { readonly shares: readonly Share[] }) => dataset.shares);
}

test('plan = execute: counts as planned, the restrained kept, everybody else byte for byte as before', async () => {
  const all = await recordsOf(accepted.path('jia'));
  const persons = [...new Set(all.map(({ tag }) => tag))];
  const some = fc.uniqueArray(fc.integer({ min: 0, max: persons.length - 1 }), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(some, some, fc.boolean(), fc.boolean(), async (held, frozen, keptBack, over) => {
      const firms = accepted.copy();
      const dir = firms.path('jia');
      try {
        const tagsOf = (of: readonly number[]) => of.flatMap((i) => persons[i] ?? []);
        if (held.length > 0) await restrain(dir, 'hold', tagsOf(held));
        if (frozen.length > 0)
          await restrain(dir, 'freeze', tagsOf(frozen), over ? '2026-12-31' : '2030-01-01');
        const planned = await firms.done('purge', 'plan', ...(keptBack ? ['--kept-back'] : []), ...inJia);
        const done = await firms.done('purge', 'run', '--keep-files', '--yes', ...inJia);
        expect(done.at('certificate.datasets.0.shares')).toEqual(planned.at('plan.datasets.0.shares'));
        expect(done.at('certificate.restraints')).toEqual(planned.at('plan.restraints'));
        const totals = done.counts('certificate.totals');
        const left = await recordsOf(dir);
        expect(left.length).toBe(all.length - (totals['purge'] ?? 0));
        expect(left.length).toBe((totals['stays'] ?? 0) + (totals['held'] ?? 0) + (totals['frozen'] ?? 0));
        // What stays is a part of what was, in its order.
        let at = 0;
        for (const one of left) {
          while (at < all.length && JSON.stringify(all[at]) !== JSON.stringify(one)) at++;
          expect(at, 'a record that was not there before').toBeLessThan(all.length);
          at++;
        }
        const there = new Set(left.map(({ tag }) => tag));
        const safe = new Set([...tagsOf(held), ...(over ? [] : tagsOf(frozen))]);
        for (const tag of safe) expect(there.has(tag)).toBe(true);
        // Without restraints nothing of what is due would have stayed.
        const due = sharesOf(done, 'certificate.datasets').filter(
          ({ share }) => share !== 'kept-back' || keptBack,
        );
        for (const share of due) expect(share.stays, share.share).toBe(0);
        expect(endOf(await firms.run('audit', 'verify', ...inJia))).toBe('0');
      } finally {
        firms.remove();
      }
    }),
    { numRuns: process.env['SLOW'] === '1' ? 40 : 4, seed: 5 },
  );
}, 240_000);

describe('freezes', () => {
  /** The day of the purge, the day before it, and a day long after. */
  const [today, yesterday, later] = ['2027-01-15', '2027-01-14', '2030-01-01'] as const;

  test('of one person: the longest counts, to the end of its last day', async () => {
    const firms = accepted.copy();
    const dir = firms.path('jia');
    try {
      const due = (await recordsOf(dir))
        .filter(({ reasonSets }) => reasonSets === '00000000')
        .map(({ tag }) => tag);
      const cases = [[today], [yesterday], [yesterday, later], [later, yesterday], [yesterday, yesterday]];
      for (const [i, freezes] of cases.entries())
        for (const until of freezes) await restrain(dir, 'freeze', [due[i] ?? ''], until);
      const planned = await firms.done('purge', 'plan', ...inJia);
      expect(planned.number('totals.frozen')).toBe(3);
      await firms.done('purge', 'run', '--keep-files', '--yes', ...inJia);
      const left = new Set((await recordsOf(dir)).map(({ tag }) => tag));
      expect(cases.map((_, i) => left.has(due[i] ?? ''))).toEqual([true, false, true, true, false]);
    } finally {
      firms.remove();
    }
  });

  test.each<[string, readonly (readonly [whom: 'one' | 'all', until: string])[], 'all' | 'one' | 'none']>([
    [
      'the longer of two',
      [
        ['all', yesterday],
        ['all', later],
      ],
      'all',
    ],
    [
      'the longer of two, if it came first',
      [
        ['all', later],
        ['all', yesterday],
      ],
      'all',
    ],
    [
      'though one of a person is over',
      [
        ['one', yesterday],
        ['all', later],
      ],
      'all',
    ],
    [
      'not once it is over, though one of a person still runs',
      [
        ['all', yesterday],
        ['one', later],
      ],
      'one',
    ],
    ['not once it is over', [['all', yesterday]], 'none'],
  ])('of everybody: %s', async (_, freezes, kept) => {
    const firms = accepted.copy();
    const dir = firms.path('jia');
    try {
      const due = (await recordsOf(dir))
        .filter(({ reasonSets }) => reasonSets === '00000000')
        .map(({ tag }) => tag);
      for (const [whom, until] of freezes)
        await restrain(dir, 'freeze', whom === 'all' ? null : due.slice(0, 1), until);
      if (kept === 'all') {
        expect(endOf(await firms.run('purge', 'plan', ...inJia))).toBe('4 PURGE_NOTHING');
        return;
      }
      const planned = await firms.done('purge', 'plan', ...inJia);
      expect(planned.number('totals.frozen')).toBe(kept === 'one' ? 1 : 0);
    } finally {
      firms.remove();
    }
  });
});

describe('a plan is not carried out once something has changed', () => {
  test.each([
    ['a hold', (dir: string, tag: string) => restrain(dir, 'hold', [tag])],
    ['a freeze', (dir: string, tag: string) => restrain(dir, 'freeze', [tag], '2030-01-01')],
  ])('%s', async (_, change) => {
    const firms = accepted.copy();
    try {
      const planned = await firms.done('purge', 'plan', ...inJia);
      const gone = (await recordsOf(firms.path('jia'))).find(({ reasonSets }) => reasonSets === '00000000');
      await change(firms.path('jia'), gone?.tag ?? '');
      expect(endOf(await firms.run('purge', 'run', '--shred', '--yes', ...inJia))).toBe('4 PURGE_STALE');
      expect((await recordsOf(firms.path('jia'))).length).toBeGreaterThan(planned.number('totals.purge'));
    } finally {
      firms.remove();
    }
  });

  test('nor before its day, should the clock go back', async () => {
    const firms = accepted.copy();
    try {
      await firms.done('purge', 'plan', ...inJia);
      firms.time = '2027-01-14T04:00:00Z';
      expect(endOf(await firms.run('purge', 'run', '--shred', '--yes', ...inJia))).toBe('4 CLOCK_BACK');
    } finally {
      firms.remove();
    }
  });
});

test('a purge that was cut short keeps every command out that would work with records, and is named', async () => {
  const firms = accepted.copy();
  const dir = firms.path('jia');
  const setState = async (state: string) => {
    const db = new OpenDatabase(`${dir}/handover.db`);
    db.run('UPDATE purge SET state = ?', state);
    db.close();
    await signTables(dir);
  };
  try {
    await firms.done('purge', 'plan', ...inJia);
    for (const state of ['began', 'erased']) {
      await setState(state);
      for (const argv of [
        ['import', 'post/c.csv', '--again', '--force'],
        ['check'],
        ['export', '--again'],
        ['extract', '--format', 'csv', '--yes'],
        ['receive', 'jia/exchange/D-1-1.handover.zip'],
      ])
        expect(endOf(await firms.run(...argv, ...inJia)), `${state}: ${argv[0]}`).toBe('8 PURGE_UNFINISHED');
      const said = await firms.run('status', ...inJia);
      expect(said.exit).toBe(8);
      expect(said.stdout).toContain('handover purge run');
    }
    expect(endOf(await firms.run('purge', 'plan', ...inJia))).toBe('8 PURGE_UNFINISHED');
    // Nothing was gone yet: a new plan takes the place of the one that began.
    await setState('began');
    await firms.done('purge', 'plan', ...inJia);
    await firms.done('purge', 'run', '--keep-files', '--yes', ...inJia);
    expect((await firms.run('status', ...inJia)).exit).toBe(0);
  } finally {
    firms.remove();
  }
});

test('a run that was cut short ends well although the clock was set back since', async () => {
  const firms = accepted.copy();
  try {
    await firms.done('purge', 'plan', '--kept-back', '--reason', '不再需要', ...inJia);
    const run = ['purge', 'run', '--keep-files', '--yes', ...inJia];
    const ahead = `${new Date(Date.parse(firms.time) + 60_000).toISOString().slice(0, 19)}Z`;
    const fail = { errno: 'EIO', at: 'link .vault' };
    const ended = await startAndEnd(run, { cwd: firms.folder, fail, env: { HANDOVER_CLOCK: ahead } });
    expect([ended.exit, ended.stderr]).toEqual([75, expect.stringContaining('DISK_FAULT')]);
    expect(endOf(await firms.run(...run))).toBe('0');
    expect(endOf(await firms.run('purge', 'show', ...inJia))).toBe('0');
  } finally {
    firms.remove();
  }
});

test('files in clear: the very file is overwritten and removed, any other is left alone and named', async () => {
  const firms = accepted.copy();
  try {
    await firms.done('extract', '--format', 'csv', '--out', 'post/changed.csv', '--yes', ...inYi);
    await firms.done('extract', '--format', 'csv', '--out', 'post/gone.csv', '--yes', ...inYi);
    await firms.done('extract', '--format', 'csv', '--out', 'post/linked.csv', '--yes', ...inYi);
    await firms.done('extract', '--format', 'csv', '--out', 'post/moved.csv', '--yes', ...inYi);
    appendFileSync(firms.post('changed.csv'), '\n');
    linkSync(firms.post('linked.csv'), firms.post('other-name.csv'));
    renameSync(firms.post('moved.csv'), firms.post('elsewhere.csv'));
    symlinkSync('elsewhere.csv', firms.post('moved.csv'));
    renameSync(firms.post('gone.csv'), firms.post('somewhere.csv'));
    await firms.done('purge', 'plan', '--dataset', 'D-1-1.handover.zip', ...inYi);
    const done = await firms.done('purge', 'run', '--shred', '--yes', ...inYi);
    const files = done.at('certificate.files');
    const results = Array.isArray(files)
      ? files.map(({ result }: { readonly result: string }) => result)
      : [];
    expect([...results].sort()).toEqual(['changed', 'linked', 'missing', 'shredded', 'shredded', 'symlink']);
    const left = [...contentsBelow(firms.post()).keys()];
    expect(left).not.toContain('all.csv');
    // Its own bundle, which its key would still open.
    expect(left).not.toContain('D-1-1.handover.zip');
    for (const name of [
      'changed.csv',
      'linked.csv',
      'other-name.csv',
      'elsewhere.csv',
      'moved.csv',
      'somewhere.csv',
    ])
      expect(left).toContain(name);
    expect(done.text('outcome')).toBe('erased-with-limits');
  } finally {
    firms.remove();
  }
});

test('a copy in clear that nobody knew of makes the purge fail, and is named on the screen only', async () => {
  const firms = accepted.copy();
  try {
    const [line = ''] = readFileSync(firms.post('all.csv'), 'utf8').split('\n').slice(5);
    writeFileSync(firms.path('yi', 'exchange', 'forgotten.txt'), readFileSync(firms.post('all.csv')));
    await firms.done('purge', 'plan', '--dataset', 'D-1-1.handover.zip', ...inYi);
    const said = await firms.run('purge', 'run', '--shred', '--yes', ...inYi);
    expect(said.exit, shown(said)).toBe(6);
    expect(said.stdout).toContain('exchange/forgotten.txt');
    const certificate = [...contentsBelow(firms.path('yi', 'exchange'))].find(([name]) =>
      name.endsWith('.certificate.json'),
    );
    expect(certificate?.[1].toString('utf8')).toContain('"outcome":"failed"');
    expect(certificate?.[1].toString('utf8')).not.toContain('forgotten');
    expect(line).not.toBe('');
    expect(endOf(await firms.run('purge', 'show', ...inYi))).toBe('6');
  } finally {
    firms.remove();
  }
});

test('nothing of what was purged is left in any file, by a search that is not the program’s own', async () => {
  const firms = accepted.copy();
  try {
    const texts = (await recordsOf(firms.path('yi'))).map(({ text }) => text);
    const marks = texts.flatMap((text) => {
      const row: Record<string, string | null> = JSON.parse(text);
      return [row['mobile'] ?? '', row['address'] ?? ''].filter((value) => value.length >= 8);
    });
    expect(marks.length).toBeGreaterThan(100);
    const canary = new Canary(marks.filter((_, i) => i % 7 === 0));
    await firms.done('purge', 'plan', '--dataset', 'D-1-1.handover.zip', ...inYi);
    await firms.done('purge', 'run', '--shred', '--yes', ...inYi);
    for (const [path, bytes] of contentsBelow(firms.path('yi')))
      expect(canary.search(path, bytes)).toEqual([]);
  } finally {
    firms.remove();
  }
});
