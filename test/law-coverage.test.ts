import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { citationOf, lawOf } from '../src/policy/laws.js';
import { DATED, type Gate, PARTIES, type Parties, UNSIGNED } from './law/gates.js';
import { type Elsewhere, LAW_ROWS, type LawRow } from './law/rows.js';
import { type Scenario, SCENARIOS } from './law/verdicts.js';

// docs/law-coverage.md is drawn from the scenarios. UPDATE_FIXTURES=1 writes it (npm run docs:law); otherwise it must be equal.

const PAGE = join(import.meta.dirname, '../docs/law-coverage.md');
const HERE = 'test/law-scenarios.test.ts';

/** One case: what it is called, on which rows it rests, and whether everything asked for went. */
interface Case {
  readonly name: string;
  readonly laws: readonly string[];
  readonly goes: boolean;
}

const ofScenario = ({ name, laws, verdict, stays = [], struck }: Scenario): Case => ({
  name,
  laws: laws.split(' '),
  goes: verdict === 'transfer' && stays.length === 0 && struck !== true,
});
const ofGate = ({ name, laws, end }: Gate | Parties): Case => ({
  name,
  laws: laws.split(' '),
  goes: end === '0',
});
const CASES: readonly Case[] = [
  ...SCENARIOS.map(ofScenario),
  ...[...DATED, ...UNSIGNED, ...PARTIES].map(ofGate),
];

function named(row: LawRow, goes: boolean): readonly string[] {
  const elsewhere: readonly Elsewhere[] = (goes ? row.passes : row.refused) ?? [];
  return [
    ...CASES.filter((one) => one.goes === goes && one.laws.includes(row.id)).map(({ name }) => name),
    ...elsewhere.map(([file, name]) => `\`${file}\`: ${name}`),
  ];
}

function page(): string {
  const cell = (names: readonly string[]) => (names.length === 0 ? '—' : names.join('<br>'));
  const covered = LAW_ROWS.filter((row) => row.because === undefined).length;
  return `${[
    '# What of the law is tried',
    '',
    `Drawn by \`npm run docs:law\` from the scenarios of \`${HERE}\`, which go through the real program. For every requirement that asks something before a customer leaves: the cases in which everything goes, and those in which something is held back, refused or stopped. A case is named as its test is; the number at its beginning is that of its kind.`,
    '',
    `${covered} of ${LAW_ROWS.length} requirements have both; of the others the reason stands beside them. ${CASES.length} scenarios. What the ids mean: [law.md](law.md), or \`handover laws --id PIPL-23\`.`,
    '',
    '| id | article | asks that | everything goes | held back, refused or stopped | not covered, because |',
    '|---|---|---|---|---|---|',
    ...LAW_ROWS.map((row) =>
      [
        '',
        row.id,
        citationOf(row.id, 'en'),
        row.asks,
        cell(named(row, true)),
        cell(named(row, false)),
        row.because ?? '',
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n')}\n`;
}

describe('the coverage of the law', () => {
  test('docs/law-coverage.md is drawn anew', () => {
    if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(PAGE, page());
    expect(readFileSync(PAGE, 'utf8')).toBe(page());
  });

  test.each(LAW_ROWS.map((row) => [row.id, row] as const))(
    '%s is tried both ways, or says why not',
    (_, row) => {
      expect(lawOf(row.id)).toBeDefined();
      const missing = [true, false].filter((goes) => named(row, goes).length === 0);
      expect(missing.length > 0).toBe(row.because !== undefined);
    },
  );

  test('a requirement stands once, and every one that a scenario names is there', () => {
    const ids = LAW_ROWS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(CASES.flatMap(({ laws }) => laws))].filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('scenarios have names of their own', () => {
    const names = CASES.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('a case of another test is in that test', () => {
    for (const [file, name] of LAW_ROWS.flatMap((row) => [...(row.passes ?? []), ...(row.refused ?? [])]))
      expect(readFileSync(join(import.meta.dirname, '..', file), 'utf8'), `${file}: ${name}`).toContain(name);
  });
});
