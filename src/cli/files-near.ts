import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { System } from './system.js';

/** A file that may be meant. */
export interface NearFile {
  readonly path: string;
  /** When it was last changed, in milliseconds. */
  readonly changed: number;
}

/** What is looked through in one folder: a folder of downloads may hold thousands. */
const MOST_ENTRIES = 5000;
const MOST_FOUND = 9;

/** Where people put what they are sent, in the languages of their systems. */
const PLACES = ['Downloads', '下载', 'Desktop', '桌面', 'Documents', '文档'];

/**
 * Files whose names fit, the newest first, plain texts last, from where they may lie: the current folder, the workspace, beside it, and where downloads go.
 *
 * @param ends how the name may end, in lower case: `.csv`
 */
export function filesNear(
  system: Pick<System, 'cwd' | 'env'>,
  workspace: string | null,
  ends: readonly string[],
): readonly NearFile[] {
  const home = system.env['HOME'] ?? system.env['USERPROFILE'];
  const folders = new Set([
    system.cwd,
    ...(workspace === null ? [] : [join(workspace, 'exchange'), dirname(workspace)]),
    ...(home === undefined ? [] : PLACES.map((place) => join(home, place))),
  ]);
  // One's own card is never what is asked for, and a document that lies there as one file to send is meant once.
  const own = workspace === null ? null : `${basename(workspace)}.card.`;
  const found = [...folders]
    .flatMap((folder) => filesIn(folder, ends))
    .filter(({ path }) => own === null || !basename(path).startsWith(own));
  const paths = new Set(found.map(({ path }) => path));
  return found
    .filter(({ path }) => !paths.has(path.replace(/\.json$/, '.html')) || !path.endsWith('.json'))
    .sort((a, b) => Number(isPlain(a)) - Number(isPlain(b)) || b.changed - a.changed)
    .slice(0, MOST_FOUND);
}

/** Hidden files, locks of an office program, and what this program wrote beside a customer file. */
const OWN = /^\.|^~\$|\.(?:对应|退回|mapping|rejects)\.(?:txt|csv)$/;

/** A plain text may be anything: it is listed after files whose name says what they are. */
function isPlain({ path }: NearFile): boolean {
  return path.toLowerCase().endsWith('.txt');
}

function filesIn(folder: string, ends: readonly string[]): readonly NearFile[] {
  try {
    return readdirSync(folder)
      .slice(0, MOST_ENTRIES)
      .filter((name) => !OWN.test(name))
      .filter((name) => ends.some((end) => name.toLowerCase().endsWith(end)))
      .flatMap((name) => {
        const path = join(folder, name);
        const about = statSync(path, { throwIfNoEntry: false });
        return about?.isFile() === true ? [{ path, changed: about.mtimeMs }] : [];
      });
  } catch {
    // A folder that is not there, or that this person may not look into, holds nothing to choose from.
    return [];
  }
}

/**
 * A path as it arrives when a file is dropped onto the window or copied from a file manager: in quotes, as a file: address, with a backslash
 * before what a shell would split.
 */
export function droppedPath(text: string): string {
  const bare = text.trim().replace(/^& /, '');
  const [, quoted] = /^(?:'(.*)'|"(.*)")$/s.exec(bare)?.filter((part) => part !== undefined) ?? [];
  if (quoted !== undefined) return quoted;
  if (bare.startsWith('file://')) return pathOfAddress(bare);
  return sep === '/' ? bare.replace(/\\(.)/g, '$1') : bare;
}

function pathOfAddress(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    return address;
  }
}
