import { describe, expect, test } from 'vitest';
import { Screen } from '../../src/report/screen.js';

const plain = (columns = 40): Screen => new Screen({ columns, color: false, ascii: false });

describe('page', () => {
  test('facts align by display width', () => {
    const text = plain()
      .facts([
        ['文件', '客户资料.csv'],
        ['Party', 'one', 'two'],
      ])
      .text();
    expect(text).toBe('文件      客户资料.csv\nParty     one\n          two\n');
  });

  test('facts wrap beside their label', () => {
    expect(
      plain()
        .facts([['结果', '一二三四五六七八九十一二三四五六七八九十']])
        .text(),
    ).toBe('结果      一二三四五六七八九十一二三四五\n          六七八九十\n');
  });

  test('tables align Chinese, and wrap their last column', () => {
    const text = plain()
      .table(
        [{ title: '序号', right: true }, { title: '名称' }, { title: '说明' }],
        [
          ['1', '上海', 'short'],
          ['12', 'x', 'a text that is longer than the room'],
        ],
      )
      .text();
    expect(text.split('\n')).toEqual([
      '序号  名称  说明',
      '   1  上海  short',
      '  12  x     a text that is longer than',
      '            the room',
      '',
    ]);
  });

  test('bars show share, count and reasons', () => {
    const text = plain(80)
      .bars(
        [
          { label: '可交接', count: 1503 },
          { label: '待补', count: 612, note: { items: ['没有同意 612'], between: ' · ' } },
        ],
        2115,
      )
      .text();
    expect(text.split('\n')).toEqual([
      '  可交接  1,503  ████████████▊        71.1%',
      '  待补      612  █████▎               28.9%  没有同意 612',
      '',
    ]);
  });

  test('a problem has its code at the right edge, or on a line of its own', () => {
    expect(plain().problem({ what: 'Wrong.', fix: 'Do it.', code: 'CSV_X' }).text()).toBe(
      `Wrong.${' '.repeat(29)}CSV_X\n  Do it.\n`,
    );
    expect(
      plain().problem({ what: 'A sentence of thirty-six characters.', fix: 'Do.', code: 'CSV_QUOTE' }).text(),
    ).toBe(`A sentence of thirty-six characters.\n${' '.repeat(31)}CSV_QUOTE\n  Do.\n`);
  });

  test('two lists stand side by side', () => {
    const text = plain()
      .sideBySide({ title: 'Leaves', items: ['姓名', 'b'] }, { title: 'Stays', items: ['门锁密码'] })
      .text();
    expect(text.split('\n')).toEqual([
      '  Leaves              Stays',
      '  · 姓名              · 门锁密码',
      '  · b',
      '',
    ]);
  });

  test('what comes from outside cannot move the cursor', () => {
    const evil = 'a\u001b[31mb\u202ec';
    const screen = plain(80)
      .say(evil)
      .facts([[evil, evil]])
      .command(evil)
      .heading(evil)
      .item(evil);
    screen
      .table([{ title: evil }], [[evil]])
      .sideBySide({ title: evil, items: [evil] }, { title: '', items: [] });
    screen.problem({ what: evil, fix: evil, code: 'X' }).bars([{ label: evil, count: 1 }], 1);
    expect(screen.text()).not.toMatch(/[\u001b\u202e]/);
    expect(screen.text()).toContain('a\ufffd[31mb\ufffdc');
  });

  test('colour adds only colour', () => {
    const draw = (color: boolean): string =>
      new Screen({ columns: 80, color, ascii: false })
        .good('good')
        .warn('warn')
        .bad('bad')
        .command('x')
        .text();
    expect(draw(true).replace(/\u001b\[\d+m/g, '')).toBe(draw(false));
    expect(draw(true)).not.toBe(draw(false));
  });

  test('a page is neither too narrow nor too wide', () => {
    expect(plain(5).columns).toBe(40);
    expect(plain(300).columns).toBe(100);
  });
});
