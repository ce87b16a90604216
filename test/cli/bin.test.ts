import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** The real process, on what `npm run build` made. */
const bin = join(import.meta.dirname, '..', '..', 'bin', 'handover.js');
const env = { PATH: process.env['PATH'], LANG: 'en_US.UTF-8' };

test('gives output and exit number to the process', async () => {
  const run = promisify(execFile);
  expect((await run(process.execPath, [bin, '--version'], { env })).stdout).toMatch(/^handover \d/);
  await expect(run(process.execPath, [bin, 'sttaus'], { env })).rejects.toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('CLI_UNKNOWN_COMMAND'),
  });
});

test('asks nothing where there is no terminal', async () => {
  const argv = [bin, 'init', 'nowhere', '--role', 'buyer', '--name', 'Yi', '--phone', '1', '--operator', 'x'];
  await expect(promisify(execFile)(process.execPath, argv, { env, cwd: '/' })).rejects.toMatchObject({
    code: 7,
    stderr: expect.stringContaining('KEY_NO_PASSPHRASE'),
  });
});

test('a reader that goes away is no fault', async () => {
  const child = spawn(process.execPath, [bin, '--help'], { env });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  expect({ code, said }).toEqual({ code: 0, said: '' });
});
