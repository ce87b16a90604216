import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as age from 'cctv-age';
import { FORGERIES } from './forgeries.js';
import { HOSTILE_JSON, JSON_READERS } from './hostile-json.js';
import { TARGET_NAMES } from './readers.js';
import { EDITS, FORGED_TABLES } from './table-edits.js';
import { WORST_READERS } from './worst-files.js';

/** One kind of attack that the tests carry out, counted from what they carry out. */
interface Attack {
  readonly who: string;
  readonly tried: string;
  readonly count: number;
  readonly held: string;
  readonly test: string;
}

const vectors: readonly { readonly kind: string; readonly problem: unknown }[] = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../fixtures/vectors/index.json', import.meta.url)), 'utf8'),
);
const faulty = (...kinds: readonly string[]): number =>
  vectors.filter(({ kind, problem }) => problem !== null && kinds.includes(kind)).length;

function isArmoured(vector: Uint8Array): boolean {
  const all = Buffer.from(vector);
  return /^armored: /m.test(all.subarray(0, all.indexOf('\n\n')).toString());
}

function attacks(): readonly Attack[] {
  const vectorTest = 'test/vectors.test.ts';
  const shapes = WORST_READERS.reduce((sum, reader) => sum + reader.shapes.length, 0);
  return [
    {
      who: 'a stranger on the way, a dishonest seller',
      tried: 'bundles with one fault each, all the rest made right and signed anew',
      count: faulty('bundle'),
      held: 'each refused with the very problem; none stored',
      test: vectorTest,
    },
    {
      who: 'a dishonest buyer',
      tried: 'receipts and completions with one fault each',
      count: faulty('receipt', 'completion'),
      held: 'each refused with the very problem',
      test: vectorTest,
    },
    {
      who: 'a dishonest seller',
      tried: 'notices, deals and cards with one fault each',
      count: faulty('notice', 'deal', 'card'),
      held: 'each refused with the very problem',
      test: vectorTest,
    },
    {
      who: 'whoever shows evidence',
      tried: 'certificates and proofs with one fault each',
      count: faulty('certificate', 'event-proof', 'subject-proof'),
      held: 'each refused with the very problem',
      test: vectorTest,
    },
    {
      who: 'whoever has the disk and no key',
      tried: 'ways to edit, cut, extend or exchange the log, its checkpoints and its tip',
      count: FORGERIES.length,
      held: '`audit verify` and `doctor` raise the alarm, and no command signs over it',
      test: 'test/forged-log.test.ts',
    },
    {
      who: 'whoever has the disk and no key',
      tried:
        'edits of the tables: each value of a row of each table that holds something, and the row gone (at least)',
      count: EDITS,
      held: '`audit verify` raises the alarm',
      test: 'test/forged-tables.test.ts',
    },
    {
      who: 'whoever has the disk and no key',
      tried:
        'edits of the tables that would profit somebody: withdrawals, words, decisions, cards, places, deadlines, verdicts',
      count: FORGED_TABLES.length,
      held: '`doctor` raises the alarm, and the command that would make it true refuses',
      test: 'test/forged-tables.test.ts',
    },
    {
      who: 'anybody who sends a file',
      tried: 'JSON made to hurt, to each command that reads a document',
      count: HOSTILE_JSON.length * JSON_READERS.length,
      held: 'a code and an exit of the table, in two seconds',
      test: 'test/hostile-json.test.ts',
    },
    {
      who: 'anybody who sends a file',
      tried:
        'files of the worst shapes, as long as each reader takes them (half of them in each run, all with SLOW=1)',
      count: shapes,
      held: 'a code and an exit of the table, below two seconds of processor and 256 MB',
      test: 'test/limits.test.ts',
    },
    {
      who: 'anybody who sends a file',
      tried:
        'readers that get real documents changed a little, four hundred times each, a minute with SLOW=1',
      count: TARGET_NAMES.length,
      held: 'a value or a problem of the closed union, each in two seconds',
      test: 'test/fuzz.test.ts',
    },
    {
      who: 'a stranger on the way',
      tried: 'age files of the Community Cryptography Test Vectors',
      count: Object.values(age).filter((bytes) => !isArmoured(bytes)).length,
      held: 'opened or refused as the vector says (armour is no part of the format)',
      test: 'test/base/age.test.ts',
    },
  ];
}

/** The table of docs/threat-model.md, as Markdown. */
export function attackTable(): string {
  const rows = attacks().map(
    ({ who, tried, count, held, test }) => `| ${who} | ${tried} | ${count} | ${held} | \`${test}\` |`,
  );
  return ['| who | what is tried | how many | what held | test |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}
