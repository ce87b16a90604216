import type { Sha256 } from '../../src/base/crypto.js';
import type { CalendarDate } from '../../src/base/time.js';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace, type Writer } from '../../src/store/workspace.js';
import { codeOf, freshFolder } from './folders.js';
import {
  digestOf,
  imported,
  noon,
  openSession,
  someBundle,
  someDataset,
  somePage,
  stamp,
} from './session.js';
import { OpenDatabase } from '../kit/sqlite.js';

let workspace: Workspace;
beforeEach(() => {
  workspace = openSession(freshFolder());
});
afterEach(() => {
  workspace.close();
  rmSync(workspace.dir, { recursive: true });
});

const change = (work: (write: Writer) => void) => workspace.record(stamp, imported, work);
const bytes = (text: string) => Buffer.from(text);

describe('what is written is read', () => {
  it('cards', () => {
    change((write) => {
      write.putCard(digestOf('b'), bytes('b'), 'sig b', noon);
      write.putCard(digestOf('a'), bytes('a'), 'sig a', noon);
      write.putCard(digestOf('b'), bytes('b'), 'sig b again', noon);
    });
    const b = {
      digest: digestOf('b'),
      bytes: bytes('b'),
      signature: 'sig b again',
      compared: noon,
      state: 'trusted',
    };
    expect(workspace.read.card(digestOf('b'))).toEqual(b);
    expect(workspace.read.cards()).toEqual([
      b,
      { digest: digestOf('a'), bytes: bytes('a'), signature: 'sig a', compared: noon, state: 'trusted' },
    ]);
    expect(workspace.read.card(digestOf('c'))).toBeUndefined();
    change((write) => write.setCardState(digestOf('a'), 'removed'));
    expect(workspace.read.cards().map(({ state }) => state)).toEqual(['trusted', 'removed']);
  });

  it('deals: the version in force stands; before there is one, the newest wording', () => {
    const [first, second, third] = [digestOf('first'), digestOf('second'), digestOf('third')];
    const wording = (text: string, amends: Sha256 | null = null, id = 'deal') => ({
      id,
      digest: digestOf(text),
      bytes: bytes(text),
      amends,
    });
    change((write) => {
      write.putDeal(wording('zeroth'));
      write.putDeal(wording('first'));
      write.addDealSignature(first, 'buyer', 'by buyer', digestOf('buyer'));
    });
    expect(workspace.read.deal('deal')?.digest).toBe(first);
    change((write) => {
      write.addDealSignature(first, 'seller', 'by seller', digestOf('seller'));
      write.putDeal(wording('second', first));
      write.addDealSignature(second, 'seller', 'by seller', digestOf('seller'));
      write.putDeal(wording('other', null, 'other'));
    });
    expect(workspace.read.deal('deal')).toEqual({
      ...wording('first'),
      signatures: [
        { role: 'seller', signature: 'by seller', card: digestOf('seller') },
        { role: 'buyer', signature: 'by buyer', card: digestOf('buyer') },
      ],
    });
    expect(workspace.read.deal(second)?.signatures).toHaveLength(1);
    change((write) => {
      write.addDealSignature(second, 'buyer', 'by buyer', digestOf('buyer'));
      write.putDeal(wording('third', first));
      write.putDeal(wording('first'));
    });
    expect(workspace.read.deals().map(({ digest }) => digest)).toEqual([second, digestOf('other')]);
    expect(workspace.read.wordings('deal').map(({ digest }) => digest)).toContain(third);
    expect(workspace.read.deal('none')).toBeUndefined();
  });

  it('datasets', () => {
    const again = someDataset('d2', { sha256: digestOf('d1'), kind: 'consents' });
    const unarchived = { archiveBasis: null, archiveSince: null, archiveUntil: null };
    const none = { bundle: null, relation: null, relatesTo: null, state: 'kept', ...unarchived };
    const archive = someDataset('d5', {
      kind: 'archive',
      archiveBasis: 'tax-documents',
      archiveSince: '2024-12-31' as CalendarDate,
      archiveUntil: '2034-12-31' as CalendarDate,
    });
    const more = someDataset('d4', { relation: 'correction', relatesTo: 'd1' });
    const inbound = someDataset('d3', { content: 'ndjson-gz', bundle: 'b1' });
    change((write) => {
      write.addDataset(someDataset('d1'));
      write.addDataset(again);
      write.addDataset(inbound);
      write.addDataset(more);
      write.addDataset(archive);
      write.addBundle(someBundle('b1', { direction: 'in', state: 'received' }));
    });
    expect(workspace.read.dataset('d1')).toEqual({ ...someDataset('d1'), ...none });
    expect(workspace.read.datasetByDigest(digestOf('d1'))).toEqual({
      ...again,
      ...none,
    });
    expect(workspace.read.datasets()[2]).toEqual({ ...none, ...inbound });
    expect(workspace.read.datasets()[3]).toEqual({ ...none, ...more });
    expect(workspace.read.datasets()[4]).toEqual({ ...none, ...archive });
    expect(workspace.read.datasetByDigest(digestOf('none'))).toBeUndefined();
  });

  it('rejected rows, until they come back: each once, and only by one of the files that are named', () => {
    change((write) => {
      for (const id of ['d1', 'd2', 'd3']) write.addDataset(someDataset(id));
      for (const [line, code] of [
        [2, 'ID_MISSING'],
        [7, 'ROW_CELLS'],
        [9, 'ROW_CELLS'],
      ] as const)
        write.addRejectedRows('d1', [{ line, code, isUnreadNo: line !== 2 }]);
      expect(workspace.read.countUnreadNoes('d1')).toBe(2);
      expect(workspace.read.unreadNoes('d1', 1)).toEqual([7]);
      write.setRowCorrected('d1', 7, 'd2');
      write.setRowCorrected('d1', 7, 'd3');
      write.setRowCorrected('d1', 8, 'd3');
      write.setRowCorrected('d1', 9, 'd3');
    });
    expect(workspace.read.unreadNoes('d1', 9)).toEqual([]);
    expect(workspace.read.correctedRows('d1', ['d1', 'd2', 'd3'])).toEqual([
      { code: 'ROW_CELLS', corrected: 2 },
    ]);
    expect(workspace.read.correctedRows('d1', ['d1', 'd2'])).toEqual([{ code: 'ROW_CELLS', corrected: 1 }]);
    expect(workspace.read.correctedRows('d1', ['d1'])).toEqual([]);
    expect(workspace.read.correctedRows('d2', ['d1', 'd2', 'd3'])).toEqual([]);
  });

  it('pages, one at a time, while the store changes', () => {
    change((write) => {
      for (const number of [2, 0, 10]) write.addPage(somePage('d1', number, 3));
      write.addPage(somePage('d2', 1, 1));
      write.addDataset(someDataset('d1', { counts: { records: 9 } }));
      write.addDataset(someDataset('d2', { counts: { records: 1 } }));
    });
    const seen: number[] = [];
    for (const page of workspace.read.pages('d1')) {
      seen.push(page.number);
      expect(page.sealed).toEqual(somePage('d1', page.number, 3).sealed);
      change((write) => write.addDataset(someDataset(`made while looking at ${page.number}`)));
    }
    expect(seen).toEqual([0, 2, 10]);
    expect(workspace.read.page('d1', 10)?.records).toBe(3);
    expect(workspace.read.page('d1', 11)).toBeUndefined();
    expect([...workspace.read.pageTags('d2')]).toEqual([
      { number: 1, records: 1, tags: somePage('d2', 1, 1).tags },
    ]);
  });

  it('checks', () => {
    const check = {
      id: 'c1',
      datasets: ['d1', 'd2'],
      deal: digestOf('deal'),
      time: noon,
      pack: digestOf('pack'),
      ledgers: ['d2'],
      counts: { transfer: 1, reasons: { CONSENT_WITHDRAWN: 1 } },
      planDigest: digestOf('plan'),
      plan: bytes('{}'),
    };
    change((write) => {
      write.addDataset(someDataset('d1'));
      write.addDataset(someDataset('d2'));
      write.addCheckPage({
        check: 'c1',
        dataset: 'd1',
        number: 1,
        reasonSets: Buffer.alloc(8, 1),
        stays: Buffer.alloc(0),
      });
      write.addCheckPage({
        check: 'c1',
        dataset: 'd1',
        number: 0,
        reasonSets: Buffer.alloc(4),
        stays: Buffer.alloc(0),
      });
      write.addCheckPage({
        check: 'c1',
        dataset: 'd2',
        number: 0,
        reasonSets: Buffer.alloc(4, 2),
        stays: Buffer.alloc(0),
      });
      write.addCheck(check);
      write.addCheck({ ...check, id: 'c2' });
    });
    expect(workspace.read.check('c1')).toEqual(check);
    expect(workspace.read.latestCheck(digestOf('deal'), ['d1', 'd2'])?.id).toBe('c2');
    expect(workspace.read.latestCheck(digestOf('deal'), ['d1'])).toBeUndefined();
    expect(workspace.read.latestCheck(digestOf('other'), ['d1', 'd2'])).toBeUndefined();
    expect([...workspace.read.checkPages('c1', 'd1')]).toEqual([
      { dataset: 'd1', number: 0, reasonSets: Buffer.alloc(4), stays: Buffer.alloc(0) },
      { dataset: 'd1', number: 1, reasonSets: Buffer.alloc(8, 1), stays: Buffer.alloc(0) },
    ]);
    expect(workspace.read.checksOf('d2').map(({ id }) => id)).toEqual(['c1', 'c2']);
    expect(workspace.read.checksOf('d3')).toEqual([]);
  });

  it('approvals: an approver counts once', () => {
    change((write) => {
      expect(write.addApproval(digestOf('plan'), bytes('1'), 'sig', '王会计')).toBe(true);
      expect(write.addApproval(digestOf('plan'), bytes('2'), 'sig', '王会计')).toBe(false);
      expect(write.addApproval(digestOf('plan'), bytes('3'), 'sig', '陈经理')).toBe(true);
    });
    expect(workspace.read.approvals(digestOf('plan')).map((a) => a.bytes.toString())).toEqual(['1', '3']);
    expect(workspace.read.approvals(digestOf('other'))).toEqual([]);
  });

  it('bundles and their receipts', () => {
    const receipt = {
      bundle: 'b1',
      bytes: bytes('r'),
      signature: 'sig',
      direction: 'in',
      time: noon,
    } as const;
    change((write) => write.addBundle(someBundle('b1')));
    expect(workspace.read.bundle('b1')).toEqual(someBundle('b1'));
    change((write) => {
      write.setBundleState('b1', 'exported', { sha256: digestOf('zip'), manifestSignature: 'signed' });
      write.addReceipt(receipt);
    });
    const exported = someBundle('b1', {
      state: 'exported',
      sha256: digestOf('zip'),
      manifestSignature: 'signed',
    });
    expect(workspace.read.bundles()).toEqual([exported]);
    expect(workspace.read.receipt('b1')).toEqual(receipt);
    expect(workspace.read.receipt('b2')).toBeUndefined();
    expect(() => change((write) => write.setBundleState('b2', 'exported'))).toThrow('no such bundle');
    expect(() => change((write) => write.addBundle(someBundle('b1')))).toThrow('SQLITE_CONSTRAINT');
  });

  it('files', () => {
    const file = {
      path: '/x/拒收.csv',
      sha256: digestOf('f'),
      bytes: 3,
      kind: 'reject',
      time: noon,
    } as const;
    change((write) => {
      write.rememberFile({ ...file, dataset: 'd1' });
      write.rememberFile({ ...file, kind: 'extract' });
    });
    expect(workspace.read.files()).toEqual([
      { ...file, dataset: 'd1', gone: null },
      { ...file, kind: 'extract', dataset: null, gone: null },
    ]);
  });
});

describe('what cannot be', () => {
  it.each([
    ['tags for other than the records', (w: Writer) => w.addPage({ ...somePage('d1', 0, 2), records: 3 })],
    ['the same page twice', (w: Writer) => [0, 0].map((n) => w.addPage(somePage('d1', n, 1)))],
    [
      'half a mask',
      (w: Writer) =>
        w.addCheckPage({
          check: 'c',
          dataset: 'd1',
          number: 0,
          reasonSets: Buffer.alloc(3),
          stays: Buffer.alloc(0),
        }),
    ],
  ])('is not stored: %s', (_, work) => {
    const both = (write: Writer) => {
      write.addDataset(someDataset('d1'));
      work(write);
    };
    expect(() => change(both)).toThrow('SQLITE_CONSTRAINT');
    expect(workspace.read.datasets()).toEqual([]);
  });

  it.each([
    ['columns that are no names', `UPDATE dataset SET columns = '["张三"]'`],
    ['columns that are no JSON', `UPDATE dataset SET columns = '['`],
    ['a digest that is none', `UPDATE dataset SET sha256 = 'x'`],
    ['a time that is none', `UPDATE dataset SET imported = 'yesterday'`],
  ])('is not read: %s', async (_, sql) => {
    change((write) => write.addDataset(someDataset('d1')));
    workspace.close();
    const db = new OpenDatabase(join(workspace.dir, 'handover.db'));
    db.exec(sql);
    db.close();
    workspace = openWorkspace(workspace.dir);
    expect(await codeOf(() => workspace.read.datasets())).toBe('WORKSPACE_DAMAGED');
  });
});
