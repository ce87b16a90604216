/*
 * Unified social credit code of a Chinese organisation, 统一社会信用代码 (GB 32100-2015): 17 characters and a check character,
 * modulo 31 over an alphabet without I, O, S, V and Z.
 */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 3^i mod 31 for the i-th character. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** Whether the text is a code with the right check character (upper case, nothing around it). */
export function isUscc(text: string): boolean {
  if (text.length !== WEIGHTS.length + 1) return false;
  const values = [...text].map((character) => ALPHABET.indexOf(character));
  if (values.includes(-1)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * (values[i] ?? 0), 0);
  return values[WEIGHTS.length] === (31 - (sum % 31)) % 31;
}
