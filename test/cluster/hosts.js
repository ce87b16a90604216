import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((path) => existsSync(path)) ?? null;

/** What a cluster on this machine alone needs and is not there, as Debian calls it. */
export function missingPackages() {
  const missing = SSHD === null ? ['openssh-server'] : [];
  return [
    ...missing,
    ...lacking([
      ['parallel', 'parallel'],
      ['ssh', 'openssh-client'],
      ['setsid', 'util-linux'],
    ]),
  ];
}

/**
 * The packages of programs that are not there, each once.
 *
 * @param {readonly (readonly [program: string, name: string])[]} programs
 */
export function lacking(programs, path = process.env['PATH']) {
  const missing = new Set();
  for (const [program, name] of programs) {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore', env: { PATH: path } });
    } catch {
      missing.add(name);
    }
  }
  return [...missing];
}

/**
 * A host that is this machine under another name: an sshd of its own on a loopback port, with keys made for it.
 *
 * @typedef {object} Host
 * @property {string} name
 * @property {number} port
 * @property {boolean} isUp
 * @property {() => Promise<void>} kill  the host is gone, with whatever ran on it
 */

/**
 * Starts hosts that only the key made here opens.
 *
 * @param {string} folder  for keys, configuration and what runs on each host; it must not be there yet
 * @param {readonly string[]} names
 * @returns {Promise<{ hosts: readonly Host[], ssh: string, stop: () => Promise<void> }>} `ssh` is the client's command line
 */
export async function startHosts(folder, names) {
  mkdirSync(folder, { mode: 0o700 });
  const key = join(folder, 'client');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', key]);
  // sshd wants this folder where it starts as root; it is empty and stays.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const config = join(folder, 'ssh_config');
  const known = join(folder, 'known_hosts');
  /** @type {Host[]} */
  const hosts = [];
  let text = '';
  for (const name of names) {
    const host = await startHost(folder, name, `${key}.pub`);
    hosts.push(host);
    text += `Host ${name}\n  HostName 127.0.0.1\n  Port ${host.port}\n  User ${userInfo().username}\n  IdentityFile ${key}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${known}\n  StrictHostKeyChecking yes\n  BatchMode yes\n  ConnectTimeout 5\n`;
    const line = readFileSync(join(folder, `${name}.key.pub`), 'utf8')
      .split(' ')
      .slice(0, 2)
      .join(' ');
    writeFileSync(known, `[127.0.0.1]:${host.port} ${line}\n`, { flag: 'a' });
  }
  writeFileSync(config, text);
  const stop = async () => {
    for (const host of hosts) await host.kill();
  };
  return { hosts, ssh: `ssh -F ${config}`, stop };
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} authorized
 * @returns {Promise<Host>}
 */
async function startHost(folder, name, authorized) {
  const port = await freePort();
  const key = join(folder, `${name}.key`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', key]);
  const config = join(folder, `${name}.conf`);
  writeFileSync(
    config,
    `Port ${port}\nListenAddress 127.0.0.1\nHostKey ${key}\nAuthorizedKeysFile ${authorized}\nPidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\nMaxStartups 100\nMaxSessions 100\nLogLevel ERROR\n`,
  );
  const server = spawn(SSHD ?? 'sshd', ['-D', '-e', '-f', config], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  await answering(port);
  const host = {
    name,
    port,
    isUp: true,
    kill: async () => {
      if (!host.isUp) return;
      host.isUp = false;
      server.kill('SIGKILL');
      await ended;
      for (const pid of workersOn(folder, port)) killGroup(pid);
    },
  };
  return host;
}

/** A port that nobody listens on at the moment. */
export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** @param {number} port */
async function answering(port) {
  for (let tries = 0; tries < 100; tries++) {
    try {
      execFileSync('ssh-keyscan', ['-T', '1', '-p', String(port), '127.0.0.1'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return;
    } catch {
      await pause(50);
    }
  }
  throw new Error('sshd does not answer');
}

/**
 * The script that a host runs for each part. It notes its process group under the port of its host, so that the test can end a worker, or all of
 * a host, and nothing else.
 *
 * @param {string} folder  of the hosts
 * @param {readonly string[]} command  of which `{}` is the number of the part
 */
export function workerScript(folder, command) {
  const running = join(folder, 'running');
  mkdirSync(running, { recursive: true });
  const group = join(folder, 'group.sh');
  const words = command.map((word) => (word === '{}' ? '"$1"' : `'${word}'`)).join(' ');
  writeFileSync(group, `echo $$ >>'${running}'/"$2"\nexec ${words}\n`);
  const path = join(folder, 'worker.sh');
  const port = 'port=$(echo "$SSH_CONNECTION" | cut -d" " -f4)';
  writeFileSync(path, `#!/bin/sh\n${port}\nexec setsid --wait sh '${group}' "$1" "$port"\n`, { mode: 0o700 });
  return path;
}

/**
 * Process groups of workers that were started on a host.
 *
 * @param {string} folder
 * @param {number} port
 */
export function workersOn(folder, port) {
  const path = join(folder, 'running', String(port));
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map(Number) : [];
}

/**
 * Ends one worker at once, as a machine does that fails.
 *
 * @param {number} pid  of the first process of the group
 * @returns {boolean} whether it still ran
 */
export function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
