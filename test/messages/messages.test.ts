import { DEAL_KINDS } from '../../src/messages/deal-kinds.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NATIVE_CAUSES } from '../../src/messages/engines.js';
import { WITNESSES } from '../../src/messages/problems/audit.js';
import { REGION_SIGNS } from '../../src/messages/problems/gates.js';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/messages/exit.js';
import { FINDING_SEVERITY } from '../../src/messages/findings.js';
import { LANGS } from '../../src/messages/lang.js';
import {
  exitOf,
  PROBLEM_CODES,
  type Problem,
  type ProblemCode,
  sentenceOf,
} from '../../src/messages/problem.js';
import type { FileKind, MojibakeKind } from '../../src/messages/problems/dataset.js';
import { EXPECTATIONS, type YamlFeature, type YamlMistake } from '../../src/messages/problems/deal.js';
import { CONSENT_COLUMNS } from '../../src/dataset/consent-columns.js';
import { FIELDS } from '../../src/dataset/fields.js';
import { problemSentence } from '../../src/report/problem-sentence.js';
import { FURTHER_TABLES } from '../../src/messages/tables.js';
import { SCAN_CATEGORIES } from '../../src/policy/scan-patterns.js';

const FINDINGS = Object.keys(FINDING_SEVERITY);
const roles = [{ role: 'seller' }, { role: 'buyer' }];

/**
 * Parameters for problems whose sentence looks a word up: every value is tried. Everything else is found out by {@link samplesOf}.
 */
const expected = EXPECTATIONS.map((expectation) => ({ expected: expectation }));
const kinds: readonly FileKind[] = [
  'xlsx',
  'xls',
  'pdf',
  'zip',
  'gzip',
  'rar',
  '7z',
  'image',
  'sqlite',
  'age',
  'binary',
];
const garbled: readonly MojibakeKind[] = ['utf8-as-latin1', 'utf8-as-gbk', 'gbk-as-latin1'];
const mistakes: readonly YamlMistake[] = ['tab', 'full-width-colon', 'no-space', 'quote', 'other'];
const features: readonly YamlFeature[] = [
  'anchor',
  'alias',
  'tag',
  'merge',
  'directive',
  'documents',
  'depth',
  'key',
];
const SAMPLES: Partial<Record<ProblemCode, readonly Readonly<Record<string, unknown>>[]>> = {
  CLI_NATIVE_MODULE: NATIVE_CAUSES.map((cause) => ({ cause })),
  CSV_NOT_TEXT: kinds.map((kind) => ({ kind })),
  CSV_MOJIBAKE: garbled.map((kind) => ({ kind })),
  DEAL_SIGNATURE: roles,
  LOG_FORGOTTEN: WITNESSES.map((what) => ({ what })),
  LOG_UNTOLD: WITNESSES.map((what) => ({ what })),
  DEAL_TABLE_FIELD: FURTHER_TABLES.map((table) => ({ table, known: ['customer_no'] })),
  TABLE_UNCLEAR: FURTHER_TABLES.map((table) => ({ table })),
  DEAL_OTHER_PARTY: roles,
  DEAL_CARD_ROLE: roles,
  DEAL_PARTY_NAME: roles,
  WRONG_ROLE: roles,
  NOTICE_ROLE: roles,
  REASON_PERSONAL_DATA: SCAN_CATEGORIES.map((category) => ({ found: [category] })),
  SUBJECT_VALUE: FINDINGS.map((finding) => ({ finding })),
  DEAL_FIELD_EMPTY: expected,
  DEAL_FIELD_INVALID: expected,
  DEAL_FIELD_MISSING: expected,
  DEAL_YAML_FEATURE: features.map((feature) => ({ feature })),
  GATE_BUYER_ABROAD: REGION_SIGNS.map((sign) => ({ sign })),
  GATE_BUYER_UNCLEAR: REGION_SIGNS.map((sign) => ({ sign })),
  GATE_ONE_ENTERPRISE: [{ by: 'uscc' }, { by: 'name' }],
  CABINET_OTHER: [{ isArchive: true }, { isArchive: false }],
  POLICY_ROUTE_NONE: DEAL_KINDS.map((kind) => ({ kind })),
  DEAL_YAML_SYNTAX: mistakes.map((mistake) => ({ mistake })),
};

/**
 * Problems with this code. A parameter that is not given reads as 3 in a text, in arithmetic and as a list of one: its type is
 * checked by the compiler where problems are made, and here only the wording counts.
 */
function samplesOf(code: ProblemCode): Problem[] {
  return (SAMPLES[code] ?? [{}]).map((given) => {
    const sample = new Proxy<Readonly<Record<string, unknown>>>(
      { ...given, code },
      { get: (target, key) => (typeof key === 'string' && key in target ? target[key] : ['3']) },
    );
    return sample as unknown as Problem;
  });
}

const CHINESE = /\p{Script=Han}/u;
const cases = PROBLEM_CODES.flatMap((code) => LANGS.map((lang) => [code, lang] as const));

describe('problems', () => {
  it.each(PROBLEM_CODES)('%s is AREA_WHAT and has an exit number of the closed set', (code) => {
    expect(code).toMatch(/^[A-Z]+(?:_[A-Z0-9]+)+$/);
    expect(Object.values(EXIT)).toContain(exitOf(code));
    expect(exitOf(code), 'a problem is never a success').not.toBe(EXIT.ok);
  });

  it.each(cases)('%s has two whole sentences in %s', (code, lang) => {
    const sentences = samplesOf(code).map((problem) => sentenceOf(problem, lang));
    for (const { what, fix } of sentences) {
      // `fix` may end with a command line to copy, which a full stop would spoil.
      expect(what, 'end the sentence').toMatch(lang === 'zh' ? /[。?)」》\uff1f\uff09]$/ : /[.?)]$/);
      for (const text of [what, fix]) {
        expect(text.trim(), 'write what happened and what to do').not.toBe('');
        expect(text, 'do not shout').not.toMatch(/[!\uff01](?!\))/);
        expect(text, 'looks a word up: add its values to SAMPLES').not.toMatch(/undefined|NaN|\[object/);
        expect(text, 'one line').not.toMatch(/\n/);
        if (lang === 'zh') expect(text, 'say it in Chinese').toMatch(CHINESE);
        else expect(text, 'say it in English').not.toMatch(CHINESE);
      }
    }
  });

  it('has no sentence twice within a language: each problem can be told from its words', () => {
    for (const lang of LANGS) {
      const seen = new Map<string, ProblemCode>();
      for (const code of PROBLEM_CODES) {
        const [first] = samplesOf(code);
        const what = first === undefined ? '' : sentenceOf(first, lang).what;
        expect(seen.get(what), `${code} says the same in ${lang}`).toBeUndefined();
        seen.set(what, code);
      }
    }
  });

  it('has no placeholder left', () => {
    expect(PROBLEM_CODES.filter((code) => code.includes('PLACEHOLDER'))).toEqual([]);
  });
});

describe('names of fields', () => {
  const columns = [...FIELDS, ...CONSENT_COLUMNS];

  /** Names of several words, which no Chinese sentence holds by chance, that stand without their Chinese name before them. */
  function bareNames(text: string): readonly string[] {
    return columns
      .filter(({ name }) => name.includes('_'))
      .filter(({ name, zh }) => {
        const whole = new RegExp(`(?<![\\w.-])${name}(?![\\w-])`, 'u');
        return whole.test(text.replaceAll(`${zh}（${name}）`, zh));
      })
      .map(({ name }) => name);
  }

  it.each(PROBLEM_CODES)('%s says a field in Chinese to who reads Chinese', (code) => {
    const named = new Map<string, unknown>([
      ['field', 'contract_consent'],
      ['fields', ['id_no', 'customer_no']],
    ]);
    for (const given of SAMPLES[code] ?? [{}]) {
      const asked: Record<string, unknown> = { ...given, code };
      const heard = new Proxy(asked, {
        get: (target, key) => {
          if (typeof key === 'string' && !(key in target)) target[key] = named.get(key) ?? ['3'];
          return typeof key === 'string' ? target[key] : undefined;
        },
      });
      sentenceOf(heard as unknown as Problem, 'zh');
      const { what, fix } = problemSentence(asked as unknown as Problem, 'zh');
      expect(bareNames(`${what} ${fix}`)).toEqual([]);
    }
  });

  it('calls the columns of a ledger by their Chinese names', () => {
    for (const { name, zh } of columns) {
      const problem = { code: 'MAPPING_REQUIRED', fields: [name], headers: '-', draft: '' } as const;
      expect(problemSentence(problem, 'zh').what).toBe(`找不到必需的列：${zh}（${name}）。`);
    }
  });

  it('has no name of a field alone in a Chinese text of its own', () => {
    const folder = join(import.meta.dirname, '..', '..', 'src', 'messages');
    const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      // A list of words that people type, not of sentences.
      .filter((path) => path.endsWith('.ts') && path !== 'answer-words.ts')
      .flatMap((path) => readFileSync(join(folder, path), 'utf8').split('\n'))
      .filter((line) => CHINESE.test(line))
      .map((line) => line.replace(/\$\{[^}]*\}|\w+:(?= ['"(`])/g, ''))
      .filter((line) => bareNames(line).length > 0);
    expect(found).toEqual([]);
  });
});

describe('problem codes', () => {
  const src = join(import.meta.dirname, '..', '..', 'src');
  const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.replaceAll('\\', '/').startsWith('messages/problems/'))
    .map((path) => readFileSync(join(src, path), 'utf8'))
    .join('\n');

  it.each(PROBLEM_CODES)('%s is a problem that something has', (name) => {
    expect(code).toMatch(new RegExp(`'${name}'`));
  });
});
