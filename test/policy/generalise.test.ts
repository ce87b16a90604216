import { describe, expect, test } from 'vitest';
import { type FieldName, fieldOf } from '../../src/dataset/fields.js';
import { compound, generaliserOf } from '../../src/policy/generalise.js';

describe('an address to the compound', () => {
  test.each([
    ['上海市徐汇区天钥桥路123弄5号602室', '上海市徐汇区天钥桥路'],
    ['阳光花园3栋2单元501', '阳光花园'],
    ['阳光花园A座1201', '阳光花园'],
    ['阳光花园 三号楼', '阳光花园'],
    ['阳光 花园 - 3栋', '阳光 花园'],
    ['阳光花园，、#3栋', '阳光花园'],
    ['幸福里(2期)5号', '幸福里('],
    ['北京市海淀区五道口', '北京市海淀区五道口'],
    ['朝阳区十里堡甲栋', '朝阳区十里堡'],
    ['12 Baker Street', ''],
    ['', ''],
    ['一'.repeat(100_000), '一'.repeat(100_000)],
  ])('%#: %.20s', (address, expected) => {
    expect(compound(address)).toBe(expected);
  });
});

describe('other values', () => {
  test.each<[FieldName, string, string]>([
    ['birth_date', '1990-05-06', '1990'],
    ['contract_ends', '2027-01-31', '2027-01'],
    ['consent_at', '2026-11-01T02:00:00Z', '2026-11'],
    ['age', '13', '0-13'],
    ['age', '14', '14-19'],
    ['age', '37', '30-39'],
    ['age', '102', '90+'],
    ['age', '0', '0-13'],
    ['age', '19', '14-19'],
    ['age', '20', '20-29'],
    ['age', '89', '80-89'],
    ['age', '90', '90+'],
    ['age', '', ''],
    ['age', '-1', ''],
    ['age', '13.5', ''],
    ['age', '不详', ''],
    ['remaining_sessions', '-2', '0'],
    ['remaining_sessions', '1', '1-9'],
    ['remaining_sessions', '9', '1-9'],
    ['remaining_sessions', '10', '10-49'],
    ['remaining_sessions', '49', '10-49'],
    ['remaining_sessions', '50', '50+'],
    ['remaining_sessions', '', ''],
    ['remaining_sessions', '若干', ''],
    ['latitude', '31', '31'],
    ['latitude', '0.5', '0.5'],
    ['latitude', '', ''],
    ['remaining_sessions', '0', '0'],
    ['remaining_sessions', '7', '1-9'],
    ['remaining_sessions', '12', '10-49'],
    ['remaining_sessions', '60', '50+'],
    ['latitude', '31.23041', '31.2'],
    ['district', '徐汇区', '徐汇区'],
  ])('%s %s is %s', (name, value, expected) => {
    const field = fieldOf(name);
    expect(field && generaliserOf(field)?.(value)).toBe(expected);
  });

  test.each<FieldName>(['customer_no', 'name', 'mobile', 'id_no', 'bank_account', 'notes', 'room'])(
    '%s has no coarser form',
    (name) => {
      const field = fieldOf(name);
      expect(field && generaliserOf(field)).toBeNull();
    },
  );
});
