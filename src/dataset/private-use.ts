import type { Note } from './normaliser.js';

/*
 * Characters that older versions of GB 18030 put into the private use area of Unicode, because Unicode had none for them yet. GB 18030-2022
 * gives each its place. Decoders of GBK still make the old ones, and files in UTF-8 that were converted once hold them.
 */

/** FE50 to FEA0 of GBK, from U+E815 on; `.` where the code was a character from the start. */
const FROM_E815 =
  '\u2e81\u{20087}\u{20089}\u{200cc}\u2e84\u3473\u3447\u2e88\u2e8b\u9fb4\u359e\u361a\u360e\u2e8c\u2e97\u396e\u3918\u9fb5\u39cf\u39df\u3a73\u39d0\u9fb6\u9fb7\u3b4e\u3c6e\u3ce0\u2ea7\u{215d7}\u9fb8\u2eaa\u4056\u415f\u2eae\u4337\u2eb3\u2eb6\u2eb7\u{2298f}\u43b1\u43ac\u2ebb\u43dd\u44d6\u4661\u464c\u9fb9\u4723\u4729\u477c\u478d\u2eca\u4947\u497a\u497d\u4982\u4983\u4985\u4986\u499f\u499b\u49b7\u49b6\u9fba\u{241fe}\u4ca3\u4c9f\u4ca0\u4ca1\u4c77\u4ca2\u4d13\u4d14\u4d15\u4d16\u4d17\u4d18\u4d19\u4dae\u9fbb';
/** A6D9 to A6DF, A6EC, A6ED and A6F3, from U+E78D on: vertical forms of punctuation. */
const FROM_E78D = '\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19';

const STANDARD = new Map<string, string>([
  ...[...FROM_E815].map((character, i) => [String.fromCharCode(0xe815 + i), character] as const),
  ...[...FROM_E78D].map((character, i) => [String.fromCharCode(0xe78d + i), character] as const),
  ['\ue5e5', '\u3000'],
  ['\ue7c7', '\u1e3f'],
  ['\ue7c8', '\u01f9'],
]);

/** The text with the characters of GB 18030-2022; what stays private is reported. */
export function standardised(text: string, note: Note): string {
  if (!/[\ue000-\uf8ff]/.test(text)) return text;
  const standard = text.replace(/[\ue000-\uf8ff]/g, (character) => STANDARD.get(character) ?? character);
  if (/[\ue000-\uf8ff]/.test(standard)) note('VALUE_PRIVATE_USE');
  return standard;
}
