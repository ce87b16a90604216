// The house: the papers that a firm signs, the people who handle the data, what customers said of it, what is left to do, what audits found.

import { basename } from 'node:path';
import { sha256 } from '../../base/crypto.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { fail } from '../../messages/error.js';
import type { PaperKind } from '../../messages/papers.js';
import { cleanName } from '../../policy/reason.js';
import { readLimited, type Written, writeWhole } from '../../store/files.js';
import type { StoredPaper } from '../../store/house-rows.js';
import { openPaper, sealedPaper } from '../session/papers.js';
import type { Session } from '../session/session.js';

export interface PaperInput {
  readonly path: string;
  readonly kind: PaperKind;
  readonly signed: CalendarDate | null;
  readonly signer: string | null;
  /** Id of a deal, or null. */
  readonly deal: string | null;
  readonly dryRun: boolean;
}

/** A scan of some pages; more is another file. */
const PAPER_LIMIT = 32 << 20;

/**
 * Takes in a signed paper: its digest, by which a deal refers to it, and a sealed copy, so that it can be shown when somebody asks for it.
 *
 * @throws HandoverError PAPER_KNOWN, PAPER_EMPTY, DEAL_UNKNOWN, HOUSE_DATE, REASON_SHAPE and the problems of reading a file
 */
export async function addPaper(session: Session, input: PaperInput): Promise<StoredPaper> {
  const { read } = session.workspace;
  const file = basename(input.path);
  const bytes = readLimited(input.path, PAPER_LIMIT, file);
  if (bytes.length === 0) fail({ code: 'PAPER_EMPTY', name: file });
  const digest = sha256(bytes);
  const papers = read.house.papers();
  const known = papers.find((paper) => paper.sha256 === digest);
  if (known !== undefined) fail({ code: 'PAPER_KNOWN', name: file, paper: known.id });
  const { kind, deal } = input;
  if (deal !== null && read.deal(deal) === undefined) fail({ code: 'DEAL_UNKNOWN', deal });
  const today = dayOf(session.now);
  const signed = input.signed ?? today;
  requirePast(signed, today);
  const paper: StoredPaper = {
    id: `${kind}-${papers.filter((other) => other.kind === kind).length + 1}`,
    kind,
    file,
    sha256: digest,
    bytes: bytes.length,
    signed,
    signer: input.signer === null ? null : cleanName(input.signer),
    deal: deal === null ? null : (read.deal(deal)?.id ?? deal),
    time: session.now,
  };
  if (input.dryRun) return paper;
  const sealed = await sealedPaper(session, bytes, paper.sha256);
  session.record(
    {
      action: 'paper-added',
      objects: { paper: paper.id, file: digest },
      details: { kind, signed, bytes: bytes.length, ...(paper.deal === null ? {} : { deal: paper.deal }) },
    },
    (write) => write.house.addPaper(paper, sealed),
  );
  return paper;
}

/** @throws HandoverError PAPER_UNKNOWN */
export function paperOf(session: Session, id: string): StoredPaper {
  return (
    session.workspace.read.house.papers().find((paper) => paper.id === id) ??
    fail({ code: 'PAPER_UNKNOWN', paper: id })
  );
}

/**
 * Writes the copy of a paper out, as it was taken in.
 *
 * @throws HandoverError WORKSPACE_DAMAGED, FILE_EXISTS and the other problems of writing
 */
export async function writePaper(
  session: Session,
  paper: StoredPaper,
  { path, force }: { readonly path: string; readonly force: boolean },
): Promise<Written> {
  const bytes = await openPaper(session, paper);
  const announce = (): void =>
    session.record(
      { action: 'paper-copied', objects: { paper: paper.id, file: paper.sha256 }, details: {} },
      () => undefined,
    );
  return writeWhole(path, bytes, { force, announce });
}

/** @throws HandoverError HOUSE_DATE if a day of the past lies ahead */
export function requirePast(day: CalendarDate, today: CalendarDate): void {
  if (day > today) fail({ code: 'HOUSE_DATE', date: day });
}
