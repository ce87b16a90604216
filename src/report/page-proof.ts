import type { webcrypto } from 'node:crypto';
import { compareFigures, figuresOf, missingFigures, proofShare } from './page-figures.js';
import {
  type ProofBytes,
  proofBytes,
  type ProofData,
  proofFingerprint,
  type ProofLog,
  proofLog,
  type ProofSignatures,
  proofSignatures,
  proofTree,
} from './page-log.js';
import type { ProofPage, WholePage } from './page-whole.js';

/*
 * What runs inside the report's page. Each function is written into the page as its own source text, so it uses nothing from outside: no
 * import, no constant of this file, only its arguments and what every browser has. They are ordinary functions here, so that the compiler
 * sees them and tests run them without a browser.
 */

/** Sentences with {0} and {1} for what is put in. */
export interface ProofWords {
  readonly good: string;
  readonly partly: string;
  readonly bad: string;
  readonly events: string;
  readonly rootBad: string;
  readonly sequence: string;
  readonly signatureGood: string;
  readonly signatureBad: string;
  readonly signatureSkipped: string;
  readonly noCrypto: string;
  readonly dataBad: string;
  readonly fingerprintGood: string;
  readonly fingerprintBad: string;
  readonly figuresGood: string;
  readonly figuresBad: string;
  readonly figuresMissing: string;
  readonly unsigned: string;
  readonly pageGood: string;
  readonly pageBad: string;
  readonly pageUnsigned: string;
}

export type ProofState = 'good' | 'partly' | 'bad';

/** What the proof says, line by line. */
interface ProofLines {
  readonly good: (line: string, ...values: readonly (string | number)[]) => void;
  readonly bad: (line: string, ...values: readonly (string | number)[]) => void;
  /** Something that could not be proved, and is no alarm. */
  readonly doubt: (line: string, ...values: readonly (string | number)[]) => void;
  readonly note: (line: string, ...values: readonly (string | number)[]) => void;
  /** Shows all of it. @param isDressed as for {@link WholePage.alarm} */
  readonly show: (isDressed: boolean) => ProofState;
}

/** Runs in the page. */
function proofLines(words: ProofWords, whole: WholePage): ProofLines {
  const lines: string[] = [];
  let state: ProofState = 'good';
  const say = (line: string, values: readonly (string | number)[]): void => {
    lines.push(line.replace(/\{(\d)\}/g, (_, i) => String(values[Number(i)] ?? '')));
  };
  return {
    good: (line, ...values) => say(`✓ ${line}`, values),
    bad: (line, ...values) => {
      state = 'bad';
      say(`✗ ${line}`, values);
    },
    doubt: (line, ...values) => {
      if (state === 'good') state = 'partly';
      say(`– ${line}`, values);
    },
    note: (line, ...values) => say(`· ${line}`, values),
    show: (isDressed) => {
      // First of all: nothing in the page can keep it from that.
      whole.alarm(state === 'bad' ? words.bad : null, isDressed);
      const title = whole.page.getElementById('proof');
      title?.setAttribute('data-state', state);
      if (title) title.textContent = words[state];
      const list = whole.page.getElementById('proof-lines');
      if (list) list.textContent = lines.join('\n');
      return state;
    },
  };
}

/** Whether those who have the key signed the checkpoint. Runs in the page. @param note what is signed */
async function proveCheckpoint(
  { signatures, verify }: ProofSignatures,
  note: Uint8Array,
  words: ProofWords,
  lines: ProofLines,
): Promise<void> {
  if (signatures.length === 0) return lines.bad(words.signatureBad);
  if (verify === null) return lines.doubt(words.signatureSkipped);
  let isGenuine = true;
  for (const signature of signatures) if (!(await verify(signature, note))) isGenuine = false;
  if (isGenuine) lines.good(words.signatureGood);
  else lines.bad(words.signatureBad);
}

/**
 * Every word, number and mark of the page: it is compared with its own signed text, data left out. Runs in the page.
 *
 * @returns whether the rules of how it looks are the signed ones
 */
async function provePage(
  data: ProofData,
  whole: WholePage,
  verify: ProofSignatures['verify'],
  { bytesOf, utf8, sha256, hex }: ProofBytes,
  words: ProofWords,
  lines: ProofLines,
): Promise<boolean> {
  const text = String(data.page);
  const isPage = whole.is(text);
  if (!isPage) lines.bad(words.pageBad);
  // Whoever changed the words can take the signature away with them: without one, nothing here is verified.
  if (data.page_signature === '') {
    lines.bad(words.pageUnsigned);
    return false;
  }
  if (verify === null) return false;
  const signed = utf8(`handover.report-page/1\n${hex(await sha256(utf8(text)))}\n`);
  const isSigned = await verify(bytesOf(String(data.page_signature)), signed);
  const isDressed = isSigned && whole.looksAs(text);
  if (isPage && isSigned) lines.good(words.pageGood);
  else if (isPage) lines.bad(words.pageBad);
  return isDressed;
}

/** The figures on the page, from the events alone. Runs in the page. */
function proveFigures(
  page: ProofPage,
  { events, before, size, root }: ProofLog,
  parts: ProofParts,
  words: ProofWords,
  lines: ProofLines,
): void {
  const signed = parts.figuresOf(events.slice(0, Math.max(0, size - before)));
  const every = parts.figuresOf(events);
  every.set('log/signed', String(size));
  every.set('log/root', root);
  const { names, right, wrong, unsupported } = parts.compareFigures(page, every, signed, parts.proofShare);
  const { missing, unbalanced } = parts.missingFigures(page, names, every);
  const behind = before + events.length - size;
  if (wrong + unbalanced > 0) lines.bad(words.figuresBad, wrong + unbalanced);
  else lines.good(words.figuresGood, right);
  if (missing > 0) lines.bad(words.figuresMissing, missing);
  if (unsupported > 0) lines.doubt(words.unsigned, behind);
  else if (behind > 0) lines.note(words.unsigned, behind);
}

/** The functions that {@link selfProof} is made of, by their names in the page. */
export interface ProofParts {
  readonly figuresOf: typeof figuresOf;
  readonly compareFigures: typeof compareFigures;
  readonly missingFigures: typeof missingFigures;
  readonly proofShare: typeof proofShare;
  readonly proofBytes: typeof proofBytes;
  readonly proofTree: typeof proofTree;
  readonly proofLog: typeof proofLog;
  readonly proofFingerprint: typeof proofFingerprint;
  readonly proofSignatures: typeof proofSignatures;
  readonly proofLines: typeof proofLines;
  readonly proveCheckpoint: typeof proveCheckpoint;
  readonly provePage: typeof provePage;
  readonly proveFigures: typeof proveFigures;
}

/** All of them. */
export const PROOF_PARTS: ProofParts = {
  figuresOf,
  compareFigures,
  missingFigures,
  proofShare,
  proofBytes,
  proofTree,
  proofLog,
  proofFingerprint,
  proofSignatures,
  proofLines,
  proveCheckpoint,
  provePage,
  proveFigures,
};

/**
 * Proves the page from the data that it carries (docs/report.md, "How a page proves itself"), and shows the result in the elements `proof`
 * (attribute `data-state`), `proof-lines` and, where a figure is wrong, at the figure. Runs in the page.
 *
 * @param subtle WebCrypto, or undefined where the browser offers none
 * @param whole the page as it was opened
 */
export async function selfProof(
  subtle: webcrypto.SubtleCrypto | undefined,
  words: ProofWords,
  parts: ProofParts,
  whole: WholePage,
): Promise<ProofState> {
  const { page } = whole;
  const lines = parts.proofLines(words, whole);
  if (subtle === undefined) {
    lines.doubt(words.noCrypto);
    return lines.show(false);
  }
  const bytes = parts.proofBytes(subtle);
  let isDressed = false;
  try {
    const data: ProofData = JSON.parse(page.getElementById('data')?.textContent ?? '');
    if (data.format !== 'handover.report-data/1') throw new Error('another format');
    const [origin = '', sizeText = '', rootText = '', blank, ...signed] = data.checkpoint.split('\n');

    const size = Number(sizeText);
    const log = await parts.proofLog(data, size, bytes, parts.proofTree(bytes));
    if (!log.isInOrder) lines.bad(words.sequence);
    const isRoot = blank === '' && log.root !== '' && log.root === bytes.hex(bytes.bytesOf(rootText));
    if (isRoot) lines.good(words.events, size, log.before + log.events.length);
    else lines.bad(words.rootBad);

    const fingerprint = await parts.proofFingerprint(data.card, bytes);
    const shown = (page.getElementById('fingerprint')?.textContent ?? '').trim();
    if (shown === fingerprint) lines.good(words.fingerprintGood, shown);
    else lines.bad(words.fingerprintBad, fingerprint);

    const signatures = await parts.proofSignatures(subtle, data.card, { origin, lines: signed }, bytes);
    const note = bytes.utf8(`${origin}\n${sizeText}\n${rootText}\n`);
    await parts.proveCheckpoint(signatures, note, words, lines);
    isDressed = await parts.provePage(data, whole, signatures.verify, bytes, words, lines);
    parts.proveFigures(page, log, parts, words, lines);
  } catch {
    lines.bad(words.dataBad);
  }
  return lines.show(isDressed);
}
