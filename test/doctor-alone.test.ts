import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

/* A program whose database component was not installed, on a Node that has none of its own. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'handover-alone-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(isBuiltin('node:sqlite'))(
  'doctor says that no database can be opened, and not that all is well',
  () => {
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    const env = { PATH: process.env['PATH'] ?? '', LANG: 'en_US.UTF-8', HANDOVER_OPERATOR: 'li' };
    const argv = [join(folder, 'bin', 'handover.js'), 'doctor'];
    const ended = spawnSync(process.execPath, argv, { cwd: folder, env, encoding: 'utf8' });
    expect(ended.status).toBe(3);
    expect(ended.stdout).toContain('No database can be opened');
    expect(ended.stdout).toContain('better-sqlite3');
    expect(ended.stdout).not.toContain('All is well');
  },
);
