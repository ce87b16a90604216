import './once.js';
import { systemRandom } from '../../src/base/crypto.js';
import type { Instant } from '../../src/base/time.js';
import { noProgress } from '../../src/report/progress.js';
import { type Session, withSession } from '../../src/steps/session/session.js';

/** Runs a step in a workspace with unprotected keys, as a program that uses the library would. */
export function within<T>(dir: string, time: string, run: (session: Session) => Promise<T>): Promise<T> {
  const runtime = {
    now: () => time as Instant,
    random: systemRandom,
    operator: '李店长',
    lang: 'zh',
    progress: noProgress,
    signal: new AbortController().signal,
    passphrase: () => Promise.reject(new Error('nobody can be asked')),
  } as const;
  return withSession(dir, runtime, run);
}
