/*
 * Characters that nobody sees and that change what is seen, or that are no characters: marks of direction, separators of lines and paragraphs,
 * marks of annotation, tags, U+FFFE and U+FFFF. No value that is handed over has one: import takes them off, and what comes from elsewhere is
 * refused with them.
 */
const UNSEEN =
  /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff]|\udb40[\udc00-\udc7f]/;

const EACH_UNSEEN = new RegExp(UNSEEN, 'g');
const LINE = /[\u2028\u2029]/g;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/** A text without them. A separator of lines becomes a line end. */
export function withoutUnseen(text: string): string {
  return UNSEEN.test(text) ? text.replace(LINE, '\n').replace(EACH_UNSEEN, '') : text;
}

/** Whether a value from elsewhere holds one of them, or a control character other than a tab and line ends. */
export function hasUnseen(text: string): boolean {
  return CONTROL.test(text) || UNSEEN.test(text);
}

/**
 * Where UTF-8 holds one of them, or a C1 control; -1 where it holds none. Only their first bytes are looked for, which are rare.
 */
export function unseenAt(bytes: Buffer): number {
  for (const { lead, isUnseen } of LEADS)
    for (let at = bytes.indexOf(lead); at !== -1; at = bytes.indexOf(lead, at + 1))
      if (isUnseen(bytes[at + lead.length] ?? 0)) return at;
  return -1;
}

const LEADS: readonly { readonly lead: Uint8Array; readonly isUnseen: (next: number) => boolean }[] = [
  { lead: Uint8Array.of(0xc2), isUnseen: (next) => next <= 0x9f },
  { lead: Uint8Array.of(0xd8), isUnseen: (next) => next === 0x9c },
  {
    lead: Uint8Array.of(0xe2, 0x80),
    isUnseen: (next) => (next >= 0x8e && next <= 0x8f) || (next >= 0xa8 && next <= 0xae),
  },
  { lead: Uint8Array.of(0xe2, 0x81), isUnseen: (next) => next >= 0xa6 && next <= 0xaf },
  {
    lead: Uint8Array.of(0xef, 0xbf),
    isUnseen: (next) => (next >= 0xb9 && next <= 0xbb) || next >= 0xbe,
  },
  { lead: Uint8Array.of(0xf3, 0xa0), isUnseen: (next) => next <= 0x81 },
];
