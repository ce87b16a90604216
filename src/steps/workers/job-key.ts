import { openAge, sealAge } from '../../base/age.js';
import { ageIdentity, newAgeIdentity, recipientOf } from '../../base/age-keys.js';
import { textOf } from '../../base/bytes.js';
import { derivedRandom, type Random, type SecretKey } from '../../base/crypto.js';
import { fail } from '../../messages/error.js';
import { JOB_NAME } from '../../bundle/job.js';
import { readLimited, readPlain } from '../../store/files.js';
import type { JobFolder } from './job-folder.js';

/*
 * The key with which a worker on another machine opens what it is told. It is an age identity in a file of its own, and goes another way than
 * what it opens.
 */

/** What seals for the workers of one job. */
export interface JobKey {
  /** `AGE-SECRET-KEY-…`, for the key file. */
  readonly identity: string;
  readonly recipient: string;
}

/** The key of a job. @param seed the secret from which everything of the job follows */
export function jobKey(seed: SecretKey, what: 'lots' | 'opening' | 'ranges'): JobKey {
  const identity = newAgeIdentity(false, derivedRandom(seed, `handover ${what} identity`));
  return { identity, recipient: recipientOf(identity) ?? fail({ code: 'LOTS_KEY' }) };
}

/** Seals something for whoever has the key of a job. */
export function sealForJob(plain: Uint8Array, { recipient }: JobKey, random: Random): Promise<Uint8Array> {
  return sealAge(plain, [recipient], random);
}

const KEY_LIMIT = 1024;

/**
 * What a worker is told to do, and the key that opened it.
 *
 * @param key file with the key of the job, absolute
 * @param limit the most bytes of the sealed job
 * @param changed what it is if it is damaged
 * @throws HandoverError LOTS_KEY, `changed`, and the problems of files
 */
export async function openTold(
  folder: JobFolder,
  key: string,
  limit: number,
  changed: 'LOTS_CHANGED' | 'READING_CHANGED' = 'LOTS_CHANGED',
): Promise<{ readonly identity: string; readonly told: Uint8Array }> {
  const identity = readJobKey(key);
  const sealed = readPlain(folder.job, limit, JOB_NAME);
  return { identity, told: await openJob(sealed, identity, JOB_NAME, changed) };
}

/** Reads the key of a job, the first line of its file, which may be a descriptor. @throws HandoverError LOTS_KEY and the problems of files */
function readJobKey(path: string): string {
  const [first = ''] = textOf(readLimited(path, KEY_LIMIT, 'key')).split('\n');
  const text = first.trim();
  return ageIdentity(text) === null ? fail({ code: 'LOTS_KEY' }) : text;
}

/**
 * Opens what was sealed for a job.
 *
 * @param name of its file
 * @param changed what it is if it is damaged
 * @throws HandoverError LOTS_KEY, and `changed`
 */
export async function openJob(
  sealed: Uint8Array,
  identity: string,
  name: string,
  changed: 'LOTS_CHANGED' | 'READING_CHANGED' = 'LOTS_CHANGED',
): Promise<Uint8Array> {
  const plain = await openAge(sealed, identity);
  if (plain === 'no-match') return fail({ code: 'LOTS_KEY' });
  if (plain === 'damaged') return fail({ code: changed, name });
  return plain;
}
