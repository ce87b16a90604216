import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import type { run } from '../../src/cli/run.js';
import type { System } from '../../src/cli/system.js';
import type { Ended } from '../cli/world.js';
import { builtProgram } from './process.js';
import { failing } from './stop-at.js';

const native: (url: string) => Promise<{ readonly run: typeof run }> = createRequire(import.meta.url)(
  './native.cjs',
);

/** How a command ended that ran in this process, its operations that write, in order, and how many messages it sent to threads. */
export interface InsideEnd extends Ended {
  readonly operations: readonly string[];
  readonly messages: number;
}

/**
 * Runs the built program here, as `bin/handover.js` would: for faults that the program lives through, a fifth of the time of a process. A
 * lock, a file or a transaction that it leaves open is in the way of the next command here, where the end of a process would hide it.
 *
 * @param fail an error of the system at the n-th operation that writes, `EIO@12`, or at all whose name begins so, `EIO@link*`; '' for none
 * @param time what the clock shows as the command begins, if not the present
 */
export async function runInside(
  argv: readonly string[],
  cwd: string,
  fail: string,
  time?: string,
): Promise<InsideEnd> {
  const program = await native(
    pathToFileURL(builtProgram().replace('bin/handover.js', 'dist/program/run.js')).href,
  );
  const text = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): System['stdout'] => ({
    write: (more) => {
      text[name] += more;
    },
    isTTY: false,
    columns: undefined,
  });
  const ahead = time === undefined ? 0 : Date.parse(time) - Date.now();
  const system: System = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    prompts: null,
    env: { TMPDIR: tmpdir(), LANG: 'en_US.UTF-8', HANDOVER_OPERATOR: '李店长' },
    cwd,
    locale: '',
    platform: process.platform,
    node: process.versions.node,
    now: () => new Date(Date.now() + ahead),
    elapsed: () => 0,
    random: (length) => new Uint8Array(randomBytes(length)),
    onSignal: () => () => undefined,
  };
  const { ended, ...counted } = await failing(fail, () => program.run(argv, system));
  return { exit: ended, ...text, ...counted };
}
