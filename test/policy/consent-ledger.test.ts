import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TAG_BYTES } from '../../src/base/tagger.js';
import type { Instant } from '../../src/base/time.js';
import { recordsOf, recordText } from '../../src/dataset/page.js';
import type { ConsentEvent } from '../../src/policy/consent.js';
import { compileEvents, ConsentLedger } from '../../src/policy/consent-ledger.js';

function tagOf(subject: number): Buffer {
  const tag = Buffer.alloc(TAG_BYTES);
  // Subjects 0 and 4096 and so on fall into one slot.
  tag.writeUInt32LE(subject % 7, 0);
  tag.writeUInt32LE(subject, 8);
  return tag;
}

function eventAt(minute: number): ConsentEvent {
  const at = `2026-10-01T00:${String(minute % 60).padStart(2, '0')}:00Z` as Instant;
  const given = minute % 3 !== 0;
  return {
    state: given ? 'given' : 'withdrawn',
    at,
    recipient: `买方${minute % 2}`,
    purpose: 'service',
    method: 'sms',
    evidence: given ? 'on file' : '',
  };
}

describe('Ledger', () => {
  it('gives each subject its own events in the order in which they came, and nobody else any', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 200 }), (subjects) => {
        const ledger = new ConsentLedger();
        const expected = new Map<number, ConsentEvent[]>();
        for (const [i, subject] of subjects.entries()) {
          ledger.add(eventAt(i), tagOf(subject), 0);
          expected.set(subject, [...(expected.get(subject) ?? []), eventAt(i)]);
        }
        expect(ledger.size).toBe(subjects.length);
        for (let subject = 0; subject <= 31; subject++) {
          expect(ledger.of(tagOf(subject), 0)).toEqual(expected.get(subject));
        }
      }),
    );
  });

  it('keeps what it has when it grows', () => {
    const ledger = new ConsentLedger();
    for (let i = 0; i < 5000; i++) ledger.add(eventAt(i), tagOf(i), 0);
    for (const i of [0, 17, 1023, 1024, 1025, 2047, 2048, 4095, 4096, 4999])
      expect(ledger.of(tagOf(i), 0)).toEqual([eventAt(i)]);
    expect(ledger.of(tagOf(5000), 0)).toBeUndefined();
  });

  it('finds the events of a page by position', () => {
    const ledger = new ConsentLedger();
    ledger.add(eventAt(1), tagOf(2), 0);
    const page = Buffer.concat([tagOf(1), tagOf(2), tagOf(3)]);
    expect(ledger.ofPage(page)).toEqual(new Map([[1, [eventAt(1)]]]));
    expect(ledger.ofPage(tagOf(9))).toBeNull();
    expect(new ConsentLedger().ofPage(page)).toBeNull();
  });
});

describe('compileEvents', () => {
  it('reads a record by its columns; what is not there or not known is no yes', () => {
    const read = compileEvents(['subject', 'time', 'event', 'recipient', 'evidence']);
    const cells = [
      ['C1', '2026-10-01T00:00:00Z', 'given', '买方', 'W-1'],
      ['C2', 'yesterday', 'perhaps', '', ''],
    ];
    const page = Buffer.from(cells.map(recordText).join(''));
    expect(recordsOf(page).map(read)).toEqual([
      {
        state: 'given',
        at: '2026-10-01T00:00:00Z',
        recipient: '买方',
        purpose: '',
        method: '',
        evidence: 'W-1',
      },
      { state: 'unknown', at: '', recipient: '', purpose: '', method: '', evidence: '' },
    ]);
  });

  it('reads each column by its name, in whatever order', () => {
    const columns = ['evidence', 'method', 'purpose', 'recipient', 'time', 'event'];
    const cells = ['W-1', 'sms', 'service', '买方', '2026-10-01T00:00:00Z', 'withdrawn'];
    const [record] = recordsOf(Buffer.from(recordText(cells)));
    if (record === undefined) throw new Error('no record');
    expect(compileEvents(columns)(record)).toEqual({
      state: 'withdrawn',
      at: '2026-10-01T00:00:00Z',
      recipient: '买方',
      purpose: 'service',
      method: 'sms',
      evidence: 'W-1',
    });
  });
});
