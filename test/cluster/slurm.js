import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BIN } from './handover.js';
import { freePort, killGroup, lacking } from './hosts.js';

/** @import { ChildProcess } from 'node:child_process' */
/** @import { Job } from './handover.js' */

const PAGE = fileURLToPath(new URL('../../docs/cluster.md', import.meta.url));

// Debian keeps daemons where only root looks.
const PATH = `${process.env['PATH']}:/usr/sbin:/sbin`;

/** What Slurm on this machine alone needs and is not there, as Debian calls it. */
export function missingSlurm() {
  return lacking(
    [
      ['slurmctld', 'slurm-wlm'],
      ['slurmd', 'slurm-wlm'],
      ['sbatch', 'slurm-wlm'],
      ['munged', 'munge'],
      ['setpriv', 'util-linux'],
    ],
    PATH,
  );
}

/**
 * The script of the page on clusters, word for word but for where things lie, and with a line that says which process runs on which node.
 *
 * @param {Job} job
 * @param {string} running  folder in which each node has a file of its own
 */
export function arrayScript(job, running) {
  const page = readFileSync(PAGE, 'utf8');
  const [, script] = /```sh\n(#!\/bin\/sh\n#SBATCH[\s\S]*?)```/.exec(page) ?? [];
  const [group, act] = job.command;
  const [, words] = new RegExp(`exec handover (${group} ${act} [^\n\`]*)`).exec(page) ?? [];
  if (script === undefined || words === undefined) throw new Error('docs/cluster.md has no script for Slurm');
  const placed = words.split(' ').map((word, i) => placedWord(word, job.command[i] ?? word));
  const note = `echo "$$ $SLURM_ARRAY_TASK_ID" >>'${running}'/"$SLURMD_NODENAME"`;
  const line = `${note}\nexec '${process.execPath}' '${BIN}' ${placed.join(' ')}`;
  return script.replace(/^exec .*$/m, () => line);
}

/**
 * A word of the page, or what it stands for where that is a path.
 *
 * @param {string} word
 * @param {string} own  of the job's command, in the same place
 */
function placedWord(word, own) {
  if (/^"\$HOME\/|^\/dev\/shm\//.test(word)) return `'${own}'`;
  if (word === '"$SLURM_ARRAY_TASK_ID"' ? own !== '{}' : word !== own)
    throw new Error(`docs/cluster.md has ${word}, and the command ${own}`);
  return word;
}

/** A cluster of Slurm whose controller and nodes are processes of this machine, with a key and a configuration of its own. */
export class Slurm {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
    /** Where tasks say which process they are, one file a node. */
    this.running = join(folder, 'running');
    this.env = { ...process.env, PATH, SLURM_CONF: join(folder, 'slurm.conf') };
    /** @type {Map<string, ChildProcess>} */
    this.daemons = new Map();
  }

  /**
   * @param {string} folder  it must not be there yet
   * @param {readonly string[]} nodes
   * @returns {Promise<Slurm>} one that takes jobs
   */
  static async start(folder, nodes) {
    const slurm = new Slurm(folder);
    for (const path of [folder, slurm.running, join(folder, 'state'), ...nodes.map((n) => join(folder, n))])
      mkdirSync(path, { mode: 0o700 });
    const key = join(folder, 'munge.key');
    writeFileSync(key, randomBytes(1024), { mode: 0o600 });
    writeFileSync(slurm.env.SLURM_CONF, await configuration(folder, nodes));
    try {
      const own = ['pid-file', 'log-file', 'seed-file'].map((name) => `--${name}=${join(folder, name)}`);
      // It would rather have a folder that others may enter.
      slurm.#daemon('munged', [
        ...[
          '--force',
          '--foreground',
          `--key-file=${key}`,
          `--socket=${join(folder, 'munge.socket')}`,
          ...own,
        ],
      ]);
      await until('munged answers', () => existsSync(join(folder, 'munge.socket')));
      slurm.#daemon('slurmctld', ['-D', '-i']);
      await until('slurmctld answers', () => slurm.#ask('scontrol', 'ping').includes('is UP'));
      for (const node of nodes) slurm.#daemon('slurmd', ['-D', '-N', node], node);
      const idle = () =>
        slurm.#ask('sinfo', '-h', '-N', '-t', 'idle', '-o', '%N').split('\n').filter(Boolean);
      await until('all nodes are idle', () => idle().length === nodes.length);
      return slurm;
    } catch (error) {
      await slurm.stop();
      throw error;
    }
  }

  /**
   * Begins an array job that waits until it is released.
   *
   * @param {string} script
   * @param {string} array  as `1-24`
   * @returns {string} the job's number
   */
  submit(script, array) {
    return this.#run('sbatch', ...this.#placed(array), '--parsable', '--hold', script).trim();
  }

  /**
   * Runs an array job to its end.
   *
   * @param {string} script
   * @param {string} array
   */
  submitAndWait(script, array) {
    this.#run('sbatch', ...this.#placed(array), '--wait', script);
  }

  /**
   * @param {string} job
   * @param {number} task
   */
  cancel(job, task) {
    this.#run('scancel', `${job}_${task}`);
  }

  /**
   * @param {string} job
   * @param {string} tasks  as `3-24`
   */
  release(job, tasks) {
    this.#run('scontrol', 'release', `${job}_[${tasks}]`);
  }

  /**
   * Has a task that waits begun, ended by Slurm, and begun again.
   *
   * @param {string} job
   * @param {number} task
   */
  async requeue(job, task) {
    const id = `${job}_${task}`;
    this.release(job, String(task));
    await until('a task runs', () => this.#tasks(id, 'PENDING').length === 0);
    this.#run('scontrol', 'requeue', id);
  }

  /**
   * Has a task that waits begun, and ends it at its work from outside Slurm, as the kernel does when memory is short.
   *
   * @param {string} job
   * @param {number} task
   * @param {string} done  what it writes last: if that is there it was too quick, and is begun again
   */
  async kill(job, task, done) {
    const id = `${job}_${task}`;
    this.release(job, String(task));
    await until('a task is ended', () => {
      const worker = this.#workers().find((each) => each.task === task && isIn(each.pid, task));
      // Halted first, so that it cannot end its work while this looks.
      if (worker !== undefined && signalled(worker.pid, 'SIGSTOP')) {
        if (!existsSync(done)) return killGroup(worker.pid);
        signalled(worker.pid, 'SIGCONT');
      } else if (this.#tasks(id, 'COMPLETED').length > 0) {
        rmSync(done);
        this.#run('scontrol', 'requeue', id);
      }
      return false;
    });
  }

  /**
   * A machine that is gone, with whatever ran on it, and whom the operator sets down.
   *
   * @param {string} node
   */
  async killNode(node) {
    await this.#end(node, 'SIGKILL');
    this.#killTasks(node);
    this.#run('scontrol', 'update', `NodeName=${node}`, 'State=DOWN', 'Reason=gone');
  }

  /**
   * Waits until no task of a job runs or waits.
   *
   * @param {string} job
   */
  async settled(job) {
    await until('all tasks have ended', () => this.#tasks(job).length === 0);
  }

  /**
   * How many tasks of a job ended in a state, as COMPLETED or FAILED.
   *
   * @param {string} job
   * @param {string} state
   */
  ended(job, state) {
    return this.#tasks(job, state).length;
  }

  /** What the tasks printed. */
  printed() {
    const logs = readdirSync(this.folder).filter((name) => name.endsWith('.out'));
    return logs.map((name) => readFileSync(join(this.folder, name), 'utf8')).join('');
  }

  /** Ends the daemons and whatever they started. */
  async stop() {
    const nodes = existsSync(this.running) ? readdirSync(this.running) : [];
    for (const name of [...this.daemons.keys()].reverse()) await this.#end(name, 'SIGKILL');
    for (const node of nodes) this.#killTasks(node);
  }

  /** @param {string} array */
  #placed(array) {
    return [`--array=${array}`, `--chdir=${this.folder}`, `--output=${join(this.folder, '%A-%a.out')}`];
  }

  /**
   * @param {string} job  all of it, or `JOB_TASK`
   * @param {string} [state]
   */
  #tasks(job, state) {
    const states = state === undefined ? [] : ['-t', state];
    return this.#run('squeue', '-h', '-r', '-j', job, '-o', '%i', ...states)
      .split('\n')
      .filter(Boolean);
  }

  /** @param {string} [node] */
  #workers(node) {
    const names = existsSync(this.running) ? readdirSync(this.running) : [];
    return names
      .filter((name) => node === undefined || name === node)
      .flatMap((name) => readFileSync(join(this.running, name), 'utf8').trim().split('\n'))
      .map((line) => line.split(' ').map(Number))
      .map(([pid = 0, task = 0]) => ({ pid, task }));
  }

  /** @param {string} node */
  #killTasks(node) {
    for (const { pid, task } of this.#workers(node)) {
      if (!isIn(pid, task)) continue;
      // What Slurm set to watch over the task goes first, or it would report how the task ended.
      const watcher = parentOf(pid);
      if (watcher > 1 && nameOf(watcher) === 'slurmstepd') signalled(watcher, 'SIGKILL');
      killGroup(pid);
    }
  }

  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  #daemon(program, args, name = program) {
    // Ended with this process too, however that ends.
    const words = ['--pdeathsig', 'KILL', program, ...args];
    this.daemons.set(name, spawn('setpriv', words, { stdio: 'ignore', env: this.env }));
  }

  /**
   * @param {string} name
   * @param {'SIGKILL'} signal
   */
  async #end(name, signal) {
    const daemon = this.daemons.get(name);
    this.daemons.delete(name);
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const ended = once(daemon, 'exit');
    daemon.kill(signal);
    await ended;
  }

  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  #run(program, ...args) {
    return execFileSync(program, args, {
      env: this.env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /**
   * What a program prints, and nothing where it fails.
   *
   * @param {string} program
   * @param {readonly string[]} args
   */
  #ask(program, ...args) {
    try {
      return this.#run(program, ...args);
    } catch {
      return '';
    }
  }
}

/**
 * @param {string} folder
 * @param {readonly string[]} nodes
 */
async function configuration(folder, nodes) {
  const [host = ''] = hostname().split('.');
  const user = userInfo().username;
  const lines = [
    'ClusterName=handover',
    `SlurmctldHost=${host}(127.0.0.1)`,
    `SlurmctldPort=${await freePort()}`,
    `SlurmUser=${user}`,
    `SlurmdUser=${user}`,
    // What is requeued waits until its credential has expired: two minutes by default.
    `AuthInfo=socket=${join(folder, 'munge.socket')},cred_expire=5`,
    `StateSaveLocation=${join(folder, 'state')}`,
    `SlurmdSpoolDir=${join(folder, '%n')}`,
    `SlurmctldPidFile=${join(folder, 'slurmctld.pid')}`,
    `SlurmdPidFile=${join(folder, '%n.pid')}`,
    `SlurmctldLogFile=${join(folder, 'slurmctld.log')}`,
    `SlurmdLogFile=${join(folder, '%n.log')}`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_CPU_Memory',
    'SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0',
    'SlurmdParameters=config_overrides',
    'MpiDefault=none',
    'KillWait=2',
  ];
  for (const node of nodes)
    lines.push(
      `NodeName=${node} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${await freePort()} CPUs=1 RealMemory=1024`,
    );
  lines.push('PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP');
  return `${lines.join('\n')}\n`;
}

/**
 * Waits for a state, which has to come within five minutes.
 *
 * @param {string} what
 * @param {() => boolean} holds
 */
async function until(what, holds) {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 30_000) throw new Error(`in vain: ${what}`);
    await pause(10);
  }
}

/**
 * Whether a process is still the task that it said it was: numbers are used again.
 *
 * @param {number} pid
 * @param {number} task
 */
function isIn(pid, task) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`SLURM_ARRAY_TASK_ID=${task}`);
  } catch {
    return false;
  }
}

/** @param {number} pid */
function parentOf(pid) {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
}

/** @param {number} pid */
function nameOf(pid) {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalled(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
