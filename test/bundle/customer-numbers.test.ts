import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineOf, SECRETS, tagOf } from '../../fixtures/vectors/make/kit.js';
import { secret } from '../../fixtures/vectors/make/world.js';
import { subjectOf } from '../../src/base/tagger.js';
import { compileNumberCheck } from '../../src/bundle/customer-numbers.js';
import type { FieldEntry } from '../../src/bundle/manifest.js';
import { compileRowReader } from '../../src/bundle/rows.js';
import type { Problem } from '../../src/messages/problem.js';
import { problemOf } from '../identity/problem-of.js';

const field = (name: string, changes: Partial<FieldEntry> = {}): FieldEntry => ({
  name,
  class: 'general',
  purpose: 'service',
  action: 'keep',
  ...changes,
});
const FIELDS = ['customer_no', 'name', 'mobile', 'address'].map((name) => field(name));
const part = 'data/customers-00001.ndjson.gz.age';

/** What is wrong with the numbers of these lines; null for nothing. */
function check(lines: readonly string[], fields: readonly FieldEntry[] = FIELDS): Problem | null {
  const page = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const rows = compileRowReader(fields.map(({ name }) => name))(page, { part, start: 10 });
  const run = () => compileNumberCheck(fields, SECRETS.tagKey)(page, rows, { part, start: 10 });
  try {
    run();
    return null;
  } catch {
    return problemOf(run);
  }
}

const cell = fc.stringMatching(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff]{1,12}$/u);

describe('the tags of a page against its customer numbers', () => {
  it('agree, whatever the numbers and the cells beside them are', () => {
    const number = cell.filter((text) => subjectOf(text) !== '');
    fc.assert(
      fc.property(fc.array(fc.tuple(number, cell), { minLength: 1, maxLength: 9 }), (all) => {
        const lines = all.map(([no, name]) =>
          lineOf([no, name, null, null]).replace(tagOf(no), tagOf(subjectOf(no))),
        );
        expect(check(lines)).toBeNull();
      }),
    );
  });

  it('do not, where one of them is another', () => {
    fc.assert(
      fc.property(cell, cell, fc.nat({ max: 4 }), (no, other, at) => {
        fc.pre(subjectOf(no) !== '' && subjectOf(no) !== subjectOf(other));
        const good = lineOf([subjectOf(no), '王小一', null, null]);
        const lines = Array.from({ length: 5 }, (_, i) =>
          i === at ? good.replace(tagOf(subjectOf(no)), tagOf(subjectOf(other))) : good,
        );
        expect(check(lines)).toEqual({ code: 'BUNDLE_ROW_TAG', part, row: 11 + at });
      }),
    );
  });

  it('has one form of a number, and no other form of that', () => {
    fc.assert(fc.property(fc.string(), (text) => subjectOf(subjectOf(text)) === subjectOf(text)));
  });

  const good = lineOf(['C0001', '王小一', null, ',"customer_no":"C9"']);
  it.each<readonly [string, string, Problem | null]>([
    ['a cell that looks like the number', good, null],
    ['no number', good.replace('"C0001"', 'null'), { code: 'BUNDLE_ROW_NUMBER', part, row: 12 }],
    ['white space', good.replace('"C0001"', '"\u3000 "'), { code: 'BUNDLE_ROW_NUMBER', part, row: 12 }],
    ['white space around', good.replace('"C0001"', '" C0001"'), null],
    ['white space behind', good.replace('"C0001"', '"C0001\\t"'), null],
    ['full width', good.replace('"C0001"', '"Ｃ０００１"'), null],
    ['lower case', good.replace('"C0001"', '"c0001"'), { code: 'BUNDLE_ROW_TAG', part, row: 12 }],
    [
      'a tag of another key',
      good.replace(tagOf('C0001'), tagOf('C0001', secret('other'))),
      { code: 'BUNDLE_ROW_TAG', part, row: 12 },
    ],
  ])('second row: %s', (_, line, problem) => {
    expect(check([good, line])).toEqual(problem);
  });

  it('are not compared where the number does not leave as it is', () => {
    const fields = [field('customer_no', { action: 'tokenise' }), ...FIELDS.slice(1)];
    expect(check([good.replace('"C0001"', '"x"')], fields)).toBeNull();
  });

  it('are compared where the number is not the first field, and where it may be missing', () => {
    const fields = [field('name'), field('customer_no', { class: 'sensitive' })];
    const line = (no: string | null, tag: string) =>
      JSON.stringify({ _tag: tagOf(tag), name: '王小一', customer_no: no });
    expect(check([line('C1', 'C1'), line(null, 'C2')], fields)).toBeNull();
    expect(check([line(null, 'C2'), line('C1', 'C3')], fields)).toEqual({
      code: 'BUNDLE_ROW_TAG',
      part,
      row: 12,
    });
  });
});
