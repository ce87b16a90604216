import type { Lang } from './lang.js';
import { placeName } from './places.js';

/** Why a file in clear is still there. */
export const FILE_LEFT = [
  'kept',
  'restrained',
  'changed',
  'linked',
  'symlink',
  'permission',
  'fault',
] as const;
export type FileLeft = (typeof FILE_LEFT)[number];

/** Kinds of files that the store remembers and that can be read: in clear, or, of a received bundle, with the party's own key. */
export const CLEAR_KINDS = ['source', 'reject', 'extract', 'report', 'bundle'] as const;
export type ClearKind = (typeof CLEAR_KINDS)[number];

/** Those of them in which anybody who has the file can read about customers. */
export const OPEN_KINDS = ['source', 'reject', 'extract'] as const;

/** Whether a remembered file is of one of these kinds. */
export function isOfKind<F extends { readonly kind: string }, K extends string>(
  file: F,
  kinds: readonly K[],
): file is F & { readonly kind: K } {
  return kinds.some((kind) => kind === file.kind);
}

/** What a purge cannot reach, or cannot know, as data. Files are named by digest: a certificate leaves the house, and a path may hold a name. */
export type PurgeLimit =
  /** A file in clear that is still there. */
  | {
      readonly code: 'FILE_NOT_SHREDDED';
      readonly kind: ClearKind;
      readonly sha256: string;
      readonly why: FileLeft;
    }
  /** A file in clear that was written and is no longer where it was: moved, deleted in the usual way, or copied on. */
  | { readonly code: 'COPY_KNOWN'; readonly kind: ClearKind; readonly sha256: string }
  /** A file system on which overwriting may not reach the old blocks, or of which that is not known. */
  | { readonly code: 'FILESYSTEM'; readonly type: string }
  /** A folder that some service copies elsewhere. */
  | { readonly code: 'SYNC_FOLDER'; readonly service: string }
  /** Values of purged records that stand besides in texts that are kept, such as a file's name; they were not searched for. */
  | { readonly code: 'VALUES_IN_CLEAR'; readonly count: number }
  /** Beginnings of old sealed pages that are still in a file: unreadable, since their keys are gone. */
  | { readonly code: 'CIPHERTEXT_LEFT'; readonly count: number }
  /** The purge was interrupted after the records were gone, so their values could no longer be searched for. */
  | { readonly code: 'SCAN_PARTIAL' }
  /** Places outside the program of which nobody has said anything, or that something remains. */
  | { readonly code: 'PLACES_OPEN'; readonly places: readonly string[] }
  | { readonly code: 'PLACES_REMAIN'; readonly places: readonly string[] }
  /** What holds for every purge. */
  | { readonly code: 'SSD' }
  | { readonly code: 'BACKUPS' };

/** All codes of limits. */
export const LIMIT_CODES = [
  'FILE_NOT_SHREDDED',
  'COPY_KNOWN',
  'FILESYSTEM',
  'SYNC_FOLDER',
  'VALUES_IN_CLEAR',
  'CIPHERTEXT_LEFT',
  'SCAN_PARTIAL',
  'PLACES_OPEN',
  'PLACES_REMAIN',
  'SSD',
  'BACKUPS',
] as const satisfies readonly PurgeLimit['code'][];

/** Limits that every purge has; the others are particular to one. */
export const GENERAL_LIMITS: readonly PurgeLimit['code'][] = ['SSD', 'BACKUPS'];

const KINDS: Readonly<Record<Lang, Readonly<Record<ClearKind, string>>>> = {
  zh: {
    source: '导入的原文件',
    reject: '退回文件',
    extract: '写出的明文文件',
    report: '导出的个人资料',
    bundle: '收到的交接包（用我方密钥能打开）',
  },
  en: {
    source: 'source file',
    reject: 'reject file',
    extract: 'extract',
    report: "export of a person's data",
    bundle: 'received bundle (our own key opens it)',
  },
};

/** What a file in clear is. */
export function clearKind(kind: ClearKind, lang: Lang): string {
  return KINDS[lang][kind];
}

const LEFT: Readonly<Record<Lang, Readonly<Record<FileLeft, string>>>> = {
  zh: {
    kept: '经办人选择保留',
    restrained: '其中有记录被保全或封存，不得删除',
    changed: '内容已经变过，不再是当初那个文件',
    linked: '另有文件名指向同一内容',
    symlink: '是符号链接',
    permission: '没有权限',
    fault: '磁盘出错',
  },
  en: {
    kept: 'kept by choice',
    restrained: 'records of it are held or frozen, so it must not be removed',
    changed: 'its content has changed since',
    linked: 'it has further names (hard links)',
    symlink: 'it is a symbolic link',
    permission: 'permission was denied',
    fault: 'the disk failed',
  },
};

/** Why a file in clear is still there. */
export function fileLeft(why: FileLeft, lang: Lang): string {
  return LEFT[lang][why];
}

/** A limit in one sentence. Files are named by the beginning of their digest. */
export function limitText(limit: PurgeLimit, lang: Lang): string {
  const zh = lang === 'zh';
  switch (limit.code) {
    case 'FILE_NOT_SHREDDED': {
      const [what, why] = [clearKind(limit.kind, lang), fileLeft(limit.why, lang)];
      return zh
        ? `${what}没有销毁：${why}（SHA-256 ${limit.sha256.slice(0, 16)}…）。`
        : `A ${what} was not shredded: ${why} (SHA-256 ${limit.sha256.slice(0, 16)}…).`;
    }
    case 'COPY_KNOWN': {
      const what = clearKind(limit.kind, lang);
      return zh
        ? `${what}已不在原处：可能被移走、用普通方式删除或另存到别处（SHA-256 ${limit.sha256.slice(0, 16)}…）。`
        : `A ${what} is no longer in its place: moved, deleted in the usual way, or copied on (SHA-256 ${limit.sha256.slice(0, 16)}…).`;
    }
    case 'FILESYSTEM':
      return zh
        ? `文件系统是 ${limit.type}：覆盖写入不一定落在原来的磁盘块上。`
        : `The file system is ${limit.type}: overwriting may not reach the old blocks.`;
    case 'SYNC_FOLDER':
      return zh
        ? `文件夹由 ${limit.service} 同步：别处的副本和历史版本，本机无法销毁。`
        : `The folder is synchronised by ${limit.service}: copies and former versions elsewhere are out of reach.`;
    case 'VALUES_IN_CLEAR':
      return zh
        ? `被销毁的记录中有 ${limit.count} 个值同时出现在需要保留的文字里（如文件名），没有查找这些值。`
        : `${limit.count} values of purged records stand also in texts that are kept, such as file names; they were not searched for.`;
    case 'CIPHERTEXT_LEFT':
      return zh
        ? `文件里还留有 ${limit.count} 处旧密文；密钥已销毁，无法解读。`
        : `${limit.count} beginnings of old sealed pages are still in a file; their keys are gone, so nobody can read them.`;
    case 'SCAN_PARTIAL':
      return zh
        ? '销毁曾经中断，中断前已删除的记录无法再用它们的值查找残留。'
        : 'The purge was interrupted: values of records that were gone by then could no longer be searched for.';
    case 'PLACES_OPEN': {
      const names = limit.places.map((place) => placeName(place, lang)).join(zh ? '、' : ', ');
      return zh ? `没有人说明以下地方的情况：${names}。` : `Nobody has said anything of: ${names}.`;
    }
    case 'PLACES_REMAIN': {
      const names = limit.places.map((place) => placeName(place, lang)).join(zh ? '、' : ', ');
      return zh ? `以下地方仍有客户资料：${names}。` : `Customer data remain in: ${names}.`;
    }
    case 'SSD':
      return zh
        ? '固态硬盘和闪存会保留旧的存储块，任何程序都覆盖不到；处理旧电脑时请用厂商的清除工具。'
        : 'Solid-state disks and flash memory keep old blocks that no program reaches: dispose of the computer with its vendor’s sanitise tool.';
    case 'BACKUPS':
      return zh
        ? '本机以外的备份、快照和拷贝不在检查范围内；从备份恢复后请运行 handover purge replay。'
        : 'Backups, snapshots and copies elsewhere were not looked at; after restoring one, run handover purge replay.';
  }
}
