import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the stock package of the system puts it. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

/** Why there is no browser to test in, or null where there is one. */
export const NO_BROWSER = CHROMIUM === undefined ? 'chromium is not installed' : null;

/** A browser with a profile of its own, which makes the second start quicker than the first. */
export class Browser {
  readonly #profile = mkdtempSync(join(tmpdir(), 'handover-browser-'));

  /**
   * A page as a browser has it a moment after it was opened from disk, scripts run, without a network.
   *
   * @returns its document as HTML
   */
  render(path: string): string {
    if (CHROMIUM === undefined) throw new Error('no browser');
    const run = spawnSync(
      CHROMIUM,
      [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-extensions',
        '--no-first-run',
        `--user-data-dir=${this.#profile}`,
        '--virtual-time-budget=5000',
        '--dump-dom',
        pathToFileURL(path).href,
      ],
      { encoding: 'utf8', timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
    );
    if (run.status !== 0) throw new Error(`chromium ended with ${run.status}`);
    return run.stdout;
  }

  remove(): void {
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
