/*
 * GB18030 bytes from text. The platform reads this encoding and does not write it, so the table is made by reading: every two-byte code,
 * then every four-byte code of the basic plane, is decoded once and remembered backwards.
 */

/** Two-byte codes are stored unchanged, four-byte codes as their linear number plus this. */
const FOUR_BYTE = 0x10000;
/** How many four-byte codes GB18030 gives to the basic plane: 81 30 81 30 to 84 31 A4 39. */
const BASIC_PLANE_CODES = 39_420;
/** The linear number of U+10000, 90 30 81 30. */
const SUPPLEMENTARY = 189_000;

let table: Uint32Array | null = null;

/** The bytes of a text; a character without a code (half a surrogate pair) is left out. */
export function encodeGb18030(text: string): Uint8Array {
  table ??= reverseTable();
  const bytes = new Uint8Array(text.length * 4);
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= FOUR_BYTE ? FOUR_BYTE + SUPPLEMENTARY + point - 0x10000 : (table[point] ?? 0);
    if (point < 0x80) {
      bytes[at++] = point;
    } else if (code >= FOUR_BYTE) {
      putFour(bytes, at, code - FOUR_BYTE);
      at += 4;
    } else if (code > 0) {
      bytes[at++] = code >> 8;
      bytes[at++] = code & 0xff;
    }
  }
  return bytes.slice(0, at);
}

function reverseTable(): Uint32Array {
  const made = new Uint32Array(0x10000);
  const decoder = new TextDecoder('gb18030');
  const learn = (bytes: Uint8Array, code: number): void => {
    const text = decoder.decode(bytes);
    const point = text.codePointAt(0) ?? 0xfffd;
    // Of two bytes without a character the same is read as of the four that are U+FFFD.
    const isCharacter = text.length === 1 && (point !== 0xfffd || code >= FOUR_BYTE);
    if (isCharacter && made[point] === 0) made[point] = code;
  };
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++)
      if (trail !== 0x7f) learn(Uint8Array.of(lead, trail), lead * 256 + trail);
  const four = new Uint8Array(4);
  for (let linear = 0; linear < BASIC_PLANE_CODES; linear++) {
    putFour(four, 0, linear);
    learn(four, FOUR_BYTE + linear);
  }
  return made;
}

function putFour(target: Uint8Array, at: number, linear: number): void {
  target[at] = 0x81 + Math.floor(linear / 12_600);
  target[at + 1] = 0x30 + (Math.floor(linear / 1260) % 10);
  target[at + 2] = 0x81 + (Math.floor(linear / 10) % 126);
  target[at + 3] = 0x30 + (linear % 10);
}
