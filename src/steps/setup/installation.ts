import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { versions } from 'node:process';
import { openAge, sealAge } from '../../base/age.js';
import { sameBytes, utf8 } from '../../base/bytes.js';
import type { Random } from '../../base/crypto.js';
import { verifySignature } from '../../base/signing.js';
import { newIdentity } from '../../identity/identity.js';
import { HandoverError } from '../../messages/error.js';
import { tryDatabase } from '../../store/try-database.js';
import { tryThread } from '../workers/pool.js';

/** What doctor looks at. */
export const DOCTOR_CHECKS = [
  'node',
  'database',
  'sealing',
  'file-names',
  'thread',
  'log',
  'records',
  'identity',
  'card',
  'clock',
  'clock-leap',
  'sync-folder',
  'access',
  'unfinished',
  'drafts',
  'keys',
  'laws',
] as const;
export type DoctorCheck = (typeof DOCTOR_CHECKS)[number];

export interface DoctorFinding {
  readonly check: DoctorCheck;
  /** `alarm`: somebody tampered with it. `note`: the program cannot say, and how a person can. */
  readonly state: 'good' | 'warning' | 'alarm' | 'note';
  /** Version, folder name or count that belongs to the finding; '' without one. */
  readonly detail: string;
}

/** An invented name with a rare character beyond the first plane, as some customers have one. */
const NAME = '王小明𠮷';

/**
 * Does once what every command relies on, and says what each showed: opens a database, seals and opens, signs and verifies, writes a file with
 * a Chinese name and reads it back, starts a thread.
 */
export async function tryInstallation(random: Random): Promise<readonly DoctorFinding[]> {
  return [
    { check: 'node', state: 'good', detail: versions.node },
    databaseFinding(),
    await tried('sealing', () => sealsAndOpens(random)),
    await tried('file-names', writesChinese),
    await tried('thread', tryThread),
  ];
}

/** Whether SQLite loads and gives back what it was given. */
function databaseFinding(): DoctorFinding {
  try {
    const { engine, version, isGood } = tryDatabase(NAME);
    return isGood
      ? { check: 'database', state: 'good', detail: `${engine} ${version}` }
      : { check: 'database', state: 'warning', detail: '' };
  } catch (error) {
    if (!(error instanceof HandoverError) || error.problem.code !== 'CLI_NATIVE_MODULE') throw error;
    return { check: 'database', state: 'warning', detail: error.problem.cause };
  }
}

async function tried(
  check: DoctorFinding['check'],
  attempt: () => boolean | Promise<boolean>,
): Promise<DoctorFinding> {
  const isGood = await Promise.resolve()
    .then(attempt)
    .catch(() => false);
  return { check, state: isGood ? 'good' : 'warning', detail: '' };
}

async function sealsAndOpens(random: Random): Promise<boolean> {
  const identity = await newIdentity(random);
  const plain = utf8(NAME);
  const opened = await openAge(await sealAge(plain, [identity.recipient], random), identity.ageIdentity);
  const { sign, publicKey } = identity.signer;
  return (
    typeof opened !== 'string' && sameBytes(opened, plain) && verifySignature(sign(plain), plain, publicKey)
  );
}

/** Where the program writes its own temporary files. */
function writesChinese(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'handover-'));
  try {
    const name = `${NAME}.csv`;
    writeFileSync(join(folder, name), NAME, { flag: 'wx', mode: 0o600 });
    return readdirSync(folder).includes(name) && readFileSync(join(folder, name), 'utf8') === NAME;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
