import { z } from 'zod';
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  stringify,
  visit,
} from 'yaml';
import { utf8 } from '../base/bytes.js';
import { sha256 } from '../base/crypto.js';
import type { BaseProblem } from '../messages/problems/base.js';
import type { DealProblem, YamlFeature, YamlMistake } from '../messages/problems/deal.js';
import { type Locate, type PartialTerms, type Path, pathText } from './cross-checks.js';
import { type FieldNamed, named } from './names.js';
import { isAboutPaper, type PaperReference, withPapers } from './paper-references.js';
import { isForeignVersion } from './schema-problems.js';
import { DEAL_FORMAT, type Terms } from './terms.js';
import { DEAL_FILE_LIMIT, type DealFile, lineNumberOf, readableParts, termsFrom } from './terms-reading.js';

/** A deal nests five levels. The reader is recursive, so the text's depth is bounded before it. */
const MAX_DEPTH = 16;

/**
 * Two hundred fields of four lines each are 800. The reader compares each key, and anything in the place of a key or value, with all
 * others, so the number of each mark is bounded before it: 4,000 entries, each key and value in quotes, and few of what a deal has no use for.
 */
const AT_MOST: readonly (readonly [marks: readonly string[], most: number])[] = [
  [[':', ',', '\n', '\r'], 4000],
  [['"', "'"], 16_000],
  [['!', '&', '*'], 1000],
];

/**
 * Reads deal.yaml as a person saved it: UTF-8 with or without byte order mark, any line ends. Strict YAML 1.2: unique keys; no anchors,
 * aliases, merges, tags, directives or further documents, so that the text has one meaning for both parties. Values are text: an
 * unquoted phone number keeps its leading zero, a date stays as it is written.
 *
 * @param papers those to which a draft may refer by their ids
 *
 * The bytes may be any file at all, also one with customers in it: problems hold names of the format and line numbers only.
 *
 * @param fieldNamed the field that a word of the users means, so that `姓名` is `name`
 */
export function readDealFile(
  bytes: Uint8Array,
  papers: readonly PaperReference[] = [],
  fieldNamed: FieldNamed = () => undefined,
): DealFile {
  if (bytes.length > DEAL_FILE_LIMIT) return refused({ code: 'DEAL_TOO_LARGE', limit: DEAL_FILE_LIMIT });
  const text = decode(bytes);
  if (text === null) return refused({ code: 'DEAL_UTF8' });
  if (text.trim() === '') return refused({ code: 'DEAL_EMPTY' });
  const parsed = parse(text, fieldNamed);
  if ('problems' in parsed) return { terms: null, problems: parsed.problems };
  const { plain, lines } = parsed;
  if (isForeignVersion(plain))
    return refused({ code: 'FORMAT_UNKNOWN', document: 'deal.yaml', expected: DEAL_FORMAT });
  const locate = locator(lines);
  const { draft, problems } = withPapers(plain, papers, locate);
  const drafted = withDraftedText(draft);
  const read = termsFrom(drafted ?? draft, locate, 'draft');
  if (problems.length === 0)
    return read.terms === null || drafted === null ? read : { ...read, isDrafted: true };
  const others = read.problems.filter((problem) => !isAboutPaper(problem, problems));
  return { terms: null, problems: [...problems, ...others] };
}

/** What is written in the place of a digest where the text to customers is to be drafted from the terms. */
const DRAFTED = 'drafted';

const draftedSchema = z.looseObject({ notice: z.looseObject({ sha256: z.literal(DRAFTED) }) });

/** The deal with a digest in the place of that word; null if it names one itself. */
function withDraftedText(plain: unknown): unknown {
  const read = draftedSchema.safeParse(plain);
  if (!read.success) return null;
  const { notice, ...rest } = read.data;
  return { ...rest, notice: { ...notice, sha256: sha256(utf8(DRAFTED)) } };
}

/** Those parts of a draft that can be read, whatever else is missing in it; null for what is no deal at all. */
export function readDraftParts(
  bytes: Uint8Array,
  fieldNamed: FieldNamed = () => undefined,
): PartialTerms | null {
  const text = bytes.length > DEAL_FILE_LIMIT ? null : decode(bytes);
  if (text === null) return null;
  const parsed = parse(text, fieldNamed);
  return 'problems' in parsed ? null : readableParts(parsed.plain);
}

/** Terms as a text to edit, which {@link readDealFile} reads as the same terms. @param notes lines of the comment at the head */
export function dealText(terms: Terms, notes: readonly string[]): string {
  const head = notes.map((line) => `# ${line}\n`).join('');
  return `${head}${stringify(terms, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

function refused(problem: DealProblem | BaseProblem): DealFile {
  return { terms: null, problems: [problem] };
}

function decode(bytes: Uint8Array): string | null {
  try {
    // A byte order mark is dropped; NFC because macOS editors may save names decomposed, and what is signed is NFC.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).normalize('NFC');
  } catch {
    return null;
  }
}

type Lines = ReadonlyMap<string, number>;
type Parsed =
  | { readonly plain: unknown; readonly lines: Lines }
  | { readonly problems: readonly DealProblem[] };

function parse(text: string, fieldNamed: FieldNamed): Parsed {
  if (AT_MOST.some(([marks, most]) => marks.some((mark) => count(text, mark) > most)))
    return { problems: [{ code: 'DEAL_NOT_A_DEAL' }] };
  const deep = tooDeep(text);
  if (deep > 0) return { problems: [{ code: 'DEAL_YAML_FEATURE', line: deep, feature: 'depth' }] };
  const counter = new LineCounter();
  let document: ReturnType<typeof parseDocument>;
  try {
    document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      strict: true,
      uniqueKeys: true,
      stringKeys: false,
      prettyErrors: false,
      // Anything quieter than this also silences the error about a second document.
      logLevel: 'error',
      lineCounter: counter,
    });
  } catch {
    return { problems: [{ code: 'DEAL_NOT_A_DEAL' }] };
  }
  const lineAt = (offset: number) => Math.max(1, counter.linePos(offset).line);
  const features = foreignFeatures(document.contents, document.directives?.yaml.explicit === true, lineAt);
  const problems: DealProblem[] = [...features];
  for (const error of document.errors) problems.push(syntaxProblem(error.code, lineAt(error.pos[0]), text));
  if (problems.length > 0) return { problems: firstOfEachLine(problems) };
  if (!isMap(document.contents)) return { problems: [{ code: 'DEAL_NOT_A_DEAL' }] };
  const lines = new Map<string, number>();
  return { plain: plainOf(document.contents, [], lines, { lineAt, fieldNamed }), lines };
}

function count(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found++;
  return found;
}

/**
 * The line on which nesting passes the limit, or 0. Brackets and dashes are counted without looking at quotes: a deal has few of either, and
 * counting too many refuses, it does not let through.
 */
function tooDeep(text: string): number {
  let brackets = 0;
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    const start = /^[ \t?-]*/.exec(line)?.[0] ?? '';
    const dashes = start.replace(/[ \t]/g, '').length;
    const opened = line.match(/[[{]/g)?.length ?? 0;
    const closed = line.match(/[\]}]/g)?.length ?? 0;
    if (brackets + opened > MAX_DEPTH || dashes > MAX_DEPTH || start.length > 8 * MAX_DEPTH) return i + 1;
    brackets = Math.max(0, brackets + opened - closed);
  }
  return 0;
}

function firstOfEachLine(problems: readonly DealProblem[]): readonly DealProblem[] {
  const seen = new Set<number>();
  return [...problems]
    .sort((a, b) => lineNumberOf(a) - lineNumberOf(b))
    .filter((problem) => !seen.has(lineNumberOf(problem)) && seen.add(lineNumberOf(problem)));
}

function foreignFeatures(
  contents: Node | null,
  directive: boolean,
  lineAt: (offset: number) => number,
): readonly DealProblem[] {
  const found: DealProblem[] = directive
    ? [{ code: 'DEAL_YAML_FEATURE', line: 1, feature: 'directive' }]
    : [];
  const note = (node: Node, feature: YamlFeature) => {
    found.push({ code: 'DEAL_YAML_FEATURE', line: lineAt(node.range?.[0] ?? 0), feature });
  };
  if (contents === null) return found;
  visit(contents, {
    Alias: (_, node) => note(node, 'alias'),
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.value === '<<') note(pair.key, 'merge');
    },
    Value: (_, node) => {
      if (node.anchor !== undefined) note(node, 'anchor');
      if (node.tag !== undefined) note(node, 'tag');
    },
  });
  return found;
}

function syntaxProblem(code: string, line: number, text: string): DealProblem {
  if (code === 'DUPLICATE_KEY') return { code: 'DEAL_YAML_DUPLICATE', line };
  if (code === 'MULTIPLE_DOCS') return { code: 'DEAL_YAML_FEATURE', line, feature: 'documents' };
  if (code === 'BAD_ALIAS') return { code: 'DEAL_YAML_FEATURE', line, feature: 'alias' };
  return {
    code: 'DEAL_YAML_SYNTAX',
    line,
    mistake: mistakeOn(text.split(/\r\n|\r|\n/)[line - 1] ?? '', code),
  };
}

/** Guesses the mistake from how the line looks; what is shown is the kind of mistake, never the line. */
function mistakeOn(line: string, code: string): YamlMistake {
  if (code === 'TAB_AS_INDENT' || /^ *\t/.test(line)) return 'tab';
  if (/^[\s-]*[A-Za-z_]+\s*：/.test(line)) return 'full-width-colon';
  if (/^[\s-]*[A-Za-z_]+:\S/.test(line)) return 'no-space';
  if (code === 'MISSING_CHAR' && /["']/.test(line)) return 'quote';
  return 'other';
}

/** The document as plain data, with the line of each path. Keys that are no text become `?`, which no schema knows. */
function plainOf(
  node: unknown,
  path: Path,
  lines: Map<string, number>,
  reading: { readonly lineAt: (at: number) => number; readonly fieldNamed: FieldNamed },
): unknown {
  const { lineAt } = reading;
  const key = pathText(path);
  if (isNode(node) && node.range && !lines.has(key)) lines.set(key, lineAt(node.range[0]));
  if (isMap(node)) {
    // Null prototype: a key named __proto__ is a key like any other, and unknown.
    const plain: Record<string, unknown> = Object.create(null);
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : '?';
      if (isNode(pair.key) && pair.key.range) lines.set(pathText([...path, name]), lineAt(pair.key.range[0]));
      plain[name] = plainOf(pair.value, [...path, name], lines, reading);
    }
    return plain;
  }
  if (isSeq(node)) return node.items.map((item, i) => plainOf(item, [...path, i], lines, reading));
  if (isScalar(node)) return named(key, scalarOf(node.value, node.source, key), reading.fieldNamed);
  return isAlias(node) ? undefined : null;
}

/** A bare number is what was written, as text (021..., 2026), except where the format wants a number. */
function scalarOf(value: unknown, source: string | undefined, key: string): unknown {
  return typeof value === 'number' && key !== 'approvals' ? (source ?? String(value)) : value;
}

/** The line of a path, or of the nearest part above it that exists. */
function locator(lines: Lines): Locate {
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const line = lines.get(pathText(path.slice(0, length)));
      if (line !== undefined) return { path: pathText(path), line };
    }
    return { path: pathText(path), line: 1 };
  };
}
