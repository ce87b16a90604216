import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Lang, LANGS } from '../messages/lang.js';
import type { Problem } from '../messages/problem.js';
import { settingsFolder } from '../store/platform.js';
import type { System } from './system.js';

/** What a person wants whenever nothing else is said. */
export interface Settings {
  readonly operator?: string;
  readonly lang?: Lang;
  /** An absolute folder. */
  readonly workspace?: string;
}

/** What the file says, or what is wrong with it. */
export interface ReadSettings {
  readonly settings: Settings;
  readonly problem: Problem | null;
}

const NOTHING: ReadSettings = { settings: {}, problem: null };

/** Far more than three lines need. */
const LIMIT = 64 * 1024;

/**
 * Where the file is: what HANDOVER_SETTINGS names, else where the system keeps such things (`%APPDATA%` on Windows). Null where there is no such
 * place.
 */
export function settingsPath({ env, cwd }: Pick<System, 'env' | 'cwd'>): string | null {
  const named = env['HANDOVER_SETTINGS'];
  if (named !== undefined) return named === '' ? null : resolve(cwd, named);
  const place = settingsFolder(env);
  return place === null ? null : join(place.folder, ...place.under, 'settings.txt');
}

/** Reads the file, which need not be there. */
export function readSettings(system: Pick<System, 'env' | 'cwd'>): ReadSettings {
  const path = settingsPath(system);
  if (path === null) return NOTHING;
  let text: string;
  try {
    const bytes = readFileSync(path);
    if (bytes.length > LIMIT) return unreadable(path);
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code === 'ENOENT' || code === 'ENOTDIR' ? NOTHING : unreadable(path);
  }
  return parsed(text, path);
}

function unreadable(path: string): ReadSettings {
  return { settings: {}, problem: { code: 'CLI_SETTINGS_UNREADABLE', path } };
}

/** One `name: value` a line, in either language's colon; what follows `#` at the beginning of a line is for people. */
function parsed(text: string, path: string): ReadSettings {
  let settings: Settings = {};
  for (const [i, whole] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|[\r\n]/)
    .entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name = '', value = ''] = /^([a-z]+)\s*[:：=]\s*(.+)$/.exec(line) ?? [];
    const one = setting(name, unquoted(value), dirname(path));
    if (one === null) return { settings: {}, problem: { code: 'CLI_SETTINGS_LINE', path, line: i + 1 } };
    settings = { ...settings, ...one };
  }
  return { settings, problem: null };
}

function setting(name: string, value: string, folder: string): Settings | null {
  if (value === '') return null;
  if (name === 'operator') return { operator: value };
  if (name === 'workspace') return { workspace: resolve(folder, value) };
  const lang = LANGS.find((known) => known === value);
  return name === 'lang' && lang !== undefined ? { lang } : null;
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}
