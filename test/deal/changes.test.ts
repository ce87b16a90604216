import { expect, test } from 'vitest';
import { sha256 } from '../../src/base/crypto.js';
import { termsChanges } from '../../src/deal/changes.js';
import { fieldsOf, type Terms } from '../../src/deal/terms.js';
import { sampleTerms } from './terms-sample.js';

const before = sampleTerms();
const [resource] = before.resources;
const fields = fieldsOf(before);
const withFields = (changed: Terms['resources'][number]['fields']): Terms => ({
  ...before,
  resources: [{ name: resource?.name ?? 'customers', fields: changed }],
});
const escrow = (name: string, letter: string) => ({
  name,
  recipient: `age1${letter.repeat(58)}`,
  reason: '公证',
});

test('an amendment that says the same changes nothing', () => {
  expect(termsChanges(before, { ...before, amends: { sha256: sha256(Buffer.from('before')) } })).toEqual([]);
});

test('a value, a part that comes or goes, the order of the fields, and whoever else may open the bundle', () => {
  expect(termsChanges(before, { ...before, approvals: before.approvals + 1 })).toEqual([
    { path: 'approvals', before: String(before.approvals), now: String(before.approvals + 1) },
  ]);
  const { opinion: _, ...plain } = before;
  const opinion = { sha256: sha256(Buffer.from('opinion')), author: '王律师', date: before.assessment.date };
  expect(termsChanges(plain, { ...plain, opinion }).map(({ path, before: was }) => [path, was])).toEqual([
    ['opinion.author', null],
    ['opinion.date', null],
    ['opinion.sha256', null],
  ]);
  const turned = termsChanges(before, withFields([...fields].reverse()));
  expect(turned.map(({ path }) => path)).toEqual(['resources.customers.fields']);
  const [last] = fields.slice(-1);
  const fewer = termsChanges(before, withFields(fields.slice(0, -1)));
  expect(fewer.map(({ path }) => path)).toContain(`resources.customers.fields.${last?.name}.action`);
  const named = { ...before, escrow: [escrow('公证处', 'q')] };
  expect(termsChanges(named, { ...before, escrow: [escrow('公证处', 'p')] }).map(({ path }) => path)).toEqual(
    ['escrow.公证处.recipient'],
  );
  // Two of one name are two.
  const twice = termsChanges(named, { ...before, escrow: [escrow('公证处', 'q'), escrow('公证处', 'p')] });
  expect(twice.map(({ path }) => path)).toContain('escrow.2.recipient');
});
