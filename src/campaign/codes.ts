import { tagger } from '../base/tagger.js';
import { hex } from '../base/bytes.js';
import type { SecretKey, Sha256 } from '../base/crypto.js';

/*
 * A code for each person on a slip, a letter or a questionnaire: it holds no name, cannot be guessed without the key, and a slip of the pen
 * makes no other person's code of it.
 */

/** Digits and letters that nobody takes for one another: a prime number of them, so that the check finds any one wrong or two swapped. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTWXYZ';

/** What people write for a letter that is not among them. */
const LIKE: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

const LENGTH = 9;

/** Codes of persons for one text. @param key of the workspace */
export function codesFor(key: SecretKey, text: Sha256): (tags: readonly Uint8Array[]) => readonly string[] {
  const tagsOf = tagger(key);
  return (tags) => {
    const blocks = Buffer.from(tagsOf(tags.map((tag) => `${text} ${hex(tag)}`)));
    return tags.map((_, i) => codeOf(blocks.subarray(16 * i, 16 * (i + 1))));
  };
}

function codeOf(block: Buffer): string {
  let rest = block.readBigUInt64BE(0);
  let digits = '';
  for (let i = 0; i < LENGTH; i++) {
    digits += LETTERS[Number(rest % 31n)] ?? '';
    rest /= 31n;
  }
  const code = digits + checkOf(digits);
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** Sums the digits, each by its place: one wrong or two neighbours swapped give another sum. */
function checkOf(digits: string): string {
  let sum = 0;
  for (const [i, digit] of [...digits].entries()) sum += (i + 1) * LETTERS.indexOf(digit);
  return LETTERS[sum % 31] ?? '';
}

/** A code as it was typed or scanned, in its one form; null for what is none, and `wrong` for one with a slip of the pen. */
export function readCode(cell: string): { readonly code: string } | 'wrong' | null {
  const bare = cell
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-_.·—–]/g, '')
    .replace(/[OIL]/g, (letter) => LIKE[letter] ?? letter);
  if (bare.length !== LENGTH + 1 || ![...bare].every((letter) => LETTERS.includes(letter))) return null;
  if (checkOf(bare.slice(0, LENGTH)) !== bare.slice(LENGTH)) return 'wrong';
  return { code: `${bare.slice(0, 5)}-${bare.slice(5)}` };
}
