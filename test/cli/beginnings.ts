import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyWhole } from '../kit/folders.js';
import type { Script, ScriptFile, SessionState } from './script.js';

/** What a script had come to where an included part ended. */
export interface Beginning {
  /** How many lines of the present script that is. */
  readonly lines: number;
  readonly state: SessionState;
  /** The files of the present script that those lines were about: they are in the copy as the lines left them. */
  readonly files: ReadonlySet<ScriptFile>;
  readonly copy: string;
}

/**
 * Most scripts begin with the same part, and each command in it makes the same bytes again, because chance repeats itself. So a part runs
 * once, and whoever begins with it is given a copy of the folder. All have to run in a folder of one name, which the stores remember.
 */
export class Beginnings {
  readonly #folder = mkdtempSync(join(tmpdir(), 'handover-begun-'));
  readonly #kept = new Map<string, Pick<Beginning, 'state' | 'copy'>>();
  #begun = 0;

  /** How many scripts were given a copy. */
  get begun(): number {
    return this.#begun;
  }

  /** The furthest place of a script to which another one has already come with the same lines and files. */
  longestOf(script: Script): Beginning | null {
    for (const lines of script.partEnds.toReversed()) {
      const kept = this.#kept.get(keyOf(script, lines));
      if (kept === undefined) continue;
      this.#begun += 1;
      return { ...kept, lines, files: new Set(filesOf(script, lines)) };
    }
    return null;
  }

  keep(script: Script, lines: number, folder: string, state: SessionState): void {
    const key = keyOf(script, lines);
    if (this.#kept.has(key)) return;
    const copy = join(this.#folder, String(this.#kept.size));
    copyWhole(folder, copy);
    const about = new Set(filesOf(script, lines));
    for (const file of script.files) if (!about.has(file)) rmSync(join(copy, file.name), { force: true });
    this.#kept.set(key, { state, copy });
  }

  restore({ copy }: Beginning, folder: string): void {
    for (const name of readdirSync(copy)) copyWhole(join(copy, name), join(folder, name));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What some of the first lines do: a remark, such as the one that a script begins with, does nothing. */
function deedsOf({ lines }: Script, count: number): readonly string[] {
  return lines
    .slice(0, count)
    .map((line) => line.text)
    .filter((text) => text !== '' && !text.startsWith('#'));
}

/** The files that some of the first lines name, or that are called as one of those is, up to the first dot. */
function filesOf(script: Script, count: number): readonly ScriptFile[] {
  const text = deedsOf(script, count).join('\n');
  return script.files.filter(({ name }) => text.includes(name.split('.')[0] ?? name));
}

function keyOf(script: Script, count: number): string {
  const lines = deedsOf(script, count);
  const files = filesOf(script, count).map(({ name, encoding, text }) => [name, encoding, text]);
  return createHash('sha256')
    .update(JSON.stringify([lines, files]))
    .digest('hex');
}
