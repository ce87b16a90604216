import { existsSync } from 'node:fs';

/** Where the stock package of the system puts it. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

/** Why there is no browser to test in, or null where there is one. */
export const NO_BROWSER = CHROMIUM === undefined ? 'chromium is not installed' : null;
