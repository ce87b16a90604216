import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256, systemRandom } from '../../../src/base/crypto.js';
import { type Card, makeCard, signAsFormer } from '../../../src/identity/card.js';
import { newIdentity } from '../../../src/identity/identity.js';
import { ownCard } from '../../../src/steps/session/cards.js';
import { Firms } from '../../kit/firms.js';
import { within } from '../../kit/session.js';

let firms: Firms;

beforeAll(async () => {
  firms = await Firms.withDeal();
});
afterAll(() => firms.remove());

/** Writes the card that the buyer would use from now on, with the signature of its former key. */
function successor(name: string, change: Partial<Card> = {}): Promise<string> {
  return within(firms.path('yi'), firms.time, async (session) => {
    const former = ownCard(session.workspace.info);
    const { identity } = await session.keys();
    const { format, signing_key, recipient, region, ...facts } = former.card;
    expect([format, region, signing_key, recipient]).not.toContain('');
    const next = await newIdentity(systemRandom, { classic: true });
    const made = makeCard({ ...facts, replaces: former.digest, ...change }, next);
    const path = firms.post(name);
    writeFileSync(path, made.bytes);
    writeFileSync(`${path}.minisig`, made.signature);
    writeFileSync(`${path}.former.minisig`, signAsFormer(made, identity));
    return path;
  });
}

describe('trust replace', () => {
  test('takes no card that turns the party into another, or a buyer into a seller', async () => {
    const yi = await within(firms.path('yi'), firms.time, async ({ workspace }) => workspace.info.cardDigest);
    const cases = [
      [{ name: '别家' }, 'CARD_SUCCESSION'],
      [{ role: 'seller' as const }, 'CARD_ROLE_CHANGED'],
      // Of another card, or of none: then its fingerprint has to be compared.
      [{ replaces: sha256(Buffer.from('another')) }, 'CARD_REPLACES'],
      [{ replaces: null }, 'CLI_NEEDS_ANSWER'],
    ] as const;
    for (const [change, code] of cases) {
      const path = await successor('other.card.json', change);
      const how = ['--former', yi, '--deals-stay', '--yes'];
      const said = await firms.run('trust', 'replace', path, ...how, '--workspace', 'jia');
      expect(said.stderr).toContain(code);
    }
    const path = await successor('other.card.json', { replaces: sha256(Buffer.from('another')) });
    expect((await firms.run('trust', 'replace', path, '--workspace', 'jia')).stderr).toContain('TRUST_WHICH');
  });

  test('trusts the successor; the deal that names the former card goes on, a new one names the new card', async () => {
    const path = await successor('next.card.json');
    const refused = await firms.run('trust', 'replace', path, '--yes', '--workspace', 'jia');
    expect(refused.stderr).toContain('CARD_UNDER_WAY');
    const how = ['trust', 'replace', path, '--deals-stay', '--workspace', 'jia'];
    const asked = await firms.run(...how);
    expect(asked.stderr).toContain('CLI_NEEDS_ANSWER');
    const done = await firms.done(...how, '--yes');
    const next = done.text('card.sha256');
    const cards = await firms.done('trust', 'list', '--workspace', 'jia');
    expect([cards.at('cards.0.state'), cards.at('cards.1.state')]).toEqual(['replaced', 'trusted']);
    expect([cards.at('cards.0.role'), cards.at('cards.1.role')]).toEqual(['buyer', 'buyer']);

    const shown = await firms.done('deal', 'show', 'D-1', '--workspace', 'jia');
    expect(shown.at('signed')).toEqual({ seller: true, buyer: true });
    // Under the old deal, the next thing that is wanted is a check: the former card is no obstacle.
    const exported = await firms.run('export', '--workspace', 'jia');
    expect(exported.stderr).toMatch(/DATASET_NONE/);

    const old = await firms.draft({ id: 'D-2' });
    const signed = await firms.run('deal', 'sign', old, '--yes', '--workspace', 'jia');
    expect(signed.stderr).toContain('CARD_REPLACED');
    await firms.done('deal', 'init', firms.post('d3.yaml'), '--id', 'D-3', '--workspace', 'jia');
    expect(readFileSync(firms.post('d3.yaml'), 'utf8')).toContain(next);
    const again = await firms.run(...how, '--yes');
    expect(again.stderr).toContain('TRUST_WHICH');
  });
});
