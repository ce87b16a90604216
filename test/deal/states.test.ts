import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/base/crypto.js';
import {
  DEAL_STATES,
  DEAL_TABLE,
  type DealCell,
  dealCell,
  dealState,
  isStop,
  textKind,
} from '../../src/deal/states.js';
import { DEAL_ROLES, type DealRole } from '../../src/deal/terms.js';
import { standingWording, versionsOf, type Wording } from '../../src/deal/versions.js';

const digestOf = (name: string) => sha256(Buffer.from(name));
const wording = (name: string, amends: string | null, ...roles: readonly DealRole[]): Wording => ({
  digest: digestOf(name),
  amends: amends === null ? null : digestOf(amends),
  signatures: roles.map((role) => ({ role })),
});
const both = DEAL_ROLES;
const names = (wordings: readonly Wording[]) =>
  wordings.map(({ digest }) => ['v1', 'v2', 'v3', 'x', 'y'].find((name) => digestOf(name) === digest));

describe('versionsOf', () => {
  it('is the chain of what both signed, whatever else is kept and in whatever order it came', () => {
    const v1 = wording('v1', null, ...both);
    const v2 = wording('v2', 'v1', ...both);
    const v3 = wording('v3', 'v2', ...both);
    const drafts = [wording('x', null, 'seller'), wording('y', 'v2', 'buyer')];
    expect(names(versionsOf([v3, ...drafts, v1, v2]))).toEqual(['v1', 'v2', 'v3']);
    expect(names(versionsOf([v1, wording('v2', 'v1', 'seller')]))).toEqual(['v1']);
    // Where the store has lost what came before.
    expect(names(versionsOf([v3]))).toEqual(['v3']);
    expect(versionsOf(drafts)).toEqual([]);
    expect(standingWording(drafts)?.digest).toBe(digestOf('y'));
    expect(standingWording([v1, ...drafts])?.digest).toBe(digestOf('v1'));
  });

  it('ends, whatever the digests say', () => {
    expect(versionsOf([wording('v1', 'v2', ...both), wording('v2', 'v1', ...both)])).toEqual([]);
  });
});

describe('dealState and textKind', () => {
  const v1 = wording('v1', null, ...both);
  const v2 = wording('v2', 'v1', 'seller');
  const state = (wordings: readonly Wording[], role: DealRole = 'seller', rest = {}) =>
    dealState({ role, wordings, delivered: false, aborted: false, ...rest });

  it('says where a deal stands with each party', () => {
    expect(state([])).toBe('none');
    expect(state([wording('v1', null, 'seller')])).toBe('offered');
    expect(state([wording('v1', null, 'seller')], 'buyer')).toBe('none');
    expect(state([v1])).toBe('agreed');
    expect(state([v1, v2])).toBe('amending');
    expect(state([v1, v2], 'buyer')).toBe('agreed');
    expect(state([v1], 'seller', { delivered: true })).toBe('delivered');
    expect(state([v1, v2], 'seller', { delivered: true })).toBe('delivered-amending');
    expect(state([v1, v2], 'seller', { aborted: true })).toBe('aborted');
    // An amendment of what is in force no longer waits for nobody.
    expect(state([v1, v2, wording('v3', 'v1', ...both)])).toBe('agreed');
  });

  it('says what a text is to it', () => {
    const kept = { role: 'seller' as const, wordings: [v1, v2] };
    const kind = (name: string, amends: string | null, facts = kept) =>
      textKind(wording(name, amends), facts);
    expect(kind('v1', null)).toBe('standing');
    expect(kind('v2', 'v1')).toBe('offer');
    expect(kind('x', null)).toBe('first');
    expect(kind('x', 'v1')).toBe('amendment');
    expect(kind('x', 'y')).toBe('stray');
    const amended = { role: 'seller' as const, wordings: [v1, wording('v2', 'v1', ...both)] };
    expect(kind('v1', null, amended)).toBe('former');
    expect(kind('x', 'v1', amended)).toBe('stray');
    // The store has the amendment only.
    expect(kind('v1', null, { ...amended, wordings: amended.wordings.slice(1) })).toBe('former');
  });
});

describe('the table', () => {
  it('lets a signed deal lose its version by a countersigned amendment only, and an aborted deal never stand again', () => {
    for (const role of DEAL_ROLES)
      for (const act of Object.keys(DEAL_TABLE[role])) {
        const row: readonly DealCell[] =
          Object.entries(DEAL_TABLE[role]).find(([key]) => key === act)?.[1] ?? [];
        expect(row, act).toHaveLength(DEAL_STATES.length);
        expect(['aborted', 'DEAL_ABORTED'], act).toContain(row.at(-1));
        if (/first/.test(act))
          expect(row.slice(2, -1), act).toEqual(['DEAL_SIGNED', 'DEAL_SIGNED', 'DEAL_SIGNED', 'DEAL_SIGNED']);
        if (/stray/.test(act)) for (const cell of row.slice(2, -1)) expect(cell, act).toBe('DEAL_AMENDS');
      }
    expect(dealCell('buyer', 'export', 'agreed')).toBeNull();
    expect(isStop(dealCell('buyer', 'abort', 'delivered'))).toBe(true);
  });

  it('is written down in docs/architecture.md as it is', () => {
    const page = readFileSync(new URL('../../docs/architecture.md', import.meta.url), 'utf8');
    for (const role of DEAL_ROLES) {
      const rows = Object.entries(DEAL_TABLE[role]).map(
        ([act, row]: readonly [string, readonly DealCell[]]) =>
          `| ${act} | ${row.map((cell) => (cell === null ? '' : isStop(cell) ? `\`${cell}\`` : cell)).join(' | ')} |`,
      );
      expect(page).toContain(
        [
          `| ${role} | ${DEAL_STATES.join(' | ')} |`,
          `|---|${'---|'.repeat(DEAL_STATES.length)}`,
          ...rows,
        ].join('\n'),
      );
    }
  });
});
