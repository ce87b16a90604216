import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemOf } from '../identity/problem-of.js';
import { base64, concat, utf8 } from '../../src/base/bytes.js';
import { newSecretKey, sha256 } from '../../src/base/crypto.js';
import { signerOf, verifySignature } from '../../src/base/signing.js';
import { type Instant, readInstant } from '../../src/base/time.js';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from '../../src/audit/checkpoint.js';
import { EVENT_ACTIONS, eventBytes, type LoggedEvent, readEvent } from '../../src/audit/event.js';
import { verifyLog } from '../../src/audit/log.js';
import { CompactRange, leafHash } from '../../src/audit/merkle.js';
import { leavesOf, rootOf } from '../../src/audit/merkle-proof.js';
import { verifyProof, writeProof } from '../../src/audit/proof.js';
const signer = signerOf(newSecretKey((n) => new Uint8Array(n).fill(1)));
const stranger = signerOf(newSecretKey((n) => new Uint8Array(n).fill(2)));
const card = sha256(utf8('card'));
const origin = 'handover/0192f0c1-0000-7000-8000-000000000001';

function instant(second: number): Instant {
  const read = readInstant(`2026-03-01T08:00:${`${second}`.padStart(2, '0')}Z`);
  if (read === null) throw new Error('not an instant');
  return read;
}

const event = (seq: number, change: Partial<LoggedEvent> = {}): LoggedEvent => ({
  seq,
  time: instant(seq),
  actor: { card, operator: '王会计' },
  action: 'imported',
  objects: { dataset: `d${seq}` },
  details: { read: 100 + seq, encoding: 'gb18030' },
  ...change,
});

const events = Array.from({ length: 9 }, (_, seq) => event(seq));
const hashes = Buffer.concat(events.map((e) => leafHash(eventBytes(e))));
const leaves = leavesOf(hashes);
const checkpointAt = (size: number): Checkpoint => ({ origin, size, root: rootOf(leaves, 0, size) });
const anchorAt = (size: number, document = `at ${size}`) => ({ checkpoint: checkpointAt(size), document });
const rangeOf = (end: number): CompactRange => {
  const range = CompactRange.of(0);
  range.appendMany(hashes.subarray(0, 32 * end));
  return range;
};
const stored = (list: readonly LoggedEvent[]) =>
  list.map((e) => ({ event: e, leaf: hashes.subarray(32 * e.seq, 32 * e.seq + 32) }));

describe('event', () => {
  it('is canonical JSON with its format, and reads back', () => {
    const bytes = eventBytes(event(3));
    expect(Buffer.from(bytes).toString()).toBe(
      `{"action":"imported","actor":{"card":"${card}","operator":"王会计"},"details":{"encoding":"gb18030","read":103},` +
        `"format":"handover.event/1","objects":{"dataset":"d3"},"seq":3,"time":"2026-03-01T08:00:03Z"}`,
    );
    expect(readEvent(bytes, 'event.json')).toEqual(event(3));
  });

  it.each<[string, string, string, string]>([
    ['an action outside the list', '"imported"', '"deleted"', 'FORMAT_SHAPE'],
    ['an unknown key', '"seq":3', '"seq":3,"sex":1', 'FORMAT_SHAPE'],
    ['a negative number', '"seq":3', '"seq":-3', 'FORMAT_SHAPE'],
    ['another time form', '08:00:03Z', '08:00:03.5Z', 'FORMAT_SHAPE'],
    ['another version', 'event/1', 'event/2', 'FORMAT_UNKNOWN'],
    ['a repeated key', '"seq":3', '"seq":3,"seq":3', 'JSON_DUPLICATE_KEY'],
  ])('with %s is refused', (_, from, to, code) => {
    const bytes = utf8(
      Buffer.from(eventBytes(event(3)))
        .toString()
        .replace(from, to),
    );
    expect(problemOf(() => readEvent(bytes, 'event.json')).code).toBe(code);
  });

  it('has no action twice', () => {
    expect(new Set(EVENT_ACTIONS).size).toBe(EVENT_ACTIONS.length);
  });

  it('has no action that nothing writes', () => {
    const steps = join(import.meta.dirname, '..', '..', 'src', 'steps');
    const code = readdirSync(steps, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(join(steps, path), 'utf8'))
      .join('');
    expect(EVENT_ACTIONS.filter((action) => !code.includes(`'${action}'`))).toEqual([]);
  });
});

describe('checkpoint', () => {
  const checkpoint = checkpointAt(9);
  const note = writeCheckpoint(checkpoint, signer);
  const reading = { publicKey: signer.publicKey, origin, document: 'checkpoint.txt' };
  const codeOf = (text: string, other: Partial<typeof reading> = {}): string =>
    problemOf(() => readCheckpoint(text, { ...reading, ...other })).code;
  const lines = note.split('\n');
  const withLine = (index: number, line: string): string => lines.with(index, line).join('\n');
  const foreign = writeCheckpoint(checkpoint, stranger).split('\n')[4] ?? '';

  it('reads what it writes, with or without a known origin', () => {
    expect(readCheckpoint(note, reading)).toEqual(checkpoint);
    expect(readCheckpoint(note, { publicKey: signer.publicKey, document: 'x' })).toEqual(checkpoint);
  });

  it('is a signed note: key id and signature as C2SP defines them', () => {
    expect(lines.slice(0, 4)).toEqual([origin, '9', base64(Buffer.from(checkpoint.root, 'hex')), '']);
    const [, name, encoded = ''] = (lines[4] ?? '').split(' ');
    const bytes = Buffer.from(encoded, 'base64');
    expect(name).toBe(origin);
    const id = sha256(concat(utf8(`${origin}\n\u0001`), signer.publicKey)).slice(0, 8);
    expect(bytes.subarray(0, 4).toString('hex')).toBe(id);
    const text = utf8(`${lines.slice(0, 3).join('\n')}\n`);
    expect(verifySignature(bytes.subarray(4), text, signer.publicKey)).toBe(true);
  });

  it('of an empty log has size 0', () => {
    const empty = { origin, size: 0, root: rootOf(leaves, 0, 0) };
    expect(readCheckpoint(writeCheckpoint(empty, signer), reading)).toEqual(empty);
  });

  it('bears a witness beside the signature', () => {
    const witness = `\u2014 witness.example ${base64(new Uint8Array(76))}\n`;
    expect(readCheckpoint(note + witness, reading)).toEqual(checkpoint);
    expect(readCheckpoint(`${note}${foreign}\n`, reading)).toEqual(checkpoint);
  });

  it.each([
    ['nothing', ''],
    ['no signature', `${lines.slice(0, 3).join('\n')}\n\n`],
    ['no blank line', lines.filter((line) => line !== '').join('\n')],
    ['an extension line', withLine(2, `${lines[2]}\nextra`)],
    ['a leading zero', withLine(1, '09')],
    ['a negative size', withLine(1, '-9')],
    ['a size beyond exact numbers', withLine(1, '9007199254740993')],
    ['a root of another length', withLine(2, base64(new Uint8Array(31)))],
    ['CRLF line ends', note.replaceAll('\n', '\r\n')],
    ['no last line end', note.trimEnd()],
    ['a hyphen for the dash', note.replace('\u2014', '-')],
    ['a space in the name', withLine(0, 'handover x')],
    ['two notes', note + note],
    ['a signature without a name', `${note}\u2014  ${base64(new Uint8Array(76))}\n`],
    ['a name without a signature', `${note}\u2014 witness.example\n`],
    ['a plus in the name of a witness', `${note}\u2014 wit+ness ${base64(new Uint8Array(76))}\n`],
    ['a third word in a signature', `${note}\u2014 witness.example ${base64(new Uint8Array(76))} x\n`],
    ['a signature that is no base64', `${note}\u2014 witness.example ?\n`],
    ['a signature of a key id only', `${note}\u2014 witness.example ${base64(new Uint8Array(4))}\n`],
    ['a line that is no signature', `${note}hello\n`],
    ['seventeen signatures', note + `${lines[4]}\n`.repeat(16)],
  ])('refuses %s as malformed', (_, text) => {
    expect(codeOf(text)).toBe('CHECKPOINT_FORMAT');
  });

  it('bears sixteen signatures, and one of five bytes', () => {
    expect(readCheckpoint(note + `${lines[4]}\n`.repeat(15), reading)).toEqual(checkpoint);
    const short = `\u2014 witness.example ${base64(new Uint8Array(5))}\n`;
    expect(readCheckpoint(note + short, reading)).toEqual(checkpoint);
  });

  it.each([
    ['another size', withLine(1, '8')],
    ['another root', withLine(2, base64(new Uint8Array(32)))],
    ['another origin', withLine(0, `${origin}2`)],
    ['only a stranger’s signature', withLine(4, foreign)],
    ['a signature cut short', withLine(4, `\u2014 ${origin} ${base64(new Uint8Array(8))}`)],
    ['a bad signature beside the good one', `${note}${(lines[4] ?? '').replace(/.{6}$/, 'AAAAA=')}\n`],
  ])('refuses %s', (_, text) => {
    expect(codeOf(text)).toBe('CHECKPOINT_SIGNATURE');
  });

  it('refuses another key and another log', () => {
    expect(codeOf(note, { publicKey: stranger.publicKey })).toBe('CHECKPOINT_SIGNATURE');
    expect(codeOf(note, { origin: 'handover/other' })).toBe('CHECKPOINT_ORIGIN');
  });
});

describe('verifyLog', () => {
  it('finds nothing in a whole log, and says how far it is anchored', () => {
    const result = verifyLog(stored(events), [anchorAt(9), anchorAt(0), anchorAt(4), anchorAt(4, 'again')]);
    const whole = { size: 9, root: rootOf(leaves, 0, 9), findings: [], intact: true, anchored: 9 };
    expect(result).toEqual({ ...whole, pruned: 0, within: [], told: [] });
  });

  it('says that nothing anchors a log without checkpoints', () => {
    expect(verifyLog(stored(events), [])).toMatchObject({ intact: true, anchored: null });
    expect(verifyLog([], [])).toMatchObject({ size: 0, intact: true });
  });

  it('finds an event that was altered, with and without its stored hash', () => {
    const altered = events.with(5, event(5, { details: { read: 999 } }));
    expect(verifyLog(stored(altered), [anchorAt(5), anchorAt(9)])).toMatchObject({
      findings: [
        { code: 'LOG_LEAF', seq: 5 },
        { code: 'LOG_REWRITTEN', document: 'at 9', size: 9 },
      ],
      intact: false,
      anchored: 5,
    });
    const again = altered.map((e) => ({ event: e }));
    expect(verifyLog(again, [anchorAt(9)]).findings).toEqual([
      { code: 'LOG_REWRITTEN', document: 'at 9', size: 9 },
    ]);
  });

  it('finds a cut tail by an outside checkpoint only', () => {
    const cut = stored(events.slice(0, 6));
    expect(verifyLog(cut, [anchorAt(6)]).findings).toEqual([]);
    expect(verifyLog(cut, [anchorAt(6), anchorAt(8, 'receipt.json')])).toMatchObject({
      findings: [{ code: 'LOG_CUT', document: 'receipt.json', size: 8, events: 6 }],
      intact: false,
      anchored: 6,
    });
  });

  it('finds a missing event and says so once', () => {
    const gap = stored(events.toSpliced(3, 1));
    expect(verifyLog(gap, []).findings).toEqual([{ code: 'LOG_GAP', seq: 4, expected: 3 }]);
    expect(verifyLog(stored(events.slice(1)), []).findings).toEqual([
      { code: 'LOG_GAP', seq: 1, expected: 0 },
    ]);
  });

  describe('of a log whose beginning was pruned', () => {
    const rest = stored(events.slice(5));
    const begin = rangeOf(5);

    it('still holds against every later anchor, and leaves earlier ones uncompared', () => {
      const anchors = [anchorAt(3), anchorAt(5), anchorAt(7), anchorAt(9)];
      expect(verifyLog(rest, anchors, begin)).toEqual({
        size: 9,
        root: rootOf(leaves, 0, 9),
        findings: [],
        intact: true,
        pruned: 5,
        within: [anchorAt(3)],
        anchored: 9,
        told: [],
      });
      expect(begin.end).toBe(5);
    });

    it('is not believed without an anchor behind the cut', () => {
      expect(verifyLog(rest, [anchorAt(3)], begin)).toMatchObject({
        findings: [{ code: 'LOG_BEGINNING', first: 5 }],
        intact: false,
      });
    });

    it('finds a beginning that is not the one that was signed', () => {
      const forged = CompactRange.of(0);
      forged.appendMany(hashes.subarray(32, 32 * 6));
      expect(verifyLog(rest, [anchorAt(9)], forged).findings.map((f) => f.code)).toEqual([
        'LOG_REWRITTEN',
        'LOG_BEGINNING',
      ]);
    });

    it('finds events missing after the cut', () => {
      expect(verifyLog(rest.slice(1), [anchorAt(9)], begin).findings[0]).toEqual({
        code: 'LOG_GAP',
        seq: 6,
        expected: 5,
      });
    });
  });

  it('reports a clock that went back without calling the log broken', () => {
    const late = [event(0), event(1, { time: instant(30) }), event(2)];
    expect(
      verifyLog(
        late.map((e) => ({ event: e })),
        [],
      ),
    ).toMatchObject({
      findings: [{ code: 'LOG_TIME', seq: 2 }],
      intact: true,
    });
  });
});

describe('proof of an event', () => {
  const checkpoint = checkpointAt(9);
  const note = writeCheckpoint(checkpoint, signer);
  const reading = { publicKey: signer.publicKey, origin, document: 'event.tlog-proof' };
  const proof = writeProof(leaves, 4, note, checkpoint);
  const leaf = leafHash(eventBytes(event(4)));
  const codeOf = (text: string, of: Uint8Array = leaf): string =>
    problemOf(() => verifyProof(text, of, reading)).code;

  it('verifies, for each event', () => {
    for (const e of events) {
      const text = writeProof(leaves, e.seq, note, checkpoint);
      expect(verifyProof(text, leafHash(eventBytes(e)), reading)).toEqual({ index: e.seq, checkpoint });
    }
    const withExtra = proof.replace('index', 'extra eA==\nindex');
    expect(verifyProof(withExtra, leaf, reading).index).toBe(4);
  });

  it('of the only event has no hashes', () => {
    const one = checkpointAt(1);
    const text = writeProof(leaves, 0, writeCheckpoint(one, signer), one);
    expect(text.startsWith('c2sp.org/tlog-proof@v1\nindex 0\n\nhandover/')).toBe(true);
    expect(verifyProof(text, leafHash(eventBytes(event(0))), reading).index).toBe(0);
  });

  it.each([
    ['nothing', '', 'PROOF_FORMAT'],
    ['another version', proof.replace('@v1', '@v2'), 'PROOF_FORMAT'],
    ['no index', proof.replace('index 4\n', ''), 'PROOF_FORMAT'],
    ['a hash that is not one', proof.replace(/index 4\n..../, 'index 4\n'), 'PROOF_FORMAT'],
    ['another index', proof.replace('index 4', 'index 5'), 'PROOF_INVALID'],
    ['a hash missing', proof.replace(/index 4\n.*\n/, 'index 4\n'), 'PROOF_INVALID'],
    ['another checkpoint', proof.replace('\n9\n', '\n8\n'), 'CHECKPOINT_SIGNATURE'],
    ['no checkpoint', proof.slice(0, proof.indexOf('\n\n') + 2), 'CHECKPOINT_FORMAT'],
  ])('with %s is refused', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('is refused for another event', () => {
    expect(codeOf(proof, leafHash(eventBytes(event(4, { action: 'refused' }))))).toBe('PROOF_INVALID');
  });
});
