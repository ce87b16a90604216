const MIB = 1024 * 1024;

/** JSON that is made to hurt. */
export const HOSTILE_JSON: readonly (readonly [title: string, text: () => string])[] = [
  ['half a character', () => '{"format":"\\ud800"}'],
  ['half a character as a key', () => '{"\\udfff":1}'],
  ['a text as long as the file may be', () => `{"format":"${'a'.repeat(8 * MIB)}"}`],
  ['lists as many as fit', () => `[${'[],'.repeat((15 * MIB) / 3)}[]]`],
  ['a million keys', () => `{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":0`).join(',')}}`],
  ['a million levels', () => '['.repeat(MIB)],
];

/** Commands that read a document of the other party, with where its file stands in them. */
export const JSON_READERS: readonly (readonly string[])[] = [
  ['card', 'show', 'FILE'],
  ['trust', 'add', 'FILE', '--fingerprint', '00000 00000 00000 00000 00000 00000', '--workspace', 'jia'],
  ['deal', 'check', 'FILE', '--workspace', 'jia'],
  ['deal', 'sign', 'FILE', '--workspace', 'jia'],
  ['receipt', 'show', 'FILE', '--workspace', 'jia'],
  ['receipt', 'accept', 'FILE', '--workspace', 'jia'],
  ['notice', 'apply', 'FILE', '--workspace', 'yi'],
  ['notice', 'accept', 'FILE', '--workspace', 'jia'],
  ['purge', 'show', 'FILE', '--workspace', 'jia'],
  ['purge', 'replay', 'FILE', '--workspace', 'jia'],
  ['audit', 'verify', '--against', 'FILE', '--workspace', 'jia'],
  ['audit', 'check-proof', 'FILE', '--card', 'CARD'],
  ['verify', 'post/none.zip', '--card', 'FILE'],
];
