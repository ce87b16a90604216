import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { isWindows, usualFileSystem } from './platform.js';

/** What is known of the place where a folder lies, as far as it matters for overwriting. */
export interface Medium {
  /** Type of the file system where overwriting may not reach the old blocks, or `unknown`; null where it does. */
  readonly fileSystem: string | null;
  /** Services that copy the folder elsewhere. */
  readonly services: readonly string[];
}

/** Looks at the file system below a folder, and at the folders above it. */
export function mediumOf(dir: string): Medium {
  const real = existing(dir);
  return { fileSystem: doubtful(fileSystemOf(real), real), services: servicesOf(real) };
}

/** Magic numbers of statfs(2). */
const TYPES: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
  [0x794c7630, 'overlay'],
  [0x2fc12fc1, 'zfs'],
  [0xca451a4e, 'bcachefs'],
  [0xf2f52010, 'f2fs'],
  [0x6969, 'nfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x65735546, 'fuse'],
  [0x01021997, '9p'],
  [0x4d44, 'vfat'],
  [0x2011bab0, 'exfat'],
  [0x7366746e, 'ntfs3'],
]);

/** Where a write to a place of a file goes to the blocks that the place had. */
const IN_PLACE = new Set(['ext4', 'xfs', 'vfat', 'exfat', 'ntfs3', 'ntfs', 'tmpfs', 'ramfs']);

function fileSystemOf(dir: string): string {
  const usual = usualFileSystem();
  if (usual !== null) return usual;
  try {
    return TYPES.get(statfsSync(dir).type >>> 0) ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

function doubtful(type: string, dir: string): string | null {
  if (type === 'ext4' && journalsData(dir)) return 'ext4-data-journal';
  return IN_PLACE.has(type) ? null : type;
}

/** Whether ext4 writes contents into its journal as well (data=journal, ext4(5)). */
function journalsData(dir: string): boolean {
  try {
    const mounts = readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .map(([, at = '', , options = '']) => ({ at: at.replaceAll('\\040', ' '), options }))
      .filter(({ at }) => at !== '' && (dir === at || dir.startsWith(at.endsWith('/') ? at : `${at}/`)))
      .sort((a, b) => a.at.length - b.at.length);
    return mounts.at(-1)?.options.split(',').includes('data=journal') ?? false;
  } catch {
    return false;
  }
}

/** Names that the folders of synchronising services have, and what such a service leaves in the folder that it copies. */
const SERVICES: readonly { readonly service: string; readonly name: RegExp; readonly marker?: string }[] = [
  { service: 'dropbox', name: /^dropbox\b/i, marker: '.dropbox.cache' },
  { service: 'onedrive', name: /^onedrive\b/i },
  { service: 'google-drive', name: /^(google ?drive|my drive|我的云端硬盘)\b/i },
  { service: 'icloud', name: /^(icloud ?drive|com~apple~clouddocs|mobile documents)/i },
  { service: 'nutstore', name: /^(nutstore|我的坚果云|坚果云)/i, marker: '.nutstore' },
  { service: 'baidu', name: /^(baidusyncdisk|baidunetdisk|百度网盘|百度云同步盘)/i },
  { service: 'aliyun-drive', name: /^(阿里云盘|adrive)/i },
  { service: 'weiyun', name: /^(微云|weiyun)/i },
  { service: 'wps', name: /^(wps云盘|wpsdrive|wps cloud files)/i },
  { service: 'pcloud', name: /^pcloud/i },
  { service: 'syncthing', name: /^syncthing$/i, marker: '.stfolder' },
  { service: 'nextcloud', name: /^(nextcloud|owncloud)$/i, marker: '.owncloudsync.log' },
];

/** Services whose folders have such names, by a path alone. */
export function servicesNamed(path: string): readonly string[] {
  const parts = path.split(isWindows() ? /[\\/]/ : sep);
  return SERVICES.flatMap(({ service, name }) => (parts.some((part) => name.test(part)) ? [service] : []));
}

function servicesOf(dir: string): readonly string[] {
  const found = new Set(servicesNamed(dir));
  for (const { service, marker } of SERVICES) {
    if (marker === undefined) continue;
    for (let folder = dir; ; folder = dirname(folder)) {
      if (existsSync(join(folder, marker))) found.add(service);
      if (folder === dirname(folder)) break;
    }
  }
  return [...found].sort();
}

/** The nearest folder above that exists, without links. */
function existing(dir: string): string {
  for (let folder = dir; ; folder = dirname(folder)) {
    try {
      return realpathSync(folder);
    } catch {
      if (folder === dirname(folder)) return folder;
    }
  }
}
