import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROGRAM = process.env['SOFFICE'] ?? 'soffice';

/** Whether there is a LibreOffice, with whichever of its parts. */
export const hasOffice = spawnSync('sh', ['-c', 'command -v "$0"', PROGRAM]).status === 0;

/** A version above that of the program: it is no upgrade then, after which every start draws a hundred pictures to try the screen. */
const SETTINGS = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse"><value>99.0</value></prop></item>
</oor:items>
`;

let profile: string | undefined;

/** A folder with the settings of the office program, one for all that is converted in this process: nothing in it is about a file. */
function profileFolder(): string {
  if (profile !== undefined) return profile;
  const folder = mkdtempSync(join(tmpdir(), 'handover-office-profile-'));
  mkdirSync(join(folder, 'user'));
  writeFileSync(join(folder, 'user', 'registrymodifications.xcu'), SETTINGS);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  profile = folder;
  return folder;
}

/** What files are converted to. */
export interface Conversion {
  /** The ending of what is made, perhaps with the name of a filter: `xlsx`, `txt:Text (encoded):UTF8`. */
  readonly to: string;
  /** How the files are read, where that is not left to the program: `CSV:44,34,76,1`. */
  readonly infilter?: string;
  /** The folder in which they are made, under their names with the other ending. */
  readonly out: string;
}

/**
 * Has files converted by LibreOffice, all in one start: starting is most of what it takes. A file that it cannot read is not made.
 * @throws if it could not run
 */
export function convert(files: readonly string[], { to, infilter, out }: Conversion): void {
  const args = [
    `-env:UserInstallation=${pathToFileURL(profileFolder()).href}`,
    '--headless',
    ...['--convert-to', to],
    ...(infilter === undefined ? [] : [`--infilter=${infilter}`]),
    ...['--outdir', out, ...files],
  ];
  execFileSync(PROGRAM, args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
