import type { Lang } from './lang.js';

/** Where SQLite comes from: the package better-sqlite3, which is machine code, or Node.js itself. */
export const SQLITE_ENGINES = ['addon', 'builtin'] as const;
export type SqliteEngineName = (typeof SQLITE_ENGINES)[number];

/**
 * Why no SQLite can be loaded: the package is not there; it was compiled for another version of Node.js, or for another system; it is for
 * a newer Node.js than this; Node.js was asked for its own, and has none.
 */
export const NATIVE_CAUSES = ['missing', 'other-node', 'other-system', 'newer-node', 'no-builtin'] as const;
export type NativeCause = (typeof NATIVE_CAUSES)[number];

const NEWER_NODE_ZH = '最省事的办法：换成 Node.js 24 或更新的版本，它自带数据库，不用这个组件。';
const NEWER_NODE_EN =
  'The simplest way: Node.js 24 or newer, which has a database of its own and needs no component.';

type NativeWords = Readonly<Record<NativeCause, { readonly what: string; readonly fix: string }>>;

const zh: NativeWords = {
  missing: {
    what: '数据库组件（better-sqlite3）没有安装好，这个版本的 Node.js 又没有自带数据库，',
    fix: `${NEWER_NODE_ZH}或者在安装 handover 的文件夹里运行 npm rebuild better-sqlite3（需要 C++ 编译器）。`,
  },
  'other-node': {
    what: '数据库组件（better-sqlite3）是为另一个版本的 Node.js 编译的，现在这个版本又没有自带数据库，',
    fix: `请用安装时的那个版本运行。${NEWER_NODE_ZH}`,
  },
  'other-system': {
    what: '数据库组件（better-sqlite3）是为另一种系统编译的，或者文件已损坏，这个版本的 Node.js 又没有自带数据库，',
    fix: `安装文件夹多半是从别的电脑复制来的，请在这台电脑上重新安装 handover。${NEWER_NODE_ZH}`,
  },
  'newer-node': {
    what: '数据库组件（better-sqlite3）要求 Node.js 22.14 或更新的版本，现在运行的版本太旧，',
    fix: '请换成 Node.js 24 或更新的版本，或者用现在这个版本重新安装 handover。',
  },
  'no-builtin': {
    what: '环境变量 HANDOVER_SQLITE 要求使用 Node.js 自带的数据库，但这个版本没有，',
    fix: '请换成 Node.js 24 或更新的版本，或者去掉 HANDOVER_SQLITE。',
  },
};

const en: NativeWords = {
  missing: {
    what: 'The database component (better-sqlite3) is not installed properly, and this version of Node.js has no database of its own',
    fix: `${NEWER_NODE_EN} Otherwise run npm rebuild better-sqlite3 where handover is installed, which needs a C++ compiler.`,
  },
  'other-node': {
    what: 'The database component (better-sqlite3) was compiled for another version of Node.js, and this one has no database of its own',
    fix: `Run the version that handover was installed with. ${NEWER_NODE_EN}`,
  },
  'other-system': {
    what: 'The database component (better-sqlite3) was compiled for another system, or is damaged, and this version of Node.js has no database of its own',
    fix: `The installation was probably copied from another computer: install handover anew on this one. ${NEWER_NODE_EN}`,
  },
  'newer-node': {
    what: 'The database component (better-sqlite3) needs Node.js 22.14 or newer, and this version is older',
    fix: 'Use Node.js 24 or newer, or install handover anew with this version.',
  },
  'no-builtin': {
    what: 'HANDOVER_SQLITE asks for the database of Node.js itself, and this version has none',
    fix: 'Use Node.js 24 or newer, or leave HANDOVER_SQLITE out.',
  },
};

/** Why no database can be opened, as a sentence without its end, and what to do about it. */
export const nativeWords: Readonly<Record<Lang, NativeWords>> = { zh, en };
