import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  makeKeyFiles,
  makeSealedFile,
  TEST_PARTIES,
  TEST_PASSPHRASE,
  testIdentity,
} from '../../fixtures/keys/make.js';
import { hex } from '../../src/base/bytes.js';
import { readCard } from '../../src/identity/card.js';
import { openIdentity, plainIdentity } from '../../src/identity/sealed-identity.js';

const folder = new URL('../../fixtures/keys/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, folder));

describe('fixtures/keys', async () => {
  const made = await makeKeyFiles();
  if (process.env['UPDATE_FIXTURES'] !== undefined) {
    for (const [name, bytes] of made) writeFileSync(new URL(name, folder), bytes);
    writeFileSync(new URL('jia.identity.age', folder), await makeSealedFile());
  }

  it.each([...made])('%s is what make.ts makes', (name, bytes) => {
    expect(read(name).toString()).toBe(Buffer.from(bytes).toString());
  });

  it('holds nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual(
      ['README.md', 'make.ts', 'jia.identity.age', ...made.keys()].sort(),
    );
  });

  it('jia.identity.age is the first identity under the test passphrase', async () => {
    const [jia] = TEST_PARTIES;
    if (jia === undefined) throw new Error('no party');
    const opened = await openIdentity(read('jia.identity.age'), TEST_PASSPHRASE);
    expect(Buffer.from(plainIdentity(opened))).toEqual(Buffer.from(plainIdentity(await testIdentity(jia))));
  });

  it.each(TEST_PARTIES)('the card of $file is that of its identity', async ({ file, name }) => {
    const identity = await openIdentity(read(`${file}.identity.txt`), null);
    const card = readCard(
      read(`${file}.card.json`),
      read(`${file}.card.json.minisig`).toString(),
      'card.json',
    );
    expect(card.card.name).toBe(name);
    expect(card.card.recipient).toBe(identity.recipient);
    expect(hex(card.publicKey)).toBe(hex(identity.signer.publicKey));
  });
});
