import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { EXIT } from '../../src/messages/exit.js';
import { COMMAND_NAMES, SHAPES } from '../../src/cli/shapes.js';
import type { System } from '../../src/cli/system.js';
import { displayWidth } from '../../src/report/terminal.js';
import { workbook } from '../kit/workbook.js';
import { changesBetween, keptIn, REFUSALS } from './unchanged.js';
import type { Beginnings } from './beginnings.js';
import { type Draws, type Ended, repeatableRandom, runIn } from './world.js';
import { Authority } from '../kit/authority.js';
import { copyWhole } from '../kit/folders.js';
import { signTables } from '../kit/signed-tables.js';
import { OpenDatabase } from '../kit/sqlite.js';

/** The language is described in fixtures/scripts/README.md. */

interface Line {
  readonly number: number;
  readonly text: string;
}

/** A file that is written before the first command. */
export interface ScriptFile {
  readonly name: string;
  readonly encoding: string;
  readonly text: string;
}

export interface Script {
  readonly lines: readonly Line[];
  readonly files: readonly ScriptFile[];
  /** After how many lines an included part ends, ascending. */
  readonly partEnds: readonly number[];
}

/** @param load gives the text of another script, for `include` */
export function readScript(text: string, load: (name: string) => string): Script {
  const lines: Line[] = [];
  const files: { name: string; encoding: string; text: string }[] = [];
  const included: ScriptFile[] = [];
  const partEnds: number[] = [];
  for (const [i, line] of text.replace(/\n$/, '').split('\n').entries()) {
    const section = /^-- (.+?)(?: \(([a-z0-9-]+)\))? --$/.exec(line);
    const file = files.at(-1);
    if (section !== null) files.push({ name: section[1] ?? '', encoding: section[2] ?? 'utf-8', text: '' });
    else if (file !== undefined) file.text += `${line}\n`;
    else if (line.startsWith('include ')) {
      const part = readScript(load(line.slice('include '.length)), load);
      partEnds.push(...part.partEnds.map((end) => lines.length + end), lines.length + part.lines.length);
      lines.push(...part.lines.map((each) => ({ number: i + 1, text: each.text })));
      files.push(...part.files.map((each) => ({ ...each })));
      included.push(...files.splice(0));
    } else lines.push({ number: i + 1, text: line });
  }
  return { lines, files: [...included, ...files], partEnds };
}

/**
 * Runs a script in `folder`, which is empty. Throws, naming the line, at the first thing that is not as written.
 *
 * @param beginnings of scripts that ran in this very folder
 * @returns the time at its end
 */
export async function runScript(script: Script, folder: string, beginnings: Beginnings): Promise<string> {
  const begun = beginnings.longestOf(script);
  for (const file of begun === null ? script.files : script.files.filter((each) => !begun.files.has(each))) {
    const path = join(folder, file.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, encoded(file.text, file.encoding), { mode: 0o600 });
  }
  if (begun !== null) beginnings.restore(begun, folder);
  const session = new Session(folder, markersIn(script), begun?.state);
  for (const [i, line] of script.lines.entries()) {
    if (i < (begun?.lines ?? 0)) continue;
    try {
      await session.take(line.text, script.lines.slice(i + 1));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`line ${line.number}: ${line.text}\n${reason}\n${session.shown}`);
    }
    if (script.partEnds.includes(i + 1)) beginnings.keep(script, i + 1, folder, session.state);
  }
  session.settle();
  return session.time;
}

/** What points at one customer of a script: the mobile numbers and addresses in its tables. */
function markersIn({ files }: Script): readonly string[] {
  const cells = files.filter(({ name }) => name.endsWith('.csv')).flatMap(({ text }) => text.split(/[,\n]/));
  return [...new Set(cells.filter((cell) => /^1[3-9]\d{9}$|^上海市.*\d号/.test(cell)))];
}

/** Commands that exist to show a customer's values, when they are asked to. */
const SHOWS_VALUES = ['--reveal', '--with-values', 'check-proof'];

/**
 * A command stays on its line, because it is copied; so does a word that is longer than half a line, such as a path. Between Chinese
 * characters a line may break anywhere: a sentence of them is no such word.
 */
export function isTooWide(line: string, columns: number): boolean {
  if (displayWidth(line) <= columns || /^\s*(?:\$ )?handover /.test(line)) return false;
  return !line.split(WORD_ENDS).some((word) => displayWidth(word) > columns / 2);
}
const WORD_ENDS = /[\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+/u;

/** Whether the command before these lines is expected to do nothing. */
function isRefused([next]: readonly Line[]): boolean {
  const exit = /^\? (\d+)$/.exec(next?.text ?? '')?.[1];
  return exit !== undefined && REFUSALS.includes(Number(exit));
}

/**
 * That something came which is not what it says is put down in the log; `export FILE` keeps what it imported and checked; an erasure that a
 * hold forbids is an answered request, and the buyer is to be told.
 */
function mayChange([verb = '', noun = '']: readonly string[], name: string, exit: number): boolean {
  const isLog = / (?:event|checkpoint|tables_seal)$|log\.tip$/.test(name);
  if (LOGS_REFUSALS.includes(verb) && isLog) return true;
  // A certificate that says "failed" ends so; what was purged is gone all the same.
  if (`${verb} ${noun}` === 'purge run' && exit === EXIT.integrity) return true;
  if (`${verb} ${noun}` === 'subject erase')
    return isLog || / (?:request|subject_mark|spelling|late_word)$/.test(name);
  if (LOGS_REFUSALS.includes(`${verb} ${noun}`)) return isLog;
  return verb === 'export' && noun.endsWith('.csv') && / (?:check_run|check_page|dataset|page)$/.test(name);
}

/** Whether a command has a rehearsal, which has to end as the command does. `export FILE` has none. */
function isRehearsable(argv: readonly string[]): boolean {
  const name = COMMAND_NAMES.find((each) => each === argv.slice(0, each.split(' ').length).join(' '));
  return (
    name !== undefined &&
    'dryRun' in SHAPES[name] &&
    !argv.includes('--dry-run') &&
    !(name === 'export' && /\.csv$/.test(argv[1] ?? ''))
  );
}

/** What is only seen when something is asked, written or opened: what a rehearsal leaves out. */
const SEEN_WHEN_DONE = /^(?:CLI_\w+|KEY_PASSPHRASE|OPENED_CHANGED)$/;

/** The code by which a command failed; '' where its document or screen names none. */
function codeOf({ stdout, stderr }: Ended): string {
  return /"code": "([A-Z_]+)"/.exec(stdout)?.[1] ?? /\s([A-Z]+_[A-Z_]+)$/m.exec(stderr)?.[1] ?? '';
}

/** Commands that leave one event when they refuse something, with a code and no data. */
const LOGS_REFUSALS = [
  'bundle plan',
  'bundle assemble',
  'bundle split',
  'source plan',
  'import',
  'export',
  'receive',
  'receipt accept',
  'notice apply',
  'notice accept',
  'trust add',
];

/** Where a script is, apart from the files. */
export interface SessionState {
  /** How often chance was asked for 32 bytes. */
  readonly drawn: number;
  readonly saved: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative to the script's folder. */
  readonly cwd: string;
  readonly time: string;
  readonly columns: number;
  readonly answers: readonly string[] | undefined;
  readonly last: Ended | undefined;
  /** Whether the exit number of the last command was looked at. */
  readonly settled: boolean;
  /** Whether in the next command every look at the clock is seconds later. */
  readonly isSlow: boolean;
}

const BEGINNING: SessionState = {
  drawn: 0,
  saved: new Map(),
  env: { HANDOVER_OPERATOR: 'tester' },
  cwd: '',
  time: '2026-11-20T08:00:00Z',
  columns: 80,
  answers: undefined,
  last: undefined,
  settled: true,
  isSlow: false,
};

class Session {
  readonly #folder: string;
  /** Must not appear in what a command prints. */
  readonly #markers: readonly string[];
  readonly #draws: Draws;
  readonly #random: System['random'];
  readonly #saved: Map<string, string>;
  readonly #env: Record<string, string | undefined>;
  #cwd: string;
  #time: string;
  #columns: number;
  #answers: string[] | undefined;
  #last: Ended | undefined;
  #settled: boolean;
  #isSlow: boolean;

  constructor(folder: string, markers: readonly string[], from: SessionState = BEGINNING) {
    this.#folder = folder;
    this.#markers = markers;
    this.#draws = { count: from.drawn };
    this.#random = repeatableRandom('script', this.#draws);
    this.#saved = new Map(from.saved);
    this.#env = { ...from.env };
    this.#cwd = join(folder, from.cwd);
    this.#time = from.time;
    this.#columns = from.columns;
    this.#answers = from.answers === undefined ? undefined : [...from.answers];
    this.#last = from.last;
    this.#settled = from.settled;
    this.#isSlow = from.isSlow;
  }

  get state(): SessionState {
    return {
      drawn: this.#draws.count,
      saved: new Map(this.#saved),
      env: { ...this.#env },
      cwd: relative(this.#folder, this.#cwd),
      time: this.#time,
      columns: this.#columns,
      answers: this.#answers,
      last: this.#last,
      settled: this.#settled,
      isSlow: this.#isSlow,
    };
  }

  get time(): string {
    return this.#time;
  }

  get shown(): string {
    const last = this.#last;
    return last === undefined
      ? ''
      : `exit ${last.exit}\n--- stdout\n${last.stdout}--- stderr\n${last.stderr}---`;
  }

  /** A command without a `?` line must have ended well. */
  settle(): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#expect(this.#last?.exit === 0, 'the command did not end with 0');
  }

  async take(raw: string, following: readonly Line[]): Promise<void> {
    if (raw.trim() === '' || raw.startsWith('#') || raw.startsWith('| ') || raw === '|') return;
    const [, word = '', rest = ''] = /^(\S+) ?(.*)$/.exec(this.#filled(raw)) ?? [];
    if (word === '?') {
      this.#settled = true;
      return this.#expect(this.#last?.exit === Number(rest), 'another exit number');
    }
    this.settle();
    switch (word) {
      case '$':
        return this.#command(rest, isRefused(following));
      case '<':
        this.#answers = [...(this.#answers ?? []), rest];
        return;
      case 'stdout':
      case 'stderr':
        return this.#output(word, rest, following);
      case 'json':
        return this.#json(rest);
      case 'save': {
        const [, name = '', path, pattern = ''] = /^(\w+) (?:stdout|file (\S+)) \/(.*)\/$/.exec(rest) ?? [];
        const text = path === undefined ? (this.#last?.stdout ?? '') : readFileSync(this.#path(path), 'utf8');
        const found = new RegExp(pattern, 'u').exec(text);
        this.#expect(found !== null, 'nothing found to save');
        this.#saved.set(name, found?.[1] ?? found?.[0] ?? '');
        return;
      }
      case 'exists':
        return this.#expect(existsSync(this.#path(rest)), 'it is not there');
      case 'absent':
        return this.#expect(!existsSync(this.#path(rest)), 'it is there');
      case 'same': {
        const [a = '', b = ''] = words(rest);
        return this.#expect(readFileSync(this.#path(a)).equals(readFileSync(this.#path(b))), 'they differ');
      }
      case 'file': {
        const [, path = '', verb, text = ''] = /^(\S+) (contains|lacks) (.*)$/.exec(rest) ?? [];
        const has = readFileSync(this.#path(path), 'utf8').includes(text);
        return this.#expect(verb === 'contains' ? has : verb === 'lacks' && !has, 'not so');
      }
      case 'env': {
        const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(rest) ?? [];
        this.#env[name] = value === '' ? undefined : value;
        return;
      }
      case 'cd':
        this.#cwd = join(this.#folder, rest);
        return;
      case 'time':
        this.#time = rest;
        return;
      case 'columns':
        this.#columns = Number(rest);
        return;
      case 'copy': {
        const [from = '', to = ''] = words(rest);
        copyWhole(this.#path(from), this.#path(to));
        return;
      }
      case 'remove':
        rmSync(this.#path(rest));
        return;
      case 'replace': {
        const [path = '', before = '', after = ''] = words(rest);
        const text = readFileSync(this.#path(path), 'utf8');
        this.#expect(text.includes(before), 'the file does not hold what is to be replaced');
        writeFileSync(this.#path(path), text.replace(before, after));
        return;
      }
      case 'fill': {
        const path = this.#path(rest);
        writeFileSync(path, this.#filled(readFileSync(path, 'utf8')));
        return;
      }
      case 'slow':
        this.#isSlow = true;
        return;
      case 'made':
      case 'sql': {
        const [, name = '', statement = ''] = /^(\S+) (.*)$/.exec(rest) ?? [];
        const db = new OpenDatabase(join(this.#folder, name, 'handover.db'));
        for (const trigger of db.column(`SELECT name FROM sqlite_master WHERE type = 'trigger'`))
          db.exec(`DROP TRIGGER ${String(trigger)}`);
        db.exec(statement);
        db.close();
        if (word === 'made') await signTables(join(this.#folder, name));
        return;
      }
      case 'stamp': {
        const [request = '', answer = '', root = ''] = words(rest);
        const authority = new Authority(`${this.#path(root)}.authority`, 'ec');
        authority.issue('stamp');
        writeFileSync(this.#path(answer), authority.reply(readFileSync(this.#path(request)), 'stamp'));
        writeFileSync(this.#path(root), readFileSync(authority.root));
        return;
      }
      case 'flip': {
        const [path = '', offset = '0'] = words(rest);
        const bytes = readFileSync(this.#path(path));
        const at = Number(offset) < 0 ? bytes.length + Number(offset) : Number(offset);
        bytes[at] = (bytes[at] ?? 0) ^ 0xff;
        writeFileSync(this.#path(path), bytes);
        return;
      }
      default:
        throw new Error('no such line in the language of scripts (fixtures/scripts/README.md)');
    }
  }

  async #command(rest: string, refused: boolean): Promise<void> {
    const [program, ...argv] = words(rest);
    if (program !== 'handover') throw new Error('a command begins with handover');
    const answers = this.#answers;
    this.#answers = undefined;
    const before = refused ? keptIn(this.#folder) : null;
    const rehearsed = refused && isRehearsable(argv) ? await this.#rehearse(argv, answers) : null;
    let shown = 0;
    const elapsed = this.#isSlow ? () => (shown += 6000) : () => 0;
    this.#isSlow = false;
    this.#last = await runIn(
      {
        cwd: this.#cwd,
        env: this.#env,
        time: this.#time,
        columns: this.#columns,
        random: this.#random,
        answers,
        elapsed,
      },
      ...argv,
    );
    this.#settled = false;
    if (rehearsed !== null) {
      const [wanted, found] = [this.#last, rehearsed].map((each) => `${each.exit} ${codeOf(each)}`);
      this.#expect(
        wanted === found ||
          SEEN_WHEN_DONE.test(codeOf(this.#last)) ||
          // What a purge did not reach shows when it has run.
          (this.#last.exit === EXIT.integrity && argv.join(' ').startsWith('purge run')) ||
          // Whether a reject file in the way holds these very rows shows when they are written.
          (argv[0] === 'import' && codeOf(this.#last) === 'FILE_EXISTS'),
        `its rehearsal ends with ${found}, the command with ${wanted}`,
      );
    }
    if (before !== null) {
      const { exit } = this.#last;
      const changed = changesBetween(before, keptIn(this.#folder)).filter(
        (name) => !mayChange(argv, name, exit),
      );
      this.#expect(changed.length === 0, `it fails and changes ${changed.join(', ')}`);
    }
    const { stdout, stderr } = this.#last;
    const isShown = argv.some((word) => SHOWS_VALUES.includes(word));
    const leaked = isShown ? [] : this.#markers.filter((marker) => `${stdout}${stderr}`.includes(marker));
    this.#expect(leaked.length === 0, 'it shows what belongs to a customer');
    if (argv.includes('--json')) return;
    const wide = `${stdout}${stderr}`.split('\n').filter((line) => isTooWide(line, this.#columns));
    this.#expect(wide.length === 0, `wider than the screen: ${wide.join('\n')}`);
  }

  /** What the same command says with --dry-run. */
  #rehearse(argv: readonly string[], answers: readonly string[] | undefined): Promise<Ended> {
    return runIn(
      {
        cwd: this.#cwd,
        env: this.#env,
        time: this.#time,
        columns: this.#columns,
        random: repeatableRandom('rehearsal'),
        answers: answers === undefined ? undefined : [...answers],
        elapsed: () => 0,
      },
      ...argv,
      '--dry-run',
      '--json',
    );
  }

  #output(stream: 'stdout' | 'stderr', rest: string, following: readonly Line[]): void {
    const text = this.#last?.[stream] ?? '';
    const [, verb = '', wanted = ''] = /^(\w+) ?(.*)$/.exec(rest) ?? [];
    switch (verb) {
      case 'contains':
        this.#expect(text.includes(wanted), `${stream} has no such text`);
        break;
      case 'lacks':
        this.#expect(!text.includes(wanted), `${stream} has that text`);
        break;
      case 'matches':
        this.#expect(new RegExp(wanted.slice(1, -1), 'mu').test(text), `${stream} does not match`);
        break;
      case 'empty':
        this.#expect(text === '', `${stream} is not empty`);
        break;
      case 'is': {
        const end = following.findIndex((line) => !/^\|( |$)/.test(line.text));
        const lines = following
          .slice(0, end < 0 ? undefined : end)
          .map((line) => this.#filled(line.text).slice(2));
        this.#expect(text === lines.map((line) => `${line}\n`).join(''), `${stream} is different`);
        break;
      }
      default:
        throw new Error('stdout and stderr: contains, lacks, matches, empty or is');
    }
  }

  #json(rest: string): void {
    const [, path = '', wanted = ''] = /^(\S+) = (.*)$/.exec(rest) ?? [];
    const document: unknown = JSON.parse(this.#last?.stdout ?? '');
    const found = path.split('.').reduce<unknown>((value, key) => member(value, key), document);
    const same = JSON.stringify(found) === JSON.stringify(JSON.parse(wanted));
    this.#expect(same, `found ${JSON.stringify(found)}`);
  }

  #filled(text: string): string {
    return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = this.#saved.get(name);
      if (value === undefined) throw new Error(`nothing was saved as ${name}`);
      return value;
    });
  }

  #path(given: string): string {
    return join(this.#cwd, given);
  }

  #expect(holds: boolean, otherwise: string): void {
    if (!holds) throw new Error(otherwise);
  }
}

function member(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([k]) => k === key)?.[1]
    : undefined;
}

/** Words as a shell splits them: spaces part them, quotes hold them together. */
export function words(line: string): string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

function encoded(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (encoding === 'gb18030') return gb18030(text);
  if (encoding === 'escaped') return escaped(text);
  if (encoding === 'counted') return Buffer.from(counted(text), 'utf8');
  if (encoding === 'workbook')
    return workbook({
      sheets: sheetsIn(counted(text)),
      styles: '<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId="1"/></cellXfs>',
      more: { 'xl/externalLinks/externalLink1.xml': '<externalLink/>' },
    });
  throw new Error(`no such encoding in scripts: ${encoding}`);
}

/** `\xNN` is the byte NN, whatever the encoding of the rest. */
function escaped(text: string): Uint8Array {
  return Buffer.concat(
    text
      .split(/(\\x[0-9a-f]{2})/)
      .map((part) =>
        /^\\x/.test(part) ? Buffer.of(Number.parseInt(part.slice(2), 16)) : Buffer.from(part, 'utf8'),
      ),
  );
}

/** `N × LINE` is so many lines, in each of which `#` is its number. */
function counted(text: string): string {
  const lines = text.split('\n').flatMap((line) => {
    const [, times, each = ''] = /^(\d+) × (.*)$/.exec(line) ?? [];
    return times === undefined
      ? [line]
      : Array.from({ length: Number(times) }, (_, i) => each.replaceAll('#', String(i + 1)));
  });
  return lines.join('\n');
}

/** `[NAME]` begins a sheet; what follows is the inside of its worksheet. */
function sheetsIn(text: string): Record<string, string> {
  const sheets: Record<string, string> = {};
  let name = '';
  for (const line of text.split('\n')) {
    const begun = /^\[(.+)\]$/.exec(line)?.[1];
    if (begun !== undefined) name = begun;
    else sheets[name] = `${sheets[name] ?? ''}${line}`;
  }
  return sheets;
}

/** Encodes by inverting the decoder over all two-byte codes: enough for scripts, and no second opinion about the encoding. */
function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const table = new Map<string, readonly number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1) {
    for (let low = 0x40; low <= 0xfe; low += 1) {
      if (low === 0x7f) continue;
      try {
        table.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
      } catch {
        // Not every pair is a character.
      }
    }
  }
  return Uint8Array.from(
    [...text].flatMap((character) => {
      if (character < '\u0080') return [character.charCodeAt(0)];
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error('a character without a two-byte code');
      return [...bytes];
    }),
  );
}
