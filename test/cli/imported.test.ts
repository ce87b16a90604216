import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUYER, TODAY } from '../../fixtures/customers/generate.js';
import { Firms } from '../kit/firms.js';

test('the samples of an import speak the language of the screen', async () => {
  const firms = await Firms.withDeal();
  try {
    const file = firms.post('c.csv');
    const header = '客户编号,姓名,是否同意转让,同意方式,免打扰,接收方,同意时间,同意凭证';
    writeFileSync(file, `${header}\nC1,王小一,同意,书面,是,${BUYER},${TODAY},F-1\n`);
    const zh = await firms.run('import', file, '--dry-run', '--workspace', 'jia', '--lang', 'zh');
    expect(zh.stdout).toMatch(/样例 .*同意/);
    expect(zh.stdout).not.toMatch(/given|written|\byes\b/);
    const en = await firms.run('import', file, '--dry-run', '--workspace', 'jia', '--lang', 'en');
    expect(en.stdout).toMatch(/^Sample.*given/m);
  } finally {
    firms.remove();
  }
}, 240_000);
