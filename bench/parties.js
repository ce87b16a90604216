import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agree } from '../fixtures/demo/agreement.js';
import { measure } from './measure.js';

export const BIN = fileURLToPath(new URL('../bin/handover.js', import.meta.url));

export const PASSPHRASE = 'bench passphrase';

/**
 * Two parties who agreed on a deal, and the words with which their commands ask nobody. Keys are under a passphrase, as users have them:
 * deriving the key is part of what each command costs.
 *
 * @param {string} folder
 * @param {{ deal: string, today: string, activity?: boolean, asks?: boolean }} about
 */
export async function agreed(folder, { deal, today, activity = false, asks = false }) {
  const env = { HANDOVER_OPERATOR: 'bench' };
  const passphrase = join(folder, 'passphrase.txt');
  writeFileSync(passphrase, PASSPHRASE, { mode: 0o600 });
  const unattended = ['--yes', '--no-input', '--passphrase-file', passphrase];
  const parties = await agree({
    folder,
    papersFolder: folder,
    deal,
    today,
    approvals: 0,
    activity,
    address: 'keep',
    asks,
    protection: [],
    run: async (_who, args, cwd) => (await measure([BIN, ...args, ...unattended], { cwd, env })).stdout,
  });
  return { parties, env, unattended };
}
