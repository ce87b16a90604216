import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { BUYER } from '../fixtures/customers/generate.js';
import { measure } from './measure.js';

/** @import { Cost } from './measure.js' */

/** Programs that the pipeline is made of. */
export const PROGRAMS = [
  'sqlite3',
  'age',
  'age-keygen',
  'minisign',
  'gzip',
  'gunzip',
  'sha256sum',
  'unzip',
  'bash',
];

/** What a careful engineer would send: the customers who agreed to this buyer, seven columns of fourteen. */
const SELECT = `SELECT 客户编号,姓名,手机号,服务地址,服务项目,剩余次数,免打扰 FROM c
  WHERE 是否同意转让='同意' AND 接收方='${BUYER}' AND 同意用途='继续提供家政服务' AND 同意凭证<>'' AND 同意时间>=通知送达时间`;

/**
 * The shell pipeline, seller's side and buyer's side, stage by stage.
 * `sqlite-import` stands for import, the middle for check and export; the last three are the buyer's.
 *
 * @type {readonly { readonly side: 'seller' | 'buyer', readonly stage: string, readonly script: string }[]}
 */
const STAGES = [
  {
    side: 'seller',
    stage: 'sqlite3 .import',
    script: `sqlite3 seller.db '.mode csv' '.import customers.csv c'`,
  },
  {
    side: 'seller',
    stage: 'SELECT | gzip -1 | age',
    script: `sqlite3 -csv -header seller.db "$SELECT" | gzip -1 | age -r "$(age-keygen -y buyer.txt)" -o out.csv.gz.age`,
  },
  { side: 'seller', stage: 'minisign -S', script: 'minisign -S -s seller.key -m out.csv.gz.age' },
  { side: 'seller', stage: 'sha256sum', script: 'sha256sum out.csv.gz.age > out.sha256' },
  { side: 'buyer', stage: 'minisign -V', script: 'minisign -V -q -p seller.pub -m out.csv.gz.age' },
  { side: 'buyer', stage: 'sha256sum -c', script: 'sha256sum --quiet -c out.sha256' },
  {
    side: 'buyer',
    stage: 'age -d | gunzip | .import',
    script: `age -d -i buyer.txt out.csv.gz.age | gunzip | sqlite3 buyer.db '.mode csv' '.import /dev/stdin c'`,
  },
];

/**
 * Runs both sides once in a new folder.
 *
 * @param {{ folder: string, file: string }} place
 * @returns {Promise<{ stages: { side: 'seller' | 'buyer', stage: string, cost: Cost }[], rows: number }>}
 */
export async function runPipeline({ folder, file }) {
  mkdirSync(folder, { recursive: true });
  symlinkSync(file, join(folder, 'customers.csv'));
  const env = { SELECT };
  /** @param {string} script */
  const shell = (script) => measure(['bash', '-o', 'pipefail', '-ec', script], { cwd: folder, env });
  await shell('age-keygen -o buyer.txt 2>/dev/null; minisign -G -W -p seller.pub -s seller.key >/dev/null');
  const stages = [];
  for (const { side, stage, script } of STAGES) stages.push({ side, stage, cost: await shell(script) });
  const counted = await shell("sqlite3 buyer.db 'select count(*) from c'");
  return { stages, rows: Number(counted.stdout) };
}
