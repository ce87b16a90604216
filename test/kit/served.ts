import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../exe/node-flags.js';
import type { Ended } from '../cli/world.js';
import { withoutKeeping } from './memory.js';
import { builtProgram } from './process.js';

/** How a command ended, and what it took. */
export interface ServedEnd extends Ended {
  /** Most memory that was resident meanwhile, in bytes. */
  readonly peak: number;
  /** How long processors worked for it, in milliseconds. */
  readonly cpu: number;
}

/** The built program in one process that runs many commands: a start costs more than most of what is measured here. Linux only. */
export class Served {
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;

  constructor() {
    const program = builtProgram().replace('bin/handover.js', 'dist/program/run.js');
    this.#child = fork(fileURLToPath(new URL('serve.js', import.meta.url)), [program], {
      execArgv: ['--expose-gc', ...NODE_FLAGS],
      env: withoutKeeping(process.env),
    });
    this.#ready = once(this.#child, 'message');
  }

  /** Rejects if the process ends instead of the command. */
  async run(argv: readonly string[], cwd: string): Promise<ServedEnd> {
    await this.#ready;
    const env = { TMPDIR: tmpdir(), LANG: 'en_US.UTF-8', HANDOVER_OPERATOR: '李店长' };
    this.#child.send({ argv, cwd, env });
    const over = new AbortController();
    const ended = once(this.#child, 'exit', { signal: over.signal }).then(([code, signal]) => {
      throw new Error(`the program ended with ${code ?? signal}`);
    });
    try {
      const [answer] = await Promise.race([once(this.#child, 'message', { signal: over.signal }), ended]);
      return answer;
    } finally {
      // Nobody listens any more for what did not come.
      over.abort();
    }
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
