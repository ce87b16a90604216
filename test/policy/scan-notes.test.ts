import { expect, test } from 'vitest';
import { measureScan } from '../../fixtures/notes/measure.js';
import { labelledNotes } from '../../fixtures/notes/notes.js';
import { redactText, scanHits } from '../../src/policy/scan.js';

/** What somebody could use against a customer at once has to be found, and little else taken for it. */
const HELD = ['code', 'phone', 'id', 'card'];

test.each([1, 2, 3])('finds what invented notes are labelled with: seed %i', (seed) => {
  const notes = labelledNotes(6, seed);
  expect(notes.length).toBeGreaterThan(600);
  for (const { label, labelled, precision, recall } of measureScan(notes, scanHits)) {
    expect([label, labelled > 0]).toEqual([label, true]);
    const [least, most] = HELD.includes(label) ? [0.97, 0.95] : [0.9, 0.9];
    expect([label, precision >= least, recall >= most]).toEqual([label, true, true]);
  }
});

test('what was found is not left by redacting', () => {
  for (const { text } of labelledNotes(3, 4)) {
    const left = redactText(text);
    for (const { at, length } of scanHits(text)) expect(left).not.toContain(text.slice(at, at + length));
  }
});
