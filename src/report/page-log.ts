import type { webcrypto } from 'node:crypto';
import type { ProofEvent } from './page-figures.js';

// The log in a page, and what is signed of it. What runs inside the page is written by the rule of page-proof.ts.

/** The data that a page carries, as far as the proof reads it. */
export interface ProofData {
  readonly format: string;
  /** Canonical JSON, whose digest is the fingerprint. */
  readonly card: string;
  readonly checkpoint: string;
  /** The compact range in the place of the events that were pruned, in base64, and how many they were. */
  readonly pruned: { readonly upto: number; readonly range: string } | null;
  readonly events: readonly string[];
  readonly page: string;
  /** In base64; empty without one. */
  readonly page_signature: string;
}

/** What is done with bytes. */
export interface ProofBytes {
  readonly bytesOf: (base64: string) => Uint8Array;
  readonly utf8: (text: string) => Uint8Array;
  readonly sha256: (...parts: readonly Uint8Array[]) => Promise<Uint8Array>;
  readonly hex: (bytes: Uint8Array) => string;
}

/** Runs in the page. @param subtle WebCrypto */
export function proofBytes(subtle: webcrypto.SubtleCrypto): ProofBytes {
  const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  return {
    bytesOf: (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
    utf8: (text) => new TextEncoder().encode(text),
    sha256: async (...parts) => new Uint8Array(await subtle.digest('SHA-256', joined(...parts))),
    hex: (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}

/** The tree over the log (RFC 6962): perfect subtrees from the left, by level. */
export interface ProofTree {
  readonly push: (level: number, hash: Uint8Array) => Promise<void>;
  /** In hexadecimal. */
  readonly root: () => Promise<string>;
}

/** Runs in the page. */
export function proofTree({ sha256, hex }: ProofBytes): ProofTree {
  const nodes: { level: number; hash: Uint8Array }[] = [];
  return {
    push: async (level, hash) => {
      let node = { level, hash };
      for (let last = nodes.at(-1); last?.level === node.level; last = nodes.at(-1)) {
        nodes.pop();
        node = { level: node.level + 1, hash: await sha256(Uint8Array.of(1), last.hash, node.hash) };
      }
      nodes.push(node);
    },
    root: async () => {
      let hash: Uint8Array | null = null;
      for (const node of [...nodes].reverse())
        hash = hash === null ? node.hash : await sha256(Uint8Array.of(1), node.hash, hash);
      return hex(hash ?? (await sha256()));
    },
  };
}

/** The log of a page. */
export interface ProofLog {
  readonly events: readonly ProofEvent[];
  /** Whether the events are numbered one by one. */
  readonly isInOrder: boolean;
  /** Number of events that were pruned. */
  readonly before: number;
  /** Number of events that are signed, the pruned ones included. */
  readonly size: number;
  /** Root of the tree over these, in hexadecimal; empty where there are fewer events. */
  readonly root: string;
}

/** Reads the events and makes the tree over them anew. Runs in the page. @param size number of events under the checkpoint */
export async function proofLog(
  data: ProofData,
  size: number,
  { bytesOf, utf8, sha256 }: ProofBytes,
  tree: ProofTree,
): Promise<ProofLog> {
  const before = data.pruned?.upto ?? 0;
  if (data.pruned) {
    // A compact range: begin and end, then the roots of the perfect subtrees that cover it.
    const range = bytesOf(data.pruned.range);
    let at = 16;
    for (let start = 0; start < before; ) {
      let level = 0;
      while (start % 2 ** (level + 1) === 0 && start + 2 ** (level + 1) <= before) level++;
      await tree.push(level, range.slice(at, at + 32));
      at += 32;
      start += 2 ** level;
    }
  }
  const events: ProofEvent[] = [];
  let root = size === before ? await tree.root() : '';
  let isInOrder = true;
  for (const text of data.events) {
    const event = JSON.parse(text);
    if (event.seq !== before + events.length) isInOrder = false;
    events.push(event);
    await tree.push(0, await sha256(Uint8Array.of(0), utf8(text)));
    if (before + events.length === size) root = await tree.root();
  }
  return { events, isInOrder, before, size, root };
}

/** The digest of a card as people compare it: six groups of five digits. Runs in the page. */
export async function proofFingerprint(card: string, { utf8, sha256 }: ProofBytes): Promise<string> {
  const digest = await sha256(utf8(card));
  const groups = [0, 5, 10, 15, 20, 25].map((at) => {
    const number = digest.slice(at, at + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(number % 100000).padStart(5, '0');
  });
  return groups.join(' ');
}

/** A key that verifies, and the signatures under the checkpoint that say they are of it. */
export interface ProofSignatures {
  readonly signatures: readonly Uint8Array[];
  /** Whether bytes have a signature; null where the browser knows no Ed25519. */
  readonly verify: ((signature: Uint8Array, signed: Uint8Array) => Promise<boolean>) | null;
}

/** Runs in the page. @param lines of the signatures, as they are below the note of the checkpoint of the log `origin` */
export async function proofSignatures(
  subtle: webcrypto.SubtleCrypto,
  card: string,
  { origin, lines }: { readonly origin: string; readonly lines: readonly string[] },
  { bytesOf, utf8, sha256, hex }: ProofBytes,
): Promise<ProofSignatures> {
  const key = bytesOf(JSON.parse(card).signing_key).slice(10);
  const keyId = hex((await sha256(utf8(`${origin}\n`), Uint8Array.of(1), key)).slice(0, 4));
  const signatures = lines
    .filter((line) => line.startsWith(`— ${origin} `))
    .map((line) => bytesOf(line.slice(origin.length + 3)))
    .filter((bytes) => hex(bytes.slice(0, 4)) === keyId)
    .map((bytes) => bytes.slice(4));
  const verifier = await subtle
    .importKey('raw', key, { name: 'Ed25519' }, false, ['verify'])
    .catch(() => null);
  return {
    signatures,
    verify:
      verifier === null
        ? null
        : (signature, signed) => subtle.verify({ name: 'Ed25519' }, verifier, signature, signed),
  };
}
