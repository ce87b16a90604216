import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { resultJson } from '../src/cli/command-result.js';
import type { CommandContext, CommandResult } from '../src/cli/context.js';
import type { Invocation } from '../src/cli/parse.js';
import { PURPOSE } from '../fixtures/customers/consents.js';
import { encodeGb18030 } from '../src/dataset/gb18030.js';
import { BUYER } from '../fixtures/customers/generate.js';
import { contentsOf, fileOf, lineOf, seller as vectorSeller } from '../fixtures/vectors/make/kit.js';
import { entriesOf, pack } from '../fixtures/vectors/make/tamper.js';
import { type Party, termsBetween } from '../fixtures/vectors/make/world.js';
import { sealBundle } from '../src/bundle/seal.js';
import { COMMAND_NAMES, type CommandName } from '../src/cli/shapes.js';
import { readCard } from '../src/identity/card.js';
import { fingerprint } from '../src/identity/fingerprint.js';
import { openIdentity } from '../src/identity/sealed-identity.js';
import { trustByFingerprint } from '../src/identity/trust.js';
import {
  Canary,
  type MarkedCustomer,
  type MarkedField,
  markedCustomer,
  type Sighting,
} from './kit/canary.js';
import { requireSchema } from './kit/documents.js';
import { type Circumstances, endOf, Firms, type Said, shown } from './kit/firms.js';
import { copyWhole, contentsBelow } from './kit/folders.js';

/*
 * Marked customers go through every command and through its failures; then the marks are looked for in all that was printed and in every
 * byte of every file. They may be where a person put them (`inbox/`) and where a person asked for them by name, and nowhere else.
 */

/** What the commands of the present test would have printed with --json: a page and a document differ in how they are printed alone. */
const { documents } = vi.hoisted(() => ({ documents: [] as string[] }));

vi.mock('../src/cli/commands.js', async (original) => {
  const { perform } = await original<typeof import('../src/cli/commands.js')>();
  return {
    perform: async (invocation: Invocation<CommandName>, context: CommandContext): Promise<CommandResult> => {
      const outcome = await perform(invocation, context);
      documents.push(resultJson(invocation.name, outcome, invocation.dryRun));
      return outcome;
    },
  };
});

vi.mock('../src/cli/failure.js', async (original) => {
  const real = await original<typeof import('../src/cli/failure.js')>();
  const failureText: typeof real.failureText = (problem, lang, setting) => {
    documents.push(real.failureJson(problem, lang));
    return real.failureText(problem, lang, setting);
  };
  return { ...real, failureText };
});

/** Where customers may stand in clear, by path relative to the firms' folder. */
const ALLOWED = [
  // What the test itself wrote: sources, and files of other kinds with customers in them.
  /^inbox\/[^/]+$/,
  // The reject file, beside its source or where --rejects says.
  /^(inbox|out)\/[^/]+\.(rejected|退回)\.csv$/,
  // What was extracted, and a person's copy.
  /^out\/extract\.(csv|ndjson|db)$/,
  /^out\/copy\.(csv|json)$/,
];

const HEADER: readonly (readonly [
  header: string,
  field: MarkedField | 'status' | 'buyer' | 'purpose' | 'at' | 'method',
])[] = [
  ['客户编号', 'no'],
  ['姓名', 'name'],
  ['手机号', 'mobile'],
  ['身份证号', 'id'],
  ['服务地址', 'address'],
  ['门锁密码', 'lock'],
  ['家庭成员', 'family'],
  ['备注', 'notes'],
  ['同意状态', 'status'],
  ['同意的接收方', 'buyer'],
  ['同意的用途', 'purpose'],
  ['同意时间', 'at'],
  ['同意方式', 'method'],
  ['同意凭证', 'evidence'],
  ['喜欢的颜色', 'colour'],
];

const everyone = Array.from({ length: 24 }, (_, n) => markedCustomer(n));
/** Further marks: texts in places that are no cell of a customer. */
const LOOSE = ['鸑鷟陌生列', '鹓鶵不明语', '鶄鷉手写处', '鸜鹆旁批字', '鸊鷛条目名', '鵁鶄异常文'];
const canary = new Canary([...everyone.flatMap(({ marks }) => marks), ...LOOSE]);

const who = (n: number): MarkedCustomer => everyone[n] ?? markedCustomer(n);

/** A line of the customer file. */
function line(n: number, other: Partial<Record<(typeof HEADER)[number][1], string>> = {}): string {
  const row = {
    ...who(n).cells,
    status: '同意',
    buyer: BUYER,
    purpose: PURPOSE,
    at: '2026-10-05',
    method: '小程序',
    ...other,
  };
  return HEADER.map(([, field]) => row[field]).join(',');
}

const header = HEADER.map(([title]) => title).join(',');

/** Every file that somebody might put before the program. */
function fillInbox(put: (name: string, content: string | Uint8Array) => void): void {
  const c = (n: number) => who(n).cells;
  const good = [
    header,
    line(0),
    line(1),
    line(2, { status: '未回复', at: '', evidence: '' }),
    line(3, { status: '撤回' }),
    line(4, { status: LOOSE[1] ?? '' }),
    line(5, { buyer: `${LOOSE[2]}家政` }),
    line(6, { purpose: LOOSE[3] ?? '' }),
    // Left out: a number spoilt by Excel, an ID number, a date, a note with control characters. Rejected: too few cells, too many, a stray quote, no number.
    line(7, { mobile: '1.38E+10' }),
    line(8, { id: `${c(8).id.slice(0, 17)}A` }),
    line(9, { at: LOOSE[2] ?? '' }),
    line(10).split(',').slice(0, 6).join(','),
    `${line(11)},${c(11).name},${c(11).mobile}`,
    line(12, { name: `${c(12).name}"${c(12).notes}` }),
    line(13, { no: '' }),
    line(14, { notes: `${c(14).notes}\u0001${c(14).lock}` }),
    // The same person twice, differing.
    line(15),
    line(15, { name: c(16).name }),
    // A formula, and a number in a note.
    line(16, { notes: `=HYPERLINK(""${c(16).notes}"")` }),
    line(17, { notes: `${c(17).notes} 门禁密码 ${c(17).lock} 电话 ${c(17).mobile}` }),
  ];
  put('good.csv', `${good.join('\n')}\n`);
  put('second.csv', `${[header, line(0), line(18)].join('\n')}\n`);
  const filler = Array.from(
    { length: 60 },
    (_, n) => `Q${n},王先生的家,1380000${1000 + n},上海市浦东新区张江路弄号室`,
  );
  put(
    'gb.csv',
    encodeGb18030(
      `客户编号,姓名,手机号,服务地址\n${[...filler, [c(19).no, c(19).name, c(19).mobile, c(19).address].join(',')].join('\n')}\n`,
    ),
  );
  put(
    'consents.csv',
    [
      '客户编号,用途,接收方,事件,时间,方式,凭证,备注',
      `${c(1).no},${PURPOSE},${BUYER},撤回,2026-10-20,电话录音,${c(1).evidence},${c(1).notes}`,
      `${c(0).no},${LOOSE[3]},${LOOSE[2]},${LOOSE[1]},2026-10-01,${LOOSE[1]},${c(0).evidence},`,
      `${c(2).no},${PURPOSE},${BUYER},同意,${c(2).notes},小程序,${c(2).evidence},`,
      `,${PURPOSE},${BUYER},同意,2026-10-20,小程序,${c(3).evidence},`,
    ].join('\n'),
  );
  // Files that are not what they should be.
  put('headerless.csv', `${[line(0), line(1)].join('\n')}\n`);
  put(
    'nameless.csv',
    `${[c(0).name, c(0).no, c(0).notes, c(0).colour].join(',')}\n${[c(1).name, c(1).no, c(1).notes, c(1).colour].join(',')}\n`,
  );
  put(
    'twice.csv',
    `客户编号,姓名,姓名,${LOOSE[0]}说明文字比较长的表头一共超过二十四个字符所以不显示\n${c(0).no},${c(0).name},${c(1).name},${c(0).notes}\n`,
  );
  put(
    'open.csv',
    `客户编号,姓名,备注\n${c(0).no},${c(0).name},"${c(0).notes}\n${c(1).no},${c(1).name},${c(1).notes}\n`,
  );
  put(
    'bytes.csv',
    Buffer.concat([
      Buffer.from(`客户编号,姓名`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`\n${c(0).no},${c(0).name}`),
      Buffer.from(`${c(1).name}\n`),
    ]),
  );
  put('comma.csv', `客户编号，姓名，手机号\n${c(0).no}，${c(0).name}，${c(0).mobile}\n`);
  put('wide.csv', `${Array.from({ length: 3000 }, (_, i) => `${c(0).name}${i}`).join(',')}\n${c(0).no}\n`);
  put('notext.csv', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from(c(0).notes)]));
  // Mapping files.
  put('field.mapping.txt', `姓名 = ${c(0).name}\n`);
  put('column.mapping.txt', `${c(0).name} = name\n`);
  put('double.mapping.txt', `客户编号 = customer_no\n姓名 = name\n${c(0).notes} = name\n`);
  // A deal.yaml.
  put('key.yaml', `format: handover.deal/1\n${c(0).name}: ${c(0).mobile}\nid: D-2\n`);
  put(
    'value.yaml',
    `format: handover.deal/1\nid: ${c(0).name}\nkind: ${c(0).notes}\neffective: ${c(0).lock}\n`,
  );
  put('syntax.yaml', `format: handover.deal/1\nid: "${c(0).name}\n  ${c(0).notes}: [\n`);
  put('repeat.yaml', `format: handover.deal/1\n${c(0).name}: 1\n${c(0).name}: 2\n`);
  put('anchor.yaml', `format: handover.deal/1\nid: &${c(0).no} ${c(0).name}\n`);
  put('bytes.yaml', Buffer.concat([Buffer.from(`format: ${c(0).name}`), Buffer.from([0xff])]));
  // Cards, receipts, bundles.
  const json = (format: string) =>
    JSON.stringify({ format, [c(0).name]: c(0).mobile, name: c(0).name, bundle: c(0).no });
  for (const [name, format] of [
    ['card', 'handover.card/1'],
    ['receipt', 'handover.receipt/1'],
    ['deal', 'handover.deal/1'],
    ['later', 'handover.card/9'],
    ['foreign', `handover.${c(0).name}/1`],
  ] as const) {
    put(`${name}.json`, json(format));
    put(
      `${name}.json.minisig`,
      `untrusted comment: ${c(0).name}\n${c(0).notes}\ntrusted comment: ${c(0).name}\n${c(0).lock}\n`,
    );
  }
}

interface Style {
  readonly title: string;
  readonly flags: readonly string[];
}

const STYLES: readonly Style[] = [
  { title: 'Chinese', flags: ['--lang', 'zh'] },
  { title: 'English with --debug', flags: ['--lang', 'en', '--debug'] },
];

describe.each(STYLES)('marked customers, $title', ({ flags }) => {
  let firms: Firms;
  const typed: (readonly string[])[] = [];

  beforeAll(async () => {
    // The fields that leave are fewer than those that are marked.
    firms = await Firms.withDeal({
      approvals: 1,
      activity: false,
      fields: [
        ['customer_no', 'identifier', 'keep'],
        ['name', 'general', 'keep'],
        ['mobile', 'contact', 'keep'],
        ['address', 'address', 'keep'],
      ],
    });
    for (const folder of ['inbox', 'out', 'tmp']) mkdirSync(firms.path(folder));
    vi.stubEnv('TMPDIR', firms.path('tmp'));
    fillInbox((name, content) => writeFileSync(firms.path('inbox', name), content));
    writeFileSync(firms.path('inbox', 'blank.txt'), '\n');
    writeFileSync(firms.path('inbox', 'approver'), 'four unrelated words here\n');
  });
  afterEach(() => expectSilence());
  afterAll(() => {
    vi.unstubAllEnvs();
    firms.remove();
  });

  /** Runs a command that has to end like this: an exit number and a code, so that the failure meant is the one that happened. */
  async function ends(expected: string, ...argv: readonly string[]): Promise<Said> {
    return endsWith(expected, {}, ...argv);
  }

  async function endsWith(
    expected: string,
    circumstances: Circumstances,
    ...argv: readonly string[]
  ): Promise<Said> {
    const said = await firms.runWith(circumstances, ...argv, ...flags);
    expect(endOf(said), shown(said)).toBe(expected);
    // As a document it would have ended in the same way.
    expect(endOf({ ...said, stdout: documents.at(-1) ?? '', stderr: '' }), shown(said)).toBe(expected);
    return said;
  }

  function expectSilence(folder = firms.folder): void {
    const sightings: Sighting[] = [];
    for (const said of firms.said.splice(0)) {
      typed.push(said.argv);
      const where = `$ handover ${said.argv.join(' ')}`;
      sightings.push(...canary.search(`${where} (stdout)`, Buffer.from(said.stdout)));
      sightings.push(...canary.search(`${where} (stderr)`, Buffer.from(said.stderr)));
    }
    for (const document of documents.splice(0)) {
      requireSchema(JSON.parse(document));
      sightings.push(...canary.search('a document', Buffer.from(document)));
    }
    for (const [path, bytes] of contentsBelow(folder)) {
      expect(canary.search('the name of a file', Buffer.from(path))).toEqual([]);
      if (!ALLOWED.some((pattern) => pattern.test(path))) sightings.push(...canary.search(path, bytes));
    }
    expect(sightings).toEqual([]);
  }

  const jia = ['--workspace', 'jia'];
  const yi = ['--workspace', 'yi'];

  test('files that cannot be imported', async () => {
    const bad = (name: string, ...more: string[]) => ['import', `inbox/${name}`, ...jia, ...more];
    await ends('3 CSV_HEADER_MISSING', ...bad('headerless.csv'));
    await ends('3 MAPPING_REQUIRED', ...bad('nameless.csv'));
    await ends('3 CSV_QUOTE_OPEN', ...bad('open.csv'));
    await ends('3 CSV_BAD_BYTES', ...bad('bytes.csv', '--encoding', 'utf-8'));
    await ends('3 CSV_FULLWIDTH_COMMA', ...bad('comma.csv'));
    await ends('3 CSV_COLUMNS', ...bad('wide.csv'));
    await ends('10 CSV_NOT_TEXT', ...bad('notext.csv'));
    await ends('2 MAPPING_FIELD', ...bad('good.csv', '--mapping', 'inbox/field.mapping.txt'));
    await ends('2 MAPPING_COLUMN', ...bad('good.csv', '--mapping', 'inbox/column.mapping.txt'));
    await ends('2 MAPPING_TWICE', ...bad('good.csv', '--mapping', 'inbox/double.mapping.txt'));
    await ends('2 MAPPING_SYNTAX', ...bad('good.csv', '--mapping', 'inbox/good.csv'));
    await ends('3 MAPPING_REQUIRED', 'import', '--consents', 'inbox/nameless.csv', ...jia);
    await ends('3 CSV_HEADER_MISSING', 'import', '--consents', 'inbox/headerless.csv', ...jia);
    await ends('2 FILE_NOT_FOUND', ...bad('nowhere.csv'));
    await ends('0', 'import', 'inbox/twice.csv', ...jia, '--dry-run');
  });

  test('other files that are opened by mistake', async () => {
    for (const name of [
      'good.csv',
      'key.yaml',
      'value.yaml',
      'syntax.yaml',
      'repeat.yaml',
      'anchor.yaml',
      'bytes.yaml',
      'deal.json',
    ])
      for (const command of [
        ['deal', 'check'],
        ['deal', 'sign'],
      ]) {
        const said = await firms.run(...command, `inbox/${name}`, ...jia, ...flags);
        expect([2, 6, 10], shown(said)).toContain(said.exit);
      }
    for (const name of ['good.csv', 'card.json', 'later.json', 'foreign.json', 'receipt.json'])
      for (const command of [
        ['trust', 'add'],
        ['trust', 'replace'],
        ['trust', 'remove'],
        ['card', 'show'],
        ['receipt', 'show'],
        ['receipt', 'accept'],
        ['verify'],
        ['receive'],
        ['notice', 'accept'],
        ['notice', 'apply'],
      ]) {
        const said = await firms.run(
          ...command,
          `inbox/${name}`,
          ...(command[0] === 'receive' || command[1] === 'apply' ? yi : jia),
          ...flags,
        );
        expect(said.exit, shown(said)).toBeGreaterThan(1);
      }
    for (const against of ['inbox/good.csv', 'inbox/receipt.json']) {
      const said = await firms.run('audit', 'verify', '--against', against, ...jia, ...flags);
      expect(said.exit, shown(said)).toBeGreaterThan(1);
    }
    await ends('6 JSON_NOT_CANONICAL', 'verify', 'inbox/none.zip', '--card', 'inbox/card.json');
    await ends('2 FILE_NOT_FOUND', 'verify', 'inbox/none.zip', '--card', firms.cardOf('jia'));
    await ends(
      '2 CARD_FINGERPRINT_TYPED',
      'trust',
      'add',
      firms.cardOf('yi'),
      '--fingerprint',
      who(0).cells.mobile,
      ...jia,
    );
  });

  test('a passphrase file that is a customer file', async () => {
    const who = ['--role', 'seller', '--name', '丁', '--phone', '1'];
    // The first line is the header, which is long enough for a passphrase; the key is sealed with it and it is not kept.
    await ends('0', 'init', 'ding', ...who, '--passphrase-file', 'inbox/headerless.csv');
    await ends(
      '7 KEY_PASSPHRASE',
      'card',
      'export',
      '--workspace',
      'ding',
      '--passphrase-file',
      'inbox/nameless.csv',
      '--out',
      'out/d.json',
    );
    // From source there is no file for a thread to run.
    await ends('3', 'doctor', '--workspace', 'ding');
  });

  test('import, ledger and check', async () => {
    await ends('3', 'import', 'inbox/good.csv', ...jia, '--dry-run');
    await ends('3', 'import', 'inbox/good.csv', '--consents', 'inbox/consents.csv', ...jia);
    await ends('4 DATASET_KNOWN', 'import', 'inbox/good.csv', ...jia);
    await ends('2 FILE_EXISTS', 'import', 'inbox/good.csv', ...jia, '--again', '--rejects', 'inbox/gb.csv');
    await ends('3', 'import', 'inbox/good.csv', ...jia, '--again', '--rejects', 'out/other.rejected.csv');
    await ends('2 IMPORT_UNCLEAR', 'import', 'inbox/gb.csv', ...jia);
    await ends('0', 'import', 'inbox/gb.csv', '--as', 'list', ...jia);
    await ends('3', 'import', 'inbox/good.csv', ...jia, '--again', '--force', '--as', 'list');
    await ends('0', 'check', ...jia, '--dry-run');
    await ends('0', 'check', ...jia);
    for (let n = 0; n < 7; n++) await ends('0', 'check', '--explain', who(n).cells.no, ...jia);
    await ends('0', 'check', '--explain', who(15).cells.no, ...jia);
    await ends('2 SUBJECT_UNKNOWN', 'check', '--explain', who(20).cells.no, ...jia);
    await ends('2 DATASET_UNKNOWN', 'check', '--dataset', 'none', ...jia);
    await ends('0', 'status', ...jia);
    await ends('0', 'audit', 'report', ...jia);
  });

  test('approve, export, verify', async () => {
    const approve = ['approve', ...jia, '--approver-passphrase-file', 'inbox/approver'];
    await ends('4 APPROVAL_TOO_FEW', 'export', ...jia);
    await ends('0', ...approve, '--operator', '王芳', '--dry-run');
    await endsWith('4 CLI_DECLINED', { answers: ['n'] }, ...approve, '--operator', '王芳');
    await ends('0', ...approve, '--operator', '王芳', '--yes');
    await ends('0', 'export', ...jia, '--dry-run');
    await ends('0', 'export', ...jia);
    await ends('4 EXPORT_SAME', 'export', ...jia);
    await ends(
      '4 APPROVAL_TOO_FEW',
      'export',
      'inbox/second.csv',
      '--as',
      'addition',
      '--consents',
      'inbox/consents.csv',
      '--again',
      '--force',
      '--deal',
      'D-1',
      ...jia,
    );
    await ends('0', 'verify', bundle, '--card', firms.cardOf('jia'));
    await ends('0', 'verify', bundle, ...yi);
  });
  const bundle = 'jia/exchange/D-1-1.handover.zip';

  test('read on many machines', async () => {
    const here = firms;
    // The copy lies beside the folder, and not in it.
    vi.unstubAllEnvs();
    firms = here.copy();
    vi.stubEnv('TMPDIR', firms.path('tmp'));
    try {
      const key = ['--key', 'out/reading.key'];
      const plan = ['source', 'plan', 'inbox/good.csv', 'out/reading', ...jia];
      await ends('2 LOTS_KEY_PLACE', ...plan, '--key', 'out/reading/key');
      await ends('4 DATASET_KNOWN', ...plan, ...key);
      await ends('0', ...plan, ...key, '--again', '--dry-run');
      await ends('0', ...plan, ...key, '--again');
      const read = ['source', 'read-part', 'out/reading'];
      await ends('7 LOTS_KEY', ...read, '1', '--key', 'inbox/field.mapping.txt');
      await ends('2 LOTS_NUMBER', ...read, who(0).cells.mobile, ...key);
      await ends('6 READING_ROWS', ...read, '1', ...key, '--rows', 'inbox/consents.csv');
      const home = ['import', '--read', 'out/reading', '--as', 'list', '--rejects', 'out/home.csv', ...jia];
      await ends('8 READING_MISSING', ...home);
      await ends('0', ...read, '1', ...key, '--file', 'inbox/good.csv');
      expectSilence();
      await ends('3', ...home, '--dry-run');
      expectSilence();
    } finally {
      firms.remove();
      firms = here;
      vi.stubEnv('TMPDIR', firms.path('tmp'));
    }
  });

  test('sealed and opened on many machines', async () => {
    const here = firms;
    // The copy lies beside the folder, and not in it.
    vi.unstubAllEnvs();
    firms = here.copy();
    vi.stubEnv('TMPDIR', firms.path('tmp'));
    try {
      const key = ['--key', 'out/lots.key'];
      const plan = ['bundle', 'plan', 'out/lots', ...jia];
      await ends('2 LOTS_KEY_PLACE', ...plan, '--key', 'out/lots/key');
      await ends('2 LOTS_TAKEN', ...plan, '--key', 'inbox/good.csv');
      // The list is longer by the file that was imported last.
      const approver = ['--approver-passphrase-file', 'inbox/approver', '--operator', '王芳'];
      await ends('4 APPROVAL_TOO_FEW', ...plan, ...key);
      await ends('0', 'check', ...jia);
      await ends('0', 'approve', ...jia, ...approver, '--yes');
      await ends('0', ...plan, ...key, '--dry-run');
      await ends('0', ...plan, ...key);
      const seal = ['bundle', 'seal-part', 'out/lots'];
      await ends('7 LOTS_KEY', ...seal, '1', '--key', 'inbox/field.mapping.txt');
      await ends('2 LOTS_NUMBER', ...seal, who(0).cells.mobile, ...key);
      const assemble = ['bundle', 'assemble', 'out/lots', ...jia];
      await ends('8 LOTS_MISSING', ...assemble);
      await ends('0', ...seal, '1', ...key);
      writeFileSync(firms.path('inbox', 'lots.json'), readFileSync(firms.path('inbox', 'card.json')));
      const strange = await firms.run('bundle', 'assemble', 'inbox', ...jia, ...flags);
      expect([3, 6, 10], shown(strange)).toContain(strange.exit);
      await ends('0', ...assemble, '--dry-run');
      await ends('0', ...assemble);
      await ends('0', 'receive', bundle, ...yi);
      const second = 'jia/exchange/D-1-2.handover.zip';
      const other = ['--key', 'out/opening.key'];
      await ends('6 BUNDLE_NOT_ZIP', 'bundle', 'split', 'inbox/good.csv', 'out/opening', ...other, ...yi);
      await ends('0', 'bundle', 'split', second, 'out/opening', ...other, ...yi);
      const open = ['bundle', 'open-part', 'out/opening', '1', '--bundle'];
      await ends('7 LOTS_KEY', ...open, second, '--key', 'inbox/field.mapping.txt');
      await ends('6 BUNDLE_NOT_ZIP', ...open, 'inbox/good.csv', ...other);
      await ends('8 OPENED_MISSING', 'receive', second, '--opened', 'out/opening', ...yi);
      await ends('0', ...open, second, ...other);
      expectSilence();
      await ends('0', 'receive', second, '--opened', 'out/opening', ...yi);
      expectSilence();
    } finally {
      firms.remove();
      firms = here;
      vi.stubEnv('TMPDIR', firms.path('tmp'));
    }
  });

  test('receive, extract, receipt', async () => {
    const whole = readFileSync(firms.path(bundle));
    for (const [i, at] of [0, 500, Math.floor(whole.length / 2), whole.length - 30].entries()) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(firms.path('out', `${i}.zip`), bytes);
      const said = await firms.run('receive', `out/${i}.zip`, ...yi, ...flags);
      expect([5, 6], shown(said)).toContain(said.exit);
    }
    await ends('2 EXTRACT_NONE', 'extract', '--format', 'csv', ...yi);
    await ends('0', 'receive', bundle, ...yi, '--dry-run');
    await ends('0', 'receive', bundle, ...yi);
    await ends('0', 'receive', bundle, ...yi);
    for (const [format, file] of [
      ['csv', 'csv'],
      ['ndjson', 'ndjson'],
      ['sqlite', 'db'],
    ] as const) {
      const extract = ['extract', '--format', format, '--out', `out/extract.${file}`, ...yi];
      await ends('0', ...extract, '--dry-run');
      await endsWith('4 CLI_DECLINED', { answers: ['n'] }, ...extract);
      await ends('0', ...extract, '--yes');
      await ends('2 FILE_EXISTS', ...extract, '--yes');
      await ends(
        '2 FILE_IS_FOLDER',
        'extract',
        '--format',
        format,
        '--out',
        'out',
        '--yes',
        '--force',
        ...yi,
      );
      await ends('2 FILE_FOLDER_MISSING', 'extract', '--format', format, '--out', 'no/where', '--yes', ...yi);
    }
    // What was asked for is there: the search finds what there is to find.
    for (const file of ['csv', 'ndjson', 'db'])
      expect(canary.search('', readFileSync(firms.path('out', `extract.${file}`))).length).toBeGreaterThan(4);
    const receipt = 'yi/exchange/D-1-1.receipt.json';
    await ends('0', 'receipt', 'show', receipt, ...jia);
    await ends('0', 'receipt', 'accept', receipt, ...jia, '--dry-run');
    await ends('0', 'receipt', 'accept', receipt, ...jia);
    for (const [session, file] of [
      [jia, 'seller'],
      [yi, 'buyer'],
    ] as const) {
      await ends('0', 'audit', 'report', ...session);
      await ends('0', 'audit', 'report', '--html', `out/${file}.html`, ...session);
      await ends('2 FILE_EXISTS', 'audit', 'report', '--html', `out/${file}.html`, ...session);
      await ends('0', 'audit', 'verify', '--report', `out/${file}.html`);
    }
  });

  test('holds, freezes, places, and what is kept until when', async () => {
    const { no, mobile, id, lock } = who(0).cells;
    const words = (reason: string, title = '2026-117') => ['--case', title, '--reason', reason];
    writeFileSync(firms.path('inbox', 'persons.txt'), `${who(1).cells.no}\n${who(20).cells.no}\n`);
    const add = ['hold', 'add', ...jia, '--subject', no];
    for (const text of [`致电 ${mobile}`, `证件 ${id}`, `门锁密码 ${lock}`, `客户 ${no} 的退款`]) {
      await ends('4 REASON_PERSONAL_DATA', ...add, ...words(text));
      await ends('4 REASON_PERSONAL_DATA', ...add, ...words('退款争议', text));
      const freeze = ['freeze', 'add', ...jia, '--basis', 'tax-documents', '--from', '2026-11-20'];
      await ends('4 REASON_PERSONAL_DATA', ...freeze, '--subject', no, '--reason', text);
    }
    await ends('2 SUBJECT_UNKNOWN', 'hold', 'add', ...jia, '--subject', who(20).cells.no, ...words('争议'));
    await ends(
      '2 SUBJECTS_EMPTY',
      'hold',
      'add',
      ...jia,
      '--subjects-file',
      'inbox/blank.txt',
      ...words('争议'),
    );
    await ends(
      '0',
      'hold',
      'add',
      ...jia,
      '--subjects-file',
      'inbox/persons.txt',
      ...words('争议'),
      '--dry-run',
    );
    await ends('0', 'hold', 'add', ...jia, '--subjects-file', 'inbox/persons.txt', ...words('争议'));
    await ends('0', ...add, ...words('退款争议'));
    for (const [side, number] of [
      [jia, no],
      [yi, who(0).cells.no],
    ] as const)
      await ends(
        '0',
        'freeze',
        'add',
        ...side,
        '--basis',
        'tax-documents',
        '--from',
        '2026-11-20',
        '--subject',
        number,
        '--reason',
        '发票',
      );
    await ends('0', 'check', '--explain', no, ...jia);
    await ends(
      '0',
      'extract',
      '--format',
      'ndjson',
      '--out',
      'out/extract.ndjson',
      '--yes',
      '--force',
      ...yi,
    );
    await ends('0', 'retention', 'list', ...jia);
    await ends('0', 'retention', 'list', '--due', ...yi);
    await ends('0', 'hold', 'list', ...jia);
    await ends('0', 'freeze', 'list', ...yi);
    for (const [kind, end] of [
      ['hold', 'release'],
      ['freeze', 'end'],
    ] as const) {
      const listed = await firms.done(kind, 'list', ...jia);
      const last = listed.text(`${kind}s.0.id`);
      await ends('4 REASON_PERSONAL_DATA', kind, end, last, ...jia, '--reason', `客户 ${mobile} 已签字`);
      await ends('0', kind, end, last, ...jia, '--reason', '已了结');
    }
    const frozen = await firms.done('freeze', 'list', ...yi);
    await ends('0', 'freeze', 'end', frozen.text('freezes.0.id'), ...yi, '--reason', '已了结');
    await ends('0', 'purge', 'attest', ...jia, '--place', 'staff-phones', '--state', 'cleared');
    await ends('0', 'purge', 'attest', ...jia);
    await ends('4 LEDGER_NONE', 'purge', 'replay', ...jia);
    await ends('2 FILE_NOT_FOUND', 'purge', 'replay', 'inbox/blank.txt', ...jia);
  });

  test('single persons', async () => {
    const asks = ['--requester', 'self', '--verified', 'callback'];
    const subject = (verb: string, n: number, ...more: string[]) => [
      'subject',
      verb,
      who(n).cells.no,
      ...more,
    ];
    for (const firm of [jia, yi]) {
      await ends('2 REQUEST_WHO', ...subject('show', 0, ...firm));
      await ends('2 SUBJECT_UNKNOWN', ...subject('show', 20, ...asks, ...firm));
      await ends('0', ...subject('show', 0, ...asks, ...firm));
      await ends('0', ...subject('history', 0, ...firm));
      await endsWith(
        '4 CLI_DECLINED',
        { answers: ['n'] },
        ...subject('show', 0, ...asks, '--reveal', ...firm),
      );
    }
    await ends('0', ...subject('show', 15, ...asks, ...jia));
    // The one command that shows a person, asked to: what it printed is looked for, and then left out of the search.
    expectSilence();
    const revealed = await ends('0', ...subject('show', 0, ...asks, '--reveal', '--yes', ...jia));
    expect(canary.search('', Buffer.from(revealed.stdout)).length).toBeGreaterThan(2);
    expect(canary.search('', Buffer.from(revealed.stderr))).toEqual([]);
    expect(canary.search('', Buffer.from(documents.pop() ?? '')).length).toBeGreaterThan(2);
    typed.push(...firms.said.splice(0).map(({ argv }) => argv));
    for (const format of ['json', 'csv'])
      await ends(
        '0',
        ...subject('export', 0, '--out', `out/copy.${format}`, '--format', format, ...asks, ...jia),
      );
    await ends(
      '2 FILE_EXISTS',
      ...subject('export', 0, '--out', 'out/copy.csv', '--format', 'csv', ...asks, ...jia),
    );
    await ends('0', 'subject', 'duplicates', ...jia);

    writeFileSync(firms.path('inbox', 'name.txt'), `${who(19).cells.name}\n`);
    const correct = (field: string, ...more: string[]) =>
      subject('correct', 0, '--field', field, '--value-file', 'inbox/name.txt', ...asks, ...more);
    await ends('3 SUBJECT_VALUE', ...correct('mobile', ...jia));
    await ends('2 SUBJECT_FIELD', ...correct(who(0).cells.name, ...jia));
    await ends('4 SUBJECT_FIELD_FIXED', ...correct('customer_no', ...jia));
    await ends('0', ...correct('name', '--dry-run', ...jia));
    await ends('0', ...correct('name', ...jia));
    await ends('0', ...subject('withdraw', 1, ...asks, ...jia));
    await ends('0', ...subject('withdraw', 0, ...asks, ...jia));
    await ends('0', ...subject('object', 2, ...asks, ...jia));
    await ends('0', ...subject('erase', 2, ...asks, '--dry-run', ...jia));
    const reason = `${who(0).cells.mobile} ${who(0).cells.name}`;
    const opened = await ends(
      '0',
      'request',
      'open',
      who(3).cells.no,
      '--kind',
      'erasure',
      ...asks,
      ...jia,
      '--json',
    );
    const { request } = JSON.parse(opened.stdout);
    await ends('4 REASON_PERSONAL_DATA', 'request', 'refuse', request, '--reason', reason, ...jia);
    await ends('0', 'request', 'refuse', request, '--reason', '保存期未满', ...jia);
    await ends('0', 'request', 'list', '--all', ...jia);
    await ends('0', 'notice', 'list', ...jia);

    const notice = (n: number) => `jia/exchange/D-1-notice-${n}.notice.json`;
    await ends('0', 'notice', 'apply', notice(1), ...yi, '--dry-run');
    await ends('0', 'notice', 'apply', notice(1), ...yi);
    // The deal asks for a second person's approval of a purge.
    await ends('0', 'notice', 'apply', notice(2), ...yi, '--yes');
    const approve = ['approve', '--purge', ...yi, '--approver-passphrase-file', 'inbox/approver', '--yes'];
    await ends('0', ...approve, '--operator', '王芳');
    await ends('0', 'notice', 'apply', notice(2), ...yi, '--yes');
    for (const n of [1, 2])
      await ends('0', 'notice', 'accept', `yi/exchange/D-1-notice-${n}.completion.json`, ...jia);
    await ends('4 REASON_PERSONAL_DATA', 'deal', 'abort', 'D-1', '--reason', reason, ...jia);
    await ends('0', 'deal', 'abort', 'D-1', '--reason', '没有谈成', ...jia, '--dry-run');
  });

  test('purge: plan, approve, run, show', async () => {
    copyWhole(firms.path('jia'), firms.path('ended'));
    const ended = ['--workspace', 'ended'];
    const approve = [
      'approve',
      '--purge',
      '--approver-passphrase-file',
      'inbox/approver',
      '--operator',
      '王芳',
    ];
    await ends('0', 'purge', 'plan', '--kept-back', '--dry-run', ...ended);
    await ends('2 DATASET_UNKNOWN', 'purge', 'plan', '--dataset', 'none', ...ended);
    await ends('4 PURGE_NONE', 'purge', 'run', '--yes', '--keep-files', ...ended);
    await ends('0', 'purge', 'plan', '--kept-back', ...ended);
    await ends('4 APPROVAL_TOO_FEW', 'purge', 'run', '--yes', '--keep-files', ...ended);
    await ends('0', ...approve, '--dry-run', ...ended);
    await ends('0', ...approve, '--yes', ...ended);
    await ends('2 PURGE_FILES_UNDECIDED', 'purge', 'run', '--yes', ...ended);
    await endsWith('4 CLI_DECLINED', { answers: ['n'] }, 'purge', 'run', '--keep-files', ...ended);
    await ends('0', 'purge', 'run', '--keep-files', '--dry-run', ...ended);
    await ends('0', 'purge', 'run', '--keep-files', '--yes', ...ended);
    await ends('0', 'purge', 'show', ...ended);
    await ends('0', 'check', ...ended);
    await ends('0', 'status', ...ended);
    rmSync(firms.path('ended'), { recursive: true });
    // The buyer ends all of it, with the files that were written in clear.
    await ends('0', 'purge', 'plan', '--dataset', 'D-1-1.handover.zip', ...yi);
    await ends('0', ...approve, '--yes', ...yi);
    await ends('0', 'purge', 'run', '--shred', '--yes', ...yi);
    await ends('2 EXTRACT_NONE', 'extract', '--format', 'csv', '--yes', ...yi);
    for (const file of ['csv', 'ndjson', 'db'])
      expect(existsSync(firms.path('out', `extract.${file}`)), file).toBe(false);
    const found = [...contentsBelow(firms.path('yi'))].flatMap(([path, bytes]) => canary.search(path, bytes));
    expect(found).toEqual([]);
    await ends('2 FILE_NOT_FOUND', 'purge', 'show', 'inbox/none.certificate.json', ...jia);
    for (const name of ['good.csv', 'card.json', 'foreign.json']) {
      const said = await firms.run('purge', 'show', `inbox/${name}`, ...jia, ...flags);
      expect(said.exit, shown(said)).toBeGreaterThan(1);
    }
  });

  test('a sender whose rows are not what was agreed', async () => {
    await ends(
      '0',
      'init',
      'bing',
      '--role',
      'buyer',
      '--name',
      BUYER,
      '--phone',
      '1',
      '--unprotected',
      '--classic',
      '--test',
    );
    const card = firms.path('out', 'sender.card.json');
    writeFileSync(card, readFileSync(join(import.meta.dirname, '..', 'fixtures/keys/jia.card.json')));
    writeFileSync(
      `${card}.minisig`,
      readFileSync(join(import.meta.dirname, '..', 'fixtures/keys/jia.card.json.minisig')),
    );
    await ends(
      '0',
      'trust',
      'add',
      card,
      '--workspace',
      'bing',
      '--fingerprint',
      fingerprint(vectorSeller.card.digest),
    );
    const to = await partyAt(
      firms.path('bing', 'exchange', 'bing.card.json'),
      firms.path('bing', 'keys', 'identity.txt'),
    );
    for (const [name, expected, row] of MALFORMED) {
      await writeFileWith(firms.path('out', `${name}.zip`), to, row);
      await ends(expected, 'receive', `out/${name}.zip`, '--workspace', 'bing');
    }
    await ends('0', 'audit', 'log', '--workspace', 'bing');
    // Entries of the container are called after customers.
    const good = await entriesOf(
      sealBundle(await contentsOf({ to, terms: termsFor(to) }), vectorSeller.identity.signer),
    );
    for (const name of [
      `${LOOSE[4]}.txt`,
      `data/${LOOSE[4]}-00001.ndjson.gz.age`,
      `${who(0).cells.mobile}/../x`,
    ]) {
      writeFileSync(
        firms.path('out', 'named.zip'),
        pack([...good, { name, data: Buffer.from(who(0).cells.name) }]),
      );
      const said = await firms.run('receive', 'out/named.zip', '--workspace', 'bing', ...flags);
      expect(said.exit, shown(said)).toBe(6);
      expect(endOf(await firms.run('verify', 'out/named.zip', '--card', card, ...flags))).toMatch(/^6 /);
    }
    rmSync(firms.path('out', 'named.zip'));
  });

  test('workspaces that are damaged, and a fault nobody thought of', async () => {
    const copy = firms.path('broken');
    copyWhole(firms.path('jia'), copy);
    const db = readFileSync(join(copy, 'handover.db'));
    // The middle of the file is sealed pages.
    for (let at = Math.floor(db.length * 0.3); at < db.length * 0.9; at += 997) db[at] = (db[at] ?? 0) ^ 0x5a;
    writeFileSync(join(copy, 'handover.db'), db);
    for (const argv of [
      ['check'],
      ['check', '--explain', who(0).cells.no],
      ['export', '--again'],
      ['audit', 'verify'],
      ['status'],
      ['audit', 'log'],
    ]) {
      const said = await firms.run(...argv, '--workspace', 'broken', ...flags);
      expect(said.exit, shown(said)).not.toBe(1);
    }
    rmSync(copy, { recursive: true });
    const random = () => {
      throw new Error(`${LOOSE[5]} ${who(0).cells.name}`, { cause: who(0).cells });
    };
    await endsWith('1 CLI_FAULT', { random }, 'import', 'inbox/good.csv', '--again', '--force', ...jia);
  });

  test('incidents', async () => {
    const open = ['incident', 'open', '--what', 'lost-device', ...jia];
    const { no, name, mobile, id, lock } = who(0).cells;
    await ends('4 REASON_PERSONAL_DATA', ...open, '--summary', `电脑里有${name} ${mobile}`);
    await ends('4 REASON_PERSONAL_DATA', ...open, '--summary', `身份证 ${id}`);
    await ends('4 REASON_PERSONAL_DATA', ...open, '--summary', `门锁密码 ${lock}`);
    await ends('2 REASON_SHAPE', ...open, '--summary', `${name}\n${mobile}`);
    await ends('2 INCIDENT_TIME', ...open, '--summary', '电脑遗失', '--discovered', mobile);
    await ends('2 DATASET_UNKNOWN', ...open, '--summary', '电脑遗失', '--dataset', no);
    await ends('2 INCIDENT_BUNDLE_UNKNOWN', ...open, '--summary', '电脑遗失', '--bundle', no);
    await ends('6 BUNDLE_NOT_ZIP', ...open, '--summary', '电脑遗失', '--bundle', 'inbox/good.csv');
    await ends('0', ...open, '--summary', '电脑遗失');
    await ends(
      '0',
      'incident',
      'open',
      '--what',
      'misdirected',
      '--summary',
      '误发',
      '--bundle',
      bundle,
      ...yi,
    );
    await ends('2 INCIDENT_UNKNOWN', 'incident', 'show', no, ...jia);
    const update = ['incident', 'update', 'I-1', ...jia];
    await ends('4 REASON_PERSONAL_DATA', ...update, '--note', `已联系 ${mobile}`);
    await ends('4 REASON_PERSONAL_DATA', ...update, '--cause', `密码 ${lock}`);
    await ends('2 INCIDENT_TIME', ...update, '--told', 'police', '--at', id);
    await ends('0', ...update, '--told', 'authority', '--measure', '已更换口令');
    await ends(
      '4 INCIDENT_DUTIES_OPEN',
      'incident',
      'close',
      'I-1',
      '--outcome',
      '无',
      '--corrective',
      '无',
      ...jia,
    );
    await ends('0', ...update, '--told', 'persons', '--channel', 'sms');
    for (const reader of ['authority', 'persons']) {
      const draft = ['incident', 'draft', 'I-1', '--for', reader, ...jia];
      await ends('0', ...draft);
      await ends('0', ...draft, '--md', `out/${reader}.md`, '--html', `out/${reader}.html`);
    }
    await ends('0', 'incident', 'show', 'I-1', ...jia);
    await ends('0', 'incident', 'close', 'I-1', '--outcome', '未找回', '--corrective', '加密硬盘', ...jia);
    await ends('0', 'incident', 'list', ...jia);
    await ends('0', 'status', ...yi);
    await ends('2 LAW_UNKNOWN', 'laws', '--id', no);
    await ends('0', 'laws');
  });

  test('evidence for others', async () => {
    // Packs are not compressed, so a mark in any of their files would be seen.
    for (const [name, party] of [
      ['jia', jia],
      ['yi', yi],
    ] as const) {
      const files = ['html', 'md', 'csv'].flatMap((file) => [`--${file}`, `out/${name}-form.${file}`]);
      await ends('0', 'audit', 'form', ...files, ...party);
      await ends('0', 'audit', 'pack', '--with-form', '--out', `out/${name}-pack.zip`, ...party);
      await ends('0', 'audit', 'pack', '--unsigned', '--out', `out/${name}-plain.zip`, ...party);
    }
    await ends('2 FILE_EXISTS', 'audit', 'form', '--csv', 'out/jia-form.csv', ...jia);
    await ends('2 FILE_EXISTS', 'audit', 'pack', '--out', 'inbox/good.csv', ...jia);
    await ends('0', 'audit', 'verify', '--pack', 'out/jia-pack.zip');
    await ends('6 BUNDLE_NOT_ZIP', 'audit', 'verify', '--pack', 'inbox/good.csv');
    await ends('0', 'audit', 'report', '--html', 'out/report.html', ...jia);
    await ends('0', 'audit', 'prove', '--event', '3', '--out', 'out/event.proof.json', ...jia);
    await ends('0', 'audit', 'check-proof', 'out/event.proof.json', '--card', firms.cardOf('jia'));
    await ends('0', 'audit', 'check-proof', 'out/event.proof.json', ...jia);
  });

  test('everything else, every other command by its name alone', async () => {
    await ends('0', 'audit', 'log', ...jia);
    await ends('0', 'audit', 'verify', ...jia, '--against', 'yi/exchange/D-1-1.receipt.json');
    await ends('0', 'audit', 'timestamp', '--out', 'out/log.tsq', ...jia);
    await ends('4 PRUNE_NOTHING', 'audit', 'prune', '--before', '2020-01-01', ...jia);
    await ends('4 TAGS_STILL_NEEDED', 'audit', 'forget-tags', ...jia);
    await ends('0', 'deal', 'init', 'out/new.yaml', ...jia);
    await ends('0', 'deal', 'show', ...jia);
    await ends('0', 'trust', 'list', ...jia);
    await ends('0', 'card', 'export', ...jia, '--out', 'out/card.json');
    await ends('3', 'doctor', ...jia);
    const tried = [...typed, ...firms.said.map(({ argv }) => argv)].map((argv) => argv.join(' '));
    // In what every command prints when it is used, the scripts look for customers too (test/cli/script.ts).
    for (const name of COMMAND_NAMES.filter((each) => !tried.some((words) => words.startsWith(each))))
      await firms.run(...name.split(' '), ...jia, ...flags);
  });
});

function termsFor(to: Party) {
  return termsBetween(vectorSeller.card, to.card, { approvals: 0 });
}

/** The firm of a workspace, as the programs of the vectors know firms. */
async function partyAt(card: string, key: string): Promise<Party> {
  const claimed = readCard(readFileSync(card), readFileSync(`${card}.minisig`, 'utf8'), 'card');
  const identity = await openIdentity(readFileSync(key), null);
  return { identity, card: claimed, trusted: trustByFingerprint(claimed, fingerprint(claimed.digest)) };
}

/** A marked row as it should be. */
const rightRow = (n: number) =>
  lineOf([who(n).cells.no, who(n).cells.name, who(n).cells.mobile, who(n).cells.address]);

/** Rows that break the signed schema, each with a customer in it, between two that are right. */
const MALFORMED: readonly (readonly [name: string, expected: string, row: string])[] = [
  ['key', '6 BUNDLE_ROW', rightRow(2).replace('"name"', `"${who(2).cells.name}"`)],
  ['more', '6 BUNDLE_ROW', rightRow(2).replace('}', `,"notes":"${who(2).cells.notes}"}`)],
  ['fewer', '6 BUNDLE_ROW', rightRow(2).replace(/,"mobile":"[^"]*"/, '')],
  ['empty', '6 BUNDLE_ROW', rightRow(2).replace(/"mobile":"[^"]*"/, '"mobile":""')],
  ['number', '6 BUNDLE_ROW', rightRow(2).replace(/"mobile":"([^"]*)"/, '"mobile":$1')],
  ['cut', '6 BUNDLE_ROW', rightRow(2).slice(0, -9)],
  ['text', '6 BUNDLE_ROW', `${who(2).cells.name},${who(2).cells.mobile}`],
  ['tag', '6 BUNDLE_ROW', rightRow(2).replace(/"_tag":"[^"]*"/, `"_tag":"${who(2).cells.no}"`)],
  ['good', '0', rightRow(2)],
];

async function writeFileWith(path: string, to: Party, row: string): Promise<void> {
  const page = [rightRow(0), row, rightRow(1)].map((each) => `${each}\n`).join('');
  const contents = await contentsOf({ to, terms: termsFor(to), pages: [[page]] });
  writeFileSync(path, await fileOf(sealBundle(contents, vectorSeller.identity.signer)));
}

test('a mark is found however it is written', () => {
  const [mark = ''] = LOOSE;
  const probe = new Canary([mark]);
  const packed = Buffer.from(mark);
  for (const bytes of [
    packed,
    Buffer.from(mark, 'utf16le'),
    Buffer.from(encodeGb18030(mark)),
    Buffer.from(packed.toString('hex')),
    Buffer.from(`{"x":"${packed.toString('base64')}"}`),
    Buffer.from(Buffer.from(`a${mark}`).toString('base64')),
    Buffer.from(Buffer.from(`ab${mark}cd`).toString('base64url')),
    Buffer.from(encodeURIComponent(mark)),
  ])
    expect(
      probe.search('', Buffer.concat([Buffer.from('before '), bytes, Buffer.from(' after')])),
    ).toHaveLength(1);
  expect(probe.search('', Buffer.from('王鸑鷟'))).toEqual([]);
});
