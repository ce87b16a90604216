import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TEXT_FORMAT } from '../src/campaign/text.js';
import { EVENT_ACTIONS, EVENT_FORMAT } from '../src/audit/event.js';
import { CERTIFICATE_FORMAT } from '../src/retention/certificate.js';
import { ERASED_FORMAT } from '../src/retention/erased.js';
import { APPROVAL_FORMAT } from '../src/bundle/approval.js';
import { MAX_BUNDLE_BYTES } from '../src/bundle/container.js';
import { SENDING_FORMAT } from '../src/bundle/sending.js';
import {
  DEAL,
  limitOf,
  MANIFEST,
  partName,
  README,
  MAX_PACKED_PAGE_BYTES,
} from '../src/bundle/entry-names.js';
import { COMPLETION_FORMAT } from '../src/bundle/completion.js';
import { LOT_FORMAT, LOT_JOB_FORMAT, LOTS_FORMAT } from '../src/bundle/lots.js';
import { MANIFEST_FORMAT } from '../src/bundle/manifest.js';
import { PACK_FORMAT } from '../src/bundle/pack.js';
import { NOTICE_DATA_FORMAT, NOTICE_FORMAT } from '../src/bundle/notice.js';
import { OPENED_PART_FORMAT, OPENING_JOB_FORMAT } from '../src/bundle/opening.js';
import { PLAN_FORMAT } from '../src/bundle/plan.js';
import { RANGE_JOB_FORMAT, RANGES_FORMAT, READ_RANGE_FORMAT } from '../src/bundle/ranges.js';
import { RECEIPT_FORMAT } from '../src/bundle/receipt.js';
import { MAX_PAGE_BYTES } from '../src/bundle/rows.js';
import { SECRETS_FORMAT } from '../src/bundle/secrets.js';
import { parseCommandLine } from '../src/cli/parse.js';
import { readDate } from '../src/base/time.js';
import { DEAL_FORMAT, FIELD_ACTIONS } from '../src/deal/terms.js';
import { DEAL_KINDS } from '../src/messages/deal-kinds.js';
import { EVENT_PROOF_FORMAT } from '../src/audit/event-proof.js';
import { SUBJECT_PROOF_FORMAT } from '../src/bundle/subject-proof.js';
import { REPORT_DATA_FORMAT } from '../src/report/signed-page.js';
import { CARD_FORMAT } from '../src/identity/card.js';
import { COPY_FORMAT } from '../src/steps/persons/export.js';
import { LIMIT_CODES } from '../src/messages/limits.js';
import { PROBLEM_CODES } from '../src/messages/problem.js';
import { PURGE_APPROVAL_FORMAT } from '../src/retention/purge-approval.js';
import { PURGE_PLAN_FORMAT } from '../src/retention/purge-plan.js';
import { words } from './cli/script.js';
import { type JsonSchema, published } from './kit/schemas.js';

/*
 * What the documents say has to be so: commands parse, links lead somewhere, codes, constants, files and requirement ids exist, and the two
 * READMEs are one text in two languages.
 */

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Everything that is tracked or would be. */
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

const documents = tracked.filter((path) => path.endsWith('.md'));
const sources = tracked.filter((path) => /^(?:src|test|bench|bin|fixtures)\/.*\.(?:ts|js)$/.test(path));

interface Block {
  readonly language: string;
  readonly lines: readonly string[];
}

/** The fenced blocks of a document, and the text without them. */
function parts(text: string): { readonly blocks: readonly Block[]; readonly prose: string } {
  const blocks: Block[] = [];
  const prose = text.replace(/^```(\w*)\n([\s\S]*?)^```$/gm, (_, language: string, body: string) => {
    blocks.push({ language, lines: body.replace(/\n$/, '').split('\n') });
    return '';
  });
  return { blocks, prose };
}

const headings = (text: string): string[] => parts(text).prose.match(/^#+ .*$/gm) ?? [];

/** The anchor that a heading has on the usual forges. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

describe('the two READMEs', () => {
  const [en, zh] = [read('README.md'), read('README.zh-CN.md')];

  it('have the same headings, level by level', () => {
    const levels = (text: string) => headings(text).map((heading) => heading.indexOf(' '));
    expect(levels(zh)).toEqual(levels(en));
    expect(levels(en).length).toBeGreaterThan(8);
  });

  it('have the same code, block by block', () => {
    expect(parts(zh).blocks).toEqual(parts(en).blocks);
  });

  it('have the same lists and the same links', () => {
    const items = (text: string) => parts(text).prose.match(/^- /gm)?.length;
    const links = (text: string) =>
      linksOf(text)
        .filter((link) => !link.startsWith('README'))
        .sort();
    expect(items(zh)).toBe(items(en));
    expect(links(zh)).toEqual(links(en));
  });

  it('Chinese is written with full-width punctuation', () => {
    const odd = parts(zh)
      .prose.replace(/`[^`]*`|\]\([^)]*\)/g, '')
      .match(/.{0,6}\p{Script=Han}[,;:!?()].{0,6}|.{0,6}[,;:!?()]\p{Script=Han}.{0,6}/gu);
    expect(odd ?? []).toEqual([]);
  });
});

function linksOf(text: string): string[] {
  return [...parts(text).prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');
}

describe('links', () => {
  it('lead to files and headings that exist', () => {
    const dead = documents.flatMap((path) =>
      linksOf(read(path))
        .filter((link) => !/^[a-z]+:/.test(link))
        .filter((link) => {
          const [file = '', anchor] = link.split('#');
          const target = file === '' ? path : normalize(join(dirname(path), file));
          if (!existsSync(join(root, target))) return true;
          return anchor !== undefined && !headings(read(target)).map(anchorOf).includes(anchor);
        })
        .map((link) => `${path}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('files named in documents exist', () => {
    const named = /`((?:src|test|fixtures|bin|docs|bench)\/[\w./-]+|[A-Z]+\.md)`/g;
    const missing = documents.flatMap((path) =>
      [...parts(read(path)).prose.matchAll(named)]
        .map(([, file]) => file ?? '')
        .filter((file) => !existsSync(join(root, file)))
        .map((file) => `${path}: ${file}`),
    );
    expect(missing).toEqual([]);
  });

  it('modules named in documents and comments exist', () => {
    const exists = (name: string): boolean =>
      tracked.some((path) => path === name || path.endsWith(`/${name}`));
    const module = /(?<![\w$}.*/-])((?:[\w-]+\/)*[\w-][\w.-]*\.(?:ts|js))\b/g;
    const missingIn = (path: string, text: string): string[] =>
      [...text.matchAll(module)]
        .map(([, name]) => name ?? '')
        .filter((name) => name !== 'Node.js' && !/^dist\//.test(name) && !exists(name))
        .map((name) => `${path}: ${name}`);
    const missing = [
      ...documents.flatMap((path) =>
        missingIn(path, (parts(read(path)).prose.match(/`[^`]+`/g) ?? []).join('\n')),
      ),
      ...sources.flatMap((path) =>
        missingIn(path, (read(path).match(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm) ?? []).join('\n')),
      ),
    ];
    expect(missing).toEqual([]);
  });

  it('documents named in comments exist, and so do the sections', () => {
    const wrong: string[] = [];
    for (const path of sources) {
      const text = read(path).replace(/\n\s*(?:\*|\/\/) ?/g, ' ');
      for (const [, name = '', section, title] of text.matchAll(
        /(?<![\w$}.*-])((?:docs\/)?[\w-]+\.md)(?: §([\d.]+\d)|, "([^"]+)")?/g,
      )) {
        const file = [`docs/${name}`, name, join(dirname(path), name)].find((at) =>
          existsSync(join(root, at)),
        );
        if (file === undefined) wrong.push(`${path}: ${name}`);
        else if (section !== undefined && !headings(read(file)).some((h) => h.includes(` ${section} `)))
          wrong.push(`${path}: ${name} §${section}`);
        else if (title !== undefined && !hasTitle(read(file), title))
          wrong.push(`${path}: ${name}, ${title}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** A heading, or a term or sentence that a paragraph begins with. */
function hasTitle(text: string, title: string): boolean {
  return (
    headings(text).some((heading) => heading.replace(/^#+ /, '').split(' / ').includes(title)) ||
    text.includes(`**${title}`) ||
    text.includes(`\n- ${title}`)
  );
}

/** Command lines in fenced blocks and in the prose, without a prompt before them. */
function commandsOf(text: string): string[] {
  const { blocks, prose } = parts(text);
  const lines = blocks.flatMap(({ lines: all }) => all).map((line) => line.replace(/^\S*\$ /, ''));
  const spoken = [...prose.matchAll(/`(handover [^`]+)`/g)].map(([, command]) => command ?? '');
  return [...lines.filter((line) => line.startsWith('handover ')), ...spoken];
}

describe('commands', () => {
  const given = documents.flatMap((path) =>
    commandsOf(read(path)).map((command) => [path, command] as const),
  );

  it.each(given)('%s: %s', (_, command) => {
    // What a reader puts in is written in capitals or in brackets; the kinds of value are checked by the parser's own tests.
    if (/[[\]|<>]|\bCOMMAND\b/.test(command)) return;
    const parsed = parseCommandLine(words(command.replace(/ #.*$/, '')).slice(1), 'en');
    const isMention = parsed.kind === 'wrong' && MENTIONS.includes(parsed.problem.code);
    expect(isMention ? 'command' : parsed.kind, JSON.stringify(parsed)).toMatch(/^(?:command|help|version)$/);
  });

  it('are many', () => {
    expect(given.length).toBeGreaterThan(60);
  });
});

/** A sentence may name a command without all that it needs. An option or command that does not exist is always wrong. */
const MENTIONS: readonly string[] = [
  'CLI_OPTION_MISSING',
  'CLI_MISSING_ARGUMENT',
  'CLI_COMMAND_MISSING',
  'CLI_OPTION_VALUE_MISSING',
];

describe('codes and constants', () => {
  it('every problem code named in a document exists', () => {
    const known = new Set<string>([...PROBLEM_CODES, ...LIMIT_CODES]);
    const areas = new Set(PROBLEM_CODES.map((code) => code.split('_')[0]));
    const foreign = documents.flatMap((path) =>
      [...read(path).matchAll(/`([A-Z]+(?:_[A-Z0-9]+)+)`/g)]
        .map(([, code]) => code ?? '')
        .filter((code) => areas.has(code.split('_')[0]) && !known.has(code))
        .map((code) => `${path}: ${code}`),
    );
    expect(foreign).toEqual([]);
  });

  it('docs/formats.md specifies every format that leaves a workspace, and no other', () => {
    const named = new Set(read('docs/formats.md').match(/\bhandover\.[a-z-]+\/\d+\b/g));
    const known = [
      CARD_FORMAT,
      DEAL_FORMAT,
      MANIFEST_FORMAT,
      PLAN_FORMAT,
      APPROVAL_FORMAT,
      RECEIPT_FORMAT,
      CERTIFICATE_FORMAT,
      NOTICE_FORMAT,
      COMPLETION_FORMAT,
      COPY_FORMAT,
      PURGE_PLAN_FORMAT,
      PURGE_APPROVAL_FORMAT,
      SECRETS_FORMAT,
      EVENT_FORMAT,
      TEXT_FORMAT,
      ERASED_FORMAT,
      PACK_FORMAT,
      EVENT_PROOF_FORMAT,
      SUBJECT_PROOF_FORMAT,
      NOTICE_DATA_FORMAT,
      SENDING_FORMAT,
      REPORT_DATA_FORMAT,
      LOTS_FORMAT,
      LOT_FORMAT,
      LOT_JOB_FORMAT,
      RANGES_FORMAT,
      RANGE_JOB_FORMAT,
      READ_RANGE_FORMAT,
      OPENING_JOB_FORMAT,
      OPENED_PART_FORMAT,
    ];
    expect([...named].sort()).toEqual(known.sort());
  });

  it('docs/formats.md has the limits of the code', () => {
    const size = (bytes: number) =>
      bytes % 2 ** 20 === 0 ? `${bytes / 2 ** 20} MiB` : `${bytes / 1024} KiB`;
    const text = read('docs/formats.md');
    const [manifest, deal, part, other] = [MANIFEST, DEAL, partName('customers', 1), README]
      .map(limitOf)
      .map(size);
    expect(text).toContain(
      `At most ${manifest} for \`manifest.json\`, ${deal} for \`deal.json\`, ${part} for a part, ${other} for any other entry.`,
    );
    expect(text).toContain(
      `at most ${MAX_BUNDLE_BYTES.toLocaleString('en').replaceAll(',', ' ')} bytes long`,
    );
    expect(text).toContain(`at most ${size(MAX_PAGE_BYTES)} of them`);
    expect(text).toContain(`The gzip member of a page is at most ${size(MAX_PACKED_PAGE_BYTES)} long.`);
  });

  it('docs/law.md has every kind of deal, docs/words.md every field action', () => {
    expect(DEAL_KINDS.filter((kind) => !read('docs/law.md').includes(`\`${kind}\``))).toEqual([]);
    expect(FIELD_ACTIONS.filter((action) => !read('docs/words.md').includes(`\`${action}\``))).toEqual([]);
  });
});

describe('tables of keys', () => {
  /** The keys in the first column of a section's table, `a`, `b[].c`. */
  const keysIn = (document: string, heading: string): string[] => {
    const section =
      new RegExp(`\\n##+ ${heading}\\n([\\s\\S]*?)(?=\\n##+ |$)`).exec(read(document))?.[1] ?? '';
    return [...section.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, key]) => key ?? ''),
    );
  };
  const propertiesOf = (schema: JsonSchema): string[] => Object.keys(Object(schema['properties'])).sort();

  it.each([
    ['Card', 'card'],
    ['Manifest', 'manifest'],
    ['Receipt', 'receipt'],
    ['Notice', 'notice'],
    ['Completion', 'completion'],
    ['Purge plan and its approvals', 'purge-plan'],
    ['Certificate', 'certificate'],
    ['Erasure ledger', 'erased'],
    ['Proof about a person', 'subject-proof'],
  ])('docs/formats.md, %s: has the keys of the schema, each once', (heading, kind) => {
    const known = propertiesOf(published(kind)).filter((key) => key !== 'format');
    expect(
      keysIn('docs/formats.md', heading)
        .filter((key) => key !== 'format')
        .sort(),
    ).toEqual(known);
  });

  it('docs/report.md names keys that a report has', () => {
    const report: JsonSchema = published('audit-report');
    const properties = Object(report['properties']);
    const named = keysIn('docs/report.md', 'The document');
    expect(named.length).toBeGreaterThan(12);
    const unknown = named.filter((key) => {
      const [, list = '', inner] = /^(\w+)(?:\[\]\.(\w+))?$/.exec(key) ?? [];
      const found = properties[list];
      return found === undefined || (inner !== undefined && !propertiesOf(found.items).includes(inner));
    });
    expect(unknown).toEqual([]);
  });
});

describe('law', () => {
  /** Requirement ids as the code writes them in quotes, outside of comments. */
  const ID = /'((?:PIPL|NDSR|CC|CL|SOHO|SPC|TAX|GD|CSL|CPR|ESIG|ECL|MIN)-[A-Z0-9-]*\d)'/g;
  const text = read('docs/law.md');
  const has = (id: string): boolean => new RegExp(`(?<![\\w-])${id}(?![\\w-]*\\d)`).test(text);

  it('every requirement id in the code stands in docs/law.md', () => {
    const used = new Set(
      sources
        .filter((path) => path.startsWith('src/'))
        .flatMap((path) => [...read(path).matchAll(ID)].map(([, id]) => id ?? '')),
    );
    expect(used.size).toBeGreaterThan(20);
    expect([...used].filter((id) => !has(id)).sort()).toEqual([]);
  });

  it('its sections are numbered without a gap', () => {
    const numbers = headings(text).flatMap((heading) => /^##+ (\d[\d.]*?)\.? /.exec(heading)?.[1] ?? []);
    let [section, part] = [0, 0];
    const expected = numbers.map((number) => {
      [section, part] = number.includes('.') ? [section, part + 1] : [section + 1, 0];
      return part === 0 ? `${section}` : `${section}.${part}`;
    });
    expect(numbers.length).toBeGreaterThan(12);
    expect(numbers).toEqual(expected);
  });

  it('each row names code and tests that exist, and the code or test knows the id or its subject', () => {
    const rows = [...text.matchAll(/^\| ([A-Z]+-[^|]+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)];
    expect(rows.length).toBeGreaterThan(15);
    for (const [row, , code = '', tests = ''] of rows) {
      expect(code, row).toMatch(/`src\//);
      expect(tests, row).toMatch(/`test\//);
    }
  });
});

describe('words', () => {
  it('every Chinese word of docs/words.md stands on screen', () => {
    const screens = tracked
      .filter((path) => path.startsWith('src/messages/'))
      .map(read)
      .join('\n');
    const [table = ''] = read('docs/words.md').split('Words of documents and code only');
    const listed = [...table.matchAll(/^\| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].flatMap(
      ([, zh = '', meaning = '']) => [...zh.split(', '), ...(meaning.match(/\p{Script=Han}+/gu) ?? [])],
    );
    const chinese = listed.filter((word) => /\p{Script=Han}/u.test(word) && word !== '中文');
    expect(chinese.length).toBeGreaterThan(25);
    expect(chinese.filter((word) => !screens.includes(word.trim()))).toEqual([]);
  });
});

/** What is installed with the program, whether or not it can be everywhere. */
function runtimeDependencies(): readonly string[] {
  const manifest: Readonly<
    Record<'dependencies' | 'optionalDependencies', Readonly<Record<string, string>>>
  > = JSON.parse(read('package.json'));
  return Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
}

describe('architecture.md', () => {
  const text = read('docs/architecture.md');

  it('has the ordered list that the test of the architecture holds', () => {
    const order = /'(messages base [a-z ]+)'/.exec(read('test/architecture.test.ts'))?.[1];
    expect(text).toContain(`> ${order?.split(' ').join(' · ')}`);
  });

  it('names the actions that nothing writes, and of the others gives each its place in the flow', () => {
    const code = sources
      .filter((path) => /^src\/(?:steps|store)\//.test(path))
      .map(read)
      .join('\n');
    const said = /no command of this version writes: ([^.]*)\./.exec(text)?.[1] ?? '';
    const unwritten = [...said.matchAll(/`([a-z-]+)`/g)].map(([, action]) => action ?? '');
    expect(unwritten).toEqual(EVENT_ACTIONS.filter((action) => !code.includes(`'${action}'`)));
    const flow = /## The flow, as types\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
    // What comes before the first file is in the list of actions alone: the house, the parties, the deal.
    const ofRecords = EVENT_ACTIONS.slice(EVENT_ACTIONS.indexOf('imported'));
    const missing = ofRecords.filter((action) => !flow.includes(`\`${action}\``));
    expect(missing.filter((action) => !unwritten.includes(action))).toEqual([]);
  });

  it('gives every runtime dependency its home, and no other package', () => {
    const table = /## Packages\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
    const listed = [...table.matchAll(/^\| ([@a-z][\w@/, -]+) \| (?:`|wherever)/gm)].flatMap(
      ([, names = '']) => names.split(', '),
    );
    expect(listed.sort()).toEqual([...runtimeDependencies()].sort());
  });

  it('names a runtime dependency only if something imports it', () => {
    const code = sources
      .filter((path) => path.startsWith('src/'))
      .map(read)
      .join('\n');
    const unused = runtimeDependencies().filter(
      (name) => !code.includes(`'${name}'`) && !code.includes(`'${name}/`),
    );
    expect(unused).toEqual([]);
  });

  it('names types and functions of the flow that exist', () => {
    const table = /## The flow, as types\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
    const code = sources
      .filter((path) => path.startsWith('src/'))
      .map(read)
      .join('\n');
    const names = [...table.matchAll(/`([A-Z][A-Za-z]+)`/g)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(15);
    const missing = names.filter((name) => !new RegExp(`(?:type|interface|class) ${name}\\b`).test(code));
    expect(missing).toEqual([]);
  });

  it('names files of the flow that exist, and events that are logged', () => {
    const table = /## The flow, as types\n([\s\S]*?)\n## /.exec(text)?.[1] ?? '';
    const files = [...table.matchAll(/`([a-z]+\/[\w/.-]+\.ts)`/g)].map(([, file]) => `src/${file}`);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const events = [...table.matchAll(/`([a-z]+(?:-[a-z]+)*)`(?: \(|,| with| \|)/g)].map(
      ([, event]) => event ?? '',
    );
    const steps = sources
      .filter((path) => path.startsWith('src/steps/'))
      .map(read)
      .join('\n');
    expect(events.length).toBeGreaterThan(6);
    expect(events.filter((event) => !steps.includes(`'${event}'`))).toEqual([]);
  });
});

describe('decisions', () => {
  const pages = readdirSync(join(root, 'docs', 'decisions'))
    .filter((name) => /^\d{4}-/.test(name))
    .sort();

  // A number is a page's own for good; one that was kept for a page and not needed stays free.
  it.each(pages.map((page) => [page, Number(page.slice(0, 4))] as const))('%s', (page, number) => {
    const text = read(`docs/decisions/${page}`);
    const [heading = '', , line = ''] = text.split('\n');
    expect(pages.filter((other) => Number(other.slice(0, 4)) === number)).toEqual([page]);
    expect(heading).toMatch(new RegExp(`^# ${number}\\. `));
    for (const part of ['Context', 'Choice', 'Given up']) expect(text).toContain(`**${part}.**`);
    const [, date = '', status = '', successor] =
      /^(\d{4}-\d\d-\d\d), (accepted|superseded by (\d+))$/.exec(line) ?? [];
    expect(readDate(date), 'date and status below the heading').not.toBe(null);
    if (successor !== undefined) {
      expect(Number(successor)).toBeGreaterThan(number);
      expect(pages.map((other) => Number(other.slice(0, 4)))).toContain(Number(successor));
    }
    const title = heading.replace(/^# \d+\. /, '');
    const row = `| ${number} | [${title}](${page}) | ${date} | ${status} |\n`;
    expect(read('docs/decisions/README.md')).toContain(row);
  });

  it('are listed once each', () => {
    expect(read('docs/decisions/README.md').match(/^\| \d+ \|/gm)).toHaveLength(pages.length);
  });
});

describe('the tree', () => {
  const texts = tracked.filter((path) =>
    /\.(?:md|ts|js|json|txt|yaml|svg|html)$|^\.ci\/|^LICENSE$/.test(path),
  );

  // Two invented homes in tests about messages that must not show a path.
  it('holds no path of somebody’s computer and no other registry', () => {
    const machine = /(?:\/home\/(?!(?:li|x)\b)|\/Users\/|\/root\/|\/work\/|[A-Z]:\\\\?Users)[\w.-]+/;
    const registry =
      /https?:\/\/(?!registry\.npmjs\.org)[\w.-]*(?:registry|npm(?:js|mirror)|artifactory|nexus)[\w.-]*/i;
    const found = texts.flatMap((path) => {
      const text = path === 'test/documents.test.ts' ? '' : read(path);
      return [machine, registry].flatMap((pattern) => {
        const hit = pattern.exec(text)?.[0];
        return hit === undefined ? [] : [`${path}: ${hit}`];
      });
    });
    expect(found).toEqual([]);
  });

  it('the lock names no download address: every installation uses its own registry', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('the lock is of this package.json, with every platform that a package names', () => {
    const manifest: Record<string, unknown> = JSON.parse(read('package.json'));
    const lock: { packages: Record<string, Record<string, unknown>> } = JSON.parse(read('package-lock.json'));
    const locked = lock.packages[''] ?? {};
    expect(locked['dependencies']).toEqual(manifest['dependencies']);
    expect(locked['optionalDependencies']).toEqual(manifest['optionalDependencies']);
    expect(locked['devDependencies']).toEqual(manifest['devDependencies']);
    const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
      Object.keys(Object(entry['optionalDependencies'])).filter(
        (name) =>
          !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages),
      ),
    );
    expect(missing, 'npm ci refuses such a lock').toEqual([]);
  });
});
