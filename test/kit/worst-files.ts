import { zipped } from './workbook.js';

const MIB = 1024 * 1024;

type Shape = readonly [name: string, text: (bytes: number) => string | Uint8Array];

const filled = (piece: string) => (bytes: number) => piece.repeat(Math.floor(bytes / piece.length));
const keys = (bytes: number) =>
  `{${Array.from({ length: Math.floor(bytes / 12) }, (_, i) => `"k${i.toString(36).padStart(5, '0')}":0`).join(',')}}`;

const JSON_SHAPES: readonly Shape[] = [
  ['lists', (bytes) => `[${filled('[],')(bytes - 3)}[]]`],
  ['levels', filled('[')],
  ['keys', keys],
  ['one text', (bytes) => `{"format":"${'a'.repeat(bytes - 20)}"}`],
  ['escapes', (bytes) => `["${filled('\\u0041')(bytes - 4)}"]`],
];
const TEXT_SHAPES: readonly Shape[] = [
  ['blanks', (bytes) => `a${' '.repeat(bytes - 2)}b`],
  ['line ends', filled('\n')],
  ['one line', filled('a')],
  ['quotes', filled('"')],
  ['backslashes in quotes', (bytes) => `"${filled('\\')(bytes - 1)}`],
  ['signs', filled('=')],
  ['nothing', (bytes) => new Uint8Array(bytes)],
];
const YAML_SHAPES: readonly Shape[] = [
  ...TEXT_SHAPES,
  ['flow lists', filled('[')],
  ['list marks', filled('- ')],
  ['keys', (bytes) => Array.from({ length: bytes / 16 }, (_, i) => `key${i}: 0\n`).join('')],
  ['references', (bytes) => `a: &a [x]\nb: [${filled('*a,')(bytes - 20)}]`],
  ['comments', filled('#\n')],
  ['tags', filled('!!a ')],
];
const PAGE = (inside: string) =>
  `<!doctype html><script type="application/json" id="data">${inside}</script>`;

interface Reader {
  readonly argv: readonly string[];
  readonly file: string;
  readonly bytes: number;
  readonly shapes: readonly Shape[];
}

const json = (bytes: number, ...argv: readonly string[]): Reader => ({
  argv,
  file: 'x.json',
  bytes,
  shapes: JSON_SHAPES,
});

/** Every command that reads a file from outside, how long a file it takes, and the shapes that are worst for it. */
export const WORST_READERS: readonly Reader[] = [
  json(MIB, 'card', 'show', 'FILE'),
  json(MIB, 'deal', 'sign', 'FILE', '--yes', '--workspace', 'jia'),
  { argv: ['deal', 'check', 'FILE', '--workspace', 'jia'], file: 'x.yaml', bytes: MIB, shapes: YAML_SHAPES },
  json(MIB, 'receipt', 'accept', 'FILE', '--workspace', 'jia'),
  json(MIB, 'notice', 'apply', 'FILE', '--yes', '--workspace', 'yi'),
  json(MIB, 'notice', 'accept', 'FILE', '--workspace', 'jia'),
  json(16 * MIB, 'purge', 'show', 'FILE', '--workspace', 'jia'),
  json(64 * MIB, 'purge', 'replay', 'FILE', '--workspace', 'jia'),
  json(16 * MIB, 'audit', 'verify', '--against', 'FILE', '--workspace', 'jia'),
  json(24 * MIB, 'audit', 'check-proof', 'FILE', '--card', 'CARD'),
  {
    argv: ['audit', 'verify', '--report', 'FILE'],
    file: 'x.html',
    bytes: 16 * MIB,
    shapes: [
      ...JSON_SHAPES.map(([name, make]): Shape => [name, (bytes) => PAGE(String(make(bytes - 100)))]),
      ...TEXT_SHAPES,
    ],
  },
  {
    argv: ['audit', 'verify', '--archive', 'FILE', '--card', 'CARD'],
    file: 'x.ndjson',
    bytes: 256 * MIB,
    shapes: [
      ['line ends', filled('\n')],
      ['one line', (bytes) => Buffer.alloc(bytes, 0x61)],
      ['lists', (bytes) => Buffer.alloc(bytes, '[],')],
    ],
  },
  {
    argv: ['audit', 'verify', '--against', 'FILE', '--workspace', 'jia'],
    file: 'x.txt',
    bytes: 16 * MIB,
    shapes: TEXT_SHAPES,
  },
  {
    argv: [
      'hold',
      'add',
      '--subjects-file',
      'FILE',
      '--title',
      'x',
      '--reason',
      'case',
      '--workspace',
      'jia',
    ],
    file: 'x.txt',
    bytes: 8 * MIB,
    shapes: TEXT_SHAPES,
  },
  {
    argv: ['import', 'post/c.csv', '--mapping', 'FILE', '--dry-run', '--workspace', 'jia'],
    file: 'x.mapping.txt',
    bytes: MIB,
    shapes: [...TEXT_SHAPES, ['half a line', (bytes) => `"a" ${' '.repeat(bytes - 6)}b`]],
  },
  {
    argv: ['audit', 'timestamp', '--accept', 'FILE', '--ca', 'CARD', '--workspace', 'jia'],
    file: 'x.tsr',
    bytes: MIB,
    shapes: [
      ['sequences', (bytes) => Buffer.alloc(bytes, Buffer.from([0x30, 0x80]))],
      ['sequences in sequences', nested],
      ['nothing', (bytes) => new Uint8Array(bytes)],
    ],
  },
  {
    argv: ['audit', 'timestamp', '--accept', 'CARD', '--ca', 'FILE', '--workspace', 'jia'],
    file: 'x.pem',
    bytes: MIB,
    shapes: [
      ...TEXT_SHAPES,
      ['beginnings', filled('-----BEGIN CERTIFICATE-----\n')],
      ['empty ones', filled('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n')],
    ],
  },
  ...(['verify', 'receive'] as const).map(
    (verb): Reader => ({
      argv: [verb, 'FILE', ...(verb === 'verify' ? ['--card', 'CARD'] : ['--workspace', 'yi'])],
      file: 'x.zip',
      bytes: 64 * MIB,
      shapes: ARCHIVES(),
    }),
  ),
  { argv: ['audit', 'verify', '--pack', 'FILE'], file: 'x.zip', bytes: 64 * MIB, shapes: ARCHIVES() },
  {
    argv: ['import', 'FILE', '--workspace', 'jia'],
    file: 'x.xlsx',
    bytes: 16 * MIB,
    shapes: [
      ...ARCHIVES(),
      ['an open tag', (bytes) => sheet(`<${'a'.repeat(bytes)}`)],
      ['levels', (bytes) => sheet(filled('<a>')(bytes))],
      [
        'attributes',
        (bytes) => sheet(`<row ${Array.from({ length: bytes / 12 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
      ],
      ['entities', (bytes) => sheet(`<c><v>${filled('&amp;')(bytes)}</v></c>`)],
      ['a far cell', () => sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')],
      [
        'one long text',
        (bytes) => sheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>${'a'.repeat(bytes)}</t></is></c></row>`),
      ],
    ],
  },
];

/** Sequences one in the other, as many as fit. */
function nested(bytes: number): Uint8Array {
  let inner = Buffer.alloc(0);
  const heads: Buffer[] = [];
  for (let length = 0; length < bytes - 8; ) {
    const head = Buffer.from([0x30, 0x83, (length >> 16) & 255, (length >> 8) & 255, length & 255]);
    heads.push(head);
    length += head.length;
  }
  inner = Buffer.concat(heads.reverse());
  return inner;
}

function sheet(inside: string): Uint8Array {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  return zipped({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook ${main} xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="s" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${inside}</sheetData></worksheet>`,
  });
}

/** Archives that are none, or too much of one. */
function ARCHIVES(): readonly Shape[] {
  return [
    ['nothing', (bytes) => new Uint8Array(bytes)],
    ['ends', (bytes) => Buffer.alloc(bytes, 'PK\x05\x06')],
    ['beginnings', (bytes) => Buffer.alloc(bytes, 'PK\x01\x02')],
    [
      'sixty thousand entries',
      () => zipped(Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`f${i}`, '']))),
    ],
    ['a long name', () => zipped({ ['a'.repeat(60_000)]: '' })],
  ];
}
