import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { readScript, runScript } from './cli/script.js';

const scripts = join(import.meta.dirname, '..', 'fixtures', 'scripts');

const load = (name: string): string => readFileSync(join(scripts, name), 'utf8');

describe('scripts: what users see', () => {
  for (const file of readdirSync(scripts).filter((name) => name.endsWith('.txt'))) {
    test(file.replace('.txt', ''), async () => {
      const folder = mkdtempSync(join(tmpdir(), 'handover-script-'));
      try {
        await runScript(readScript(load(file), load), folder);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }
});
