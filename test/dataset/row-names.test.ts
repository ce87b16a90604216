import { describe, expect, test } from 'vitest';
import { compileRowName } from '../../src/dataset/row-names.js';

const COLUMNS = ['contract_no', 'customer_no', 'card_type', 'service', 'notes'];
const row = (
  ...cells: readonly [contract: string, customer: string, card: string, service: string, notes: string]
) => cells;

describe('what tells a row of a table from others', () => {
  const sameName = (
    table: Parameters<typeof compileRowName>[0],
    one: readonly string[],
    other: readonly string[],
  ) => {
    const nameOf = compileRowName(table, COLUMNS);
    return nameOf(one) === nameOf(other);
  };

  test.each<[string, Parameters<typeof compileRowName>[0], readonly string[], readonly string[], boolean]>([
    [
      'an order by its contract',
      'orders',
      row('H1', 'C1', '', '擦窗', 'a'),
      row('H1', 'C1', '', '保洁', 'b'),
      true,
    ],
    ['another contract', 'orders', row('H1', 'C1', '', '', ''), row('H2', 'C1', '', '', ''), false],
    [
      'the same contract of another customer',
      'orders',
      row('H1', 'C1', '', '', ''),
      row('H1', 'C2', '', '', ''),
      false,
    ],
    [
      'a customer number typed otherwise',
      'orders',
      row('H1', 'C1', '', '', ''),
      row('H1', ' Ｃ1 ', '', '', ''),
      true,
    ],
    [
      'orders without a contract that are alike',
      'orders',
      row('', 'C1', '', '擦窗', 'a'),
      row('', 'C1', '', '擦窗', 'a'),
      true,
    ],
    [
      'orders without a contract that differ',
      'orders',
      row('', 'C1', '', '擦窗', 'a'),
      row('', 'C1', '', '擦窗', 'b'),
      false,
    ],
    [
      'a service by contract and service',
      'services',
      row('H1', 'C1', '', '擦窗', 'a'),
      row('H1', 'C1', '', '擦窗', 'b'),
      true,
    ],
    [
      'another service under the contract',
      'services',
      row('H1', 'C1', '', '擦窗', ''),
      row('H1', 'C1', '', '保洁', ''),
      false,
    ],
    ['a name of one part', 'services', row('', 'C1', '', '擦窗', 'a'), row('', 'C1', '', '擦窗', 'b'), true],
    [
      'an account by its card',
      'prepaid',
      row('', 'C1', '年卡', '', 'a'),
      row('', 'C1', '年卡', '', 'b'),
      true,
    ],
    [
      'accounts without a name: there is one',
      'prepaid',
      row('', 'C1', '', '', 'a'),
      row('', 'C1', '', '', 'b'),
      true,
    ],
    ['accounts of two customers', 'prepaid', row('', 'C1', '', '', ''), row('', 'C2', '', '', ''), false],
  ])('%s (%s)', (_, table, one, other, same) => {
    expect(sameName(table, one, other)).toBe(same);
  });

  test('the table is part of the name, and a column that is missing is not', () => {
    const cells = ['C1', 'H1'];
    expect(compileRowName('orders', ['customer_no', 'contract_no'])(cells)).not.toBe(
      compileRowName('prepaid', ['customer_no', 'contract_no'])(cells),
    );
    expect(compileRowName('prepaid', ['customer_no', 'contract_no'])(cells)).not.toBe(
      compileRowName('prepaid', ['customer_no', 'notes'])(cells),
    );
  });
});
