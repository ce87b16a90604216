import type { Lang } from './lang.js';
import { placeName } from './places.js';
import { punctuation } from './punctuation.js';

/** Why a file in clear is still there. */
export const FILE_LEFT = [
  'kept',
  'restrained',
  'changed',
  'linked',
  'symlink',
  'permission',
  'fault',
  'not-removed',
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

/** What a purge cannot reach, or cannot know, as data. Files are named by digest: a certificate leaves the firm, and a path may hold a name. */
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
  /** Values of purged records that may also be in texts that are kept, such as a file's name; they were not searched for. */
  | { readonly code: 'VALUES_IN_CLEAR'; readonly count: number }
  /** Beginnings of old sealed pages that are still in a file: unreadable, since their keys are gone. */
  | { readonly code: 'CIPHERTEXT_LEFT'; readonly count: number }
  /** The purge was interrupted after the records were gone, so their values could no longer be searched for. */
  | { readonly code: 'SCAN_PARTIAL' }
  /** Places outside the program of which nobody has said anything, or that something remains. */
  | { readonly code: 'PLACES_OPEN'; readonly places: readonly string[] }
  | { readonly code: 'PLACES_REMAIN'; readonly places: readonly string[] }
  /** Drafts in clear that killed commands left outside the workspace, and that could not be removed. */
  | { readonly code: 'DRAFTS_LEFT'; readonly count: number }
  /** Proof of the consents of records that were handed over, kept sealed apart until its own day. */
  | { readonly code: 'PROOF_KEPT'; readonly records: number; readonly until: string }
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
  'DRAFTS_LEFT',
  'PROOF_KEPT',
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
    'not-removed': '内容已经覆盖，但文件名删不掉',
  },
  en: {
    kept: 'kept by choice',
    restrained: 'records of it are held or frozen, so it must not be removed',
    changed: 'its content has changed since',
    linked: 'it has further names (hard links)',
    symlink: 'it is a symbolic link',
    permission: 'permission was denied',
    fault: 'the disk failed',
    'not-removed': 'overwritten, but its name could not be removed',
  },
};

/** Why a file in clear is still there. */
export function fileLeft(why: FileLeft, lang: Lang): string {
  return LEFT[lang][why];
}

type LimitSentences = {
  readonly [C in PurgeLimit['code']]: (limit: Extract<PurgeLimit, { readonly code: C }>) => string;
};

const zh: LimitSentences = {
  FILE_NOT_SHREDDED: (l) =>
    `${clearKind(l.kind, 'zh')}没有销毁：${fileLeft(l.why, 'zh')}（SHA-256 ${shortDigest(l.sha256)}）。`,
  COPY_KNOWN: (l) =>
    `${clearKind(l.kind, 'zh')}已不在原处：可能被移走、用普通方式删除或另存到别处（SHA-256 ${shortDigest(l.sha256)}）。`,
  FILESYSTEM: (l) => `文件系统是 ${l.type}：覆盖写入不一定落在原来的磁盘块上。`,
  SYNC_FOLDER: (l) => `文件夹由 ${l.service} 同步：别处的副本和历史版本，本机无法销毁。`,
  VALUES_IN_CLEAR: (l) =>
    `被销毁的记录中有 ${l.count} 个值同时出现在需要保留的文字里（如文件名），没有查找这些值。`,
  CIPHERTEXT_LEFT: (l) => `文件里还留有 ${l.count} 处旧密文；密钥已销毁，无法解读。`,
  SCAN_PARTIAL: () => '销毁曾经中断，中断前已删除的记录无法再用它们的值查找残留。',
  PLACES_OPEN: (l) => `没有人说明以下地方的情况：${placeNames(l.places, 'zh')}。`,
  PLACES_REMAIN: (l) => `以下地方仍有客户资料：${placeNames(l.places, 'zh')}。`,
  DRAFTS_LEFT: (l) => `工作区外还有 ${l.count} 个没写完的明文文件删不掉，是命令中断时留下的。`,
  PROOF_KEPT: (l) =>
    `${l.records} 位已移交客户的同意凭证（客户编号，以及同意、监护人、通知送达各栏；其他各栏不留）另行加密保存到 ${l.until}，用来证明移交合法（《民法典》第一百八十八条、《个人信息保护法》第六十九条）；到期再销毁。`,
  SSD: () => '固态硬盘和闪存会保留旧的存储块，任何程序都覆盖不到；处理旧电脑时请用厂商的清除工具。',
  BACKUPS: () => '本机以外的备份、快照和拷贝不在检查范围内；从备份恢复后请运行 handover purge replay。',
};

const en: LimitSentences = {
  FILE_NOT_SHREDDED: (l) =>
    `A ${clearKind(l.kind, 'en')} was not shredded: ${fileLeft(l.why, 'en')} (SHA-256 ${shortDigest(l.sha256)}).`,
  COPY_KNOWN: (l) =>
    `A ${clearKind(l.kind, 'en')} is no longer in its place: moved, deleted in the usual way, or copied on (SHA-256 ${shortDigest(l.sha256)}).`,
  FILESYSTEM: (l) => `The file system is ${l.type}: overwriting may not reach the old blocks.`,
  SYNC_FOLDER: (l) =>
    `The folder is synchronised by ${l.service}: copies and former versions elsewhere are out of reach.`,
  VALUES_IN_CLEAR: (l) =>
    `${l.count} values of purged records stand also in texts that are kept, such as file names; they were not searched for.`,
  CIPHERTEXT_LEFT: (l) =>
    `${l.count} beginnings of old sealed pages are still in a file; their keys are gone, so nobody can read them.`,
  SCAN_PARTIAL: () =>
    'The purge was interrupted: values of records that were gone by then could no longer be searched for.',
  PLACES_OPEN: (l) => `Nobody has said anything of: ${placeNames(l.places, 'en')}.`,
  PLACES_REMAIN: (l) => `Customer data remain in: ${placeNames(l.places, 'en')}.`,
  DRAFTS_LEFT: (l) =>
    `Outside the workspace ${l.count} half-written files in clear, left by commands that were cut short, could not be removed.`,
  PROOF_KEPT: (l) =>
    `The proof of consent of ${l.records} customers who went (the customer number and the columns of consent, guardian and delivery; no other column) is kept sealed apart until ${l.until} (Civil Code Article 188, PIPL Article 69), and is purged then.`,
  SSD: () =>
    'Solid-state disks and flash memory keep old blocks that no program reaches: dispose of the computer with its vendor’s sanitise tool.',
  BACKUPS: () =>
    'Backups, snapshots and copies elsewhere were not looked at; after restoring one, run handover purge replay.',
};

const SENTENCES: Readonly<Record<Lang, LimitSentences>> = { zh, en };

/** A limit in one sentence. Files are named by the beginning of their digest. */
export function limitText(limit: PurgeLimit, lang: Lang): string {
  // The table is total by type; TypeScript cannot see that the function found under the code takes exactly this limit.
  const say = SENTENCES[lang][limit.code] as (limit: PurgeLimit) => string;
  return say(limit);
}

function shortDigest(sha256: string): string {
  return `${sha256.slice(0, 16)}…`;
}

function placeNames(places: readonly string[], lang: Lang): string {
  return places.map((place) => placeName(place, lang)).join(punctuation[lang].list);
}
