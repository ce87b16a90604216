import { readFileSync, writeFileSync } from 'node:fs';
import { openAge, sealAge } from '../../src/base/age.js';
import { recipientOf } from '../../src/base/age-keys.js';
import { utf8 } from '../../src/base/bytes.js';
import { secretFromHex, systemRandom } from '../../src/base/crypto.js';
import { canonicalJson, readJson } from '../../src/base/json.js';
import { authenticated } from '../../src/bundle/authenticated.js';

/** A version that this one is not. */
const program = '0.0.9';

/** What a job tells a worker. @param key file with the key of the job */
async function toldIn(job: string, key: string) {
  const identity = readFileSync(key, 'utf8').trim();
  const told = await openAge(readFileSync(job), identity);
  if (typeof told === 'string') throw new Error(told);
  return { identity, told: objectIn(told) };
}

/** Writes a job as another version of the program would. @param key file with the key of the job */
export async function tellAsOther(job: string, key: string): Promise<void> {
  const { identity, told } = await toldIn(job, key);
  const bytes = utf8(canonicalJson({ ...told, program }));
  writeFileSync(job, await sealAge(bytes, [recipientOf(identity) ?? ''], systemRandom));
}

/** Writes what a worker said as another version of the program would. */
export async function sayAsOther(said: string, job: string, key: string): Promise<void> {
  const { told } = await toldIn(job, key);
  const { mac: _, ...document } = objectIn(readFileSync(said));
  const macKey = secretFromHex(String(told['mac_key']));
  if (macKey === null) throw new Error('a job without a key');
  writeFileSync(said, authenticated({ ...document, program }, macKey));
}

function objectIn(bytes: Uint8Array) {
  const value = readJson(bytes, { document: 'document', limit: bytes.length });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no document');
  return Object.fromEntries(Object.entries(value));
}
