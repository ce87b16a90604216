import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sha256, sha256 } from '../../../src/base/crypto.js';
import type { Signer } from '../../../src/base/signing.js';
import { readDealFile } from '../../../src/deal/deal-file.js';
import { dealBytes, dealComment, dealDigest, dealRow } from '../../../src/deal/signed-deal.js';
import {
  DEAL_STATES,
  DEAL_TABLE,
  type DealAct,
  type DealState,
  dealCell,
  isStop,
  type WordingKind,
} from '../../../src/deal/states.js';
import { DEAL_ROLES, type DealRole, type Terms } from '../../../src/deal/terms.js';
import { signMinisign } from '../../../src/identity/minisign.js';
import { HandoverError } from '../../../src/messages/error.js';
import { signDeal } from '../../../src/steps/deal/signing.js';
import { requireDeal, stateOfDeal } from '../../../src/steps/deal/standing.js';
import { abortDeal } from '../../../src/steps/persons/abort.js';
import type { Session } from '../../../src/steps/session/session.js';
import type { Writer } from '../../../src/store/workspace.js';
import { Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';
import { copyWhole } from '../../kit/folders.js';

// Every cell of the table, tried in a workspace of its own: what the steps do is what is written down.

let firms: Firms;
let work: string;
let first: Terms;
const signers = new Map<DealRole, Signer>();
const DIRS = { seller: 'jia', buyer: 'yi' } as const;

beforeAll(async () => {
  firms = await Firms.meet();
  work = mkdtempSync(join(tmpdir(), 'handover-states-'));
  const { terms } = readDealFile(readFileSync(await firms.draft()));
  if (terms === null) throw new Error('the draft is not valid');
  first = terms;
  for (const role of DEAL_ROLES)
    await within(firms.path(DIRS[role]), firms.time, async (session) => {
      signers.set(role, (await session.keys()).identity.signer);
    });
});
afterAll(() => {
  firms.remove();
  rmSync(work, { recursive: true, force: true });
});

const amending = (title: string, sha: Sha256): Terms => ({ ...first, title, amends: { sha256: sha } });

/** The texts of a deal whose second version is in force, and those that come up besides. */
function textOf(kind: WordingKind, state: DealState): Terms {
  const standing = amending('第二版', dealDigest(first));
  switch (kind) {
    case 'former':
      return first;
    case 'standing':
      return standing;
    case 'first':
      return { ...first, title: '另一份' };
    case 'stray':
      return amending('补充别的', sha256(Buffer.from('nothing')));
    case 'amendment':
      return amending('第三版', dealDigest(standing));
    case 'offer':
      return state === 'offered' ? first : amending('等签的第三版', dealDigest(standing));
  }
}

function signatureOf(terms: Terms, role: DealRole): string {
  const signer = signers.get(role);
  if (signer === undefined) throw new Error('no such party');
  return signMinisign(dealBytes(terms), signer, dealComment(terms.id, role));
}

function keep(write: Writer, terms: Terms, roles: readonly DealRole[]): void {
  write.putDeal(dealRow(terms));
  for (const role of roles)
    write.addDealSignature(dealDigest(terms), role, signatureOf(terms, role), terms[role].card);
}

function addBundle(write: Writer, session: Session, role: DealRole, terms: Terms, id: string): void {
  write.addBundle({
    id,
    direction: role === 'seller' ? 'out' : 'in',
    deal: dealDigest(terms),
    number: 1,
    manifestDigest: sha256(Buffer.from(id)),
    manifest: new Uint8Array(),
    path: session.path('exchange', `${id}.zip`),
    sha256: '',
    state: role === 'seller' ? 'exported' : 'received',
    time: session.now,
  });
}

/** Brings a fresh workspace into a state. */
function bringInto(session: Session, role: DealRole, state: DealState): void {
  if (state === 'none') return;
  const standing = textOf('standing', state);
  session.record(
    { action: 'deal-received', objects: { deal: dealDigest(first) }, details: { by: role } },
    (write) => {
      if (state === 'offered') return keep(write, textOf('offer', state), [role]);
      keep(write, first, DEAL_ROLES);
      keep(write, standing, DEAL_ROLES);
      if (state.endsWith('amending') || state === 'aborted') keep(write, textOf('offer', state), [role]);
      if (state.startsWith('delivered')) addBundle(write, session, role, standing, 'b1');
      const end = { kind: 'aborted', reason: '没有谈成', notice: null, time: session.now } as const;
      if (state === 'aborted') write.addDealEnd({ deal: dealDigest(standing), ...end });
    },
  );
}

/** Does what an act is about. */
async function doIt(session: Session, role: DealRole, act: DealAct, state: DealState): Promise<void> {
  const [verb, ...rest] = act.split('-');
  const kinds: readonly WordingKind[] = ['standing', 'former', 'offer', 'first', 'amendment', 'stray'];
  const unnamed = state === 'none' ? 'first' : state === 'offered' ? 'offer' : 'standing';
  const terms = textOf(kinds.find((kind) => kind === rest.join('-')) ?? unnamed, state);
  if (verb === 'sign' || verb === 'countersign') {
    const path = session.path('exchange', 'text.deal.json');
    const other = role === 'seller' ? 'buyer' : 'seller';
    writeFileSync(path, dealBytes(terms));
    if (verb === 'countersign') writeFileSync(`${path}.${other}.minisig`, signatureOf(terms, other));
    await signDeal(session, path);
  } else if (verb === 'abort') {
    await abortDeal(session, { terms, reason: '没有谈成', dryRun: false });
  } else if (verb === 'receive') {
    requireDeal(session, terms, 'receive');
    session.record({ action: 'received', objects: { bundle: 'b2' }, details: {} }, (write) => {
      keep(write, terms, DEAL_ROLES);
      addBundle(write, session, role, terms, 'b2');
    });
  } else if (verb === 'check' || verb === 'approve' || verb === 'export') {
    requireDeal(session, terms, verb);
    if (verb === 'export')
      session.record({ action: 'exported', objects: { bundle: 'b2' }, details: {} }, (write) =>
        addBundle(write, session, role, terms, 'b2'),
      );
  }
}

/** Acts of the table's own rows. */
function actsOf(role: DealRole): readonly DealAct[] {
  return role === 'seller' ? keysOf(DEAL_TABLE.seller) : keysOf(DEAL_TABLE.buyer);
}

function keysOf<K extends string>(rows: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(rows).filter((key): key is K => key in rows);
}

async function problemOf(run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (error instanceof HandoverError) return error.problem.code;
    throw error;
  }
}

describe.each(DEAL_ROLES)('the %s', (role) => {
  test.each(actsOf(role))('%s', async (act) => {
    for (const state of DEAL_STATES) {
      const cell = dealCell(role, act, state);
      if (cell === null) continue;
      const dir = join(work, `${role}-${act}-${state}`);
      copyWhole(firms.path(DIRS[role]), dir);
      await within(dir, firms.time, async (session) => {
        await session.keys();
        bringInto(session, role, state);
        expect(stateOfDeal(session, first.id)).toBe(state);
        const before = session.workspace.read.log.eventCount();
        const problem = await problemOf(() => doIt(session, role, act, state));
        if (isStop(cell)) {
          expect(problem, `${act} in ${state}`).toBe(cell);
          // A call that fails has changed nothing.
          expect(session.workspace.read.log.eventCount(), `${act} in ${state}`).toBe(before);
          expect(stateOfDeal(session, first.id)).toBe(state);
        } else {
          expect(problem, `${act} in ${state}`).toBeNull();
          expect(stateOfDeal(session, first.id), `${act} in ${state}`).toBe(cell);
        }
      });
      rmSync(dir, { recursive: true });
    }
  });
});
