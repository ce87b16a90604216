import { consentDocument, type RecordedPerson, type RecordedWord } from '../../campaign/receipts.js';
import { type EvidenceGrade, evidenceGrade } from '../../campaign/grades.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { writeWhole, type Written } from '../../store/files.js';
import { utf8 } from '../../base/bytes.js';
import { pinnedCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { AskedBook, type PersonBook } from './book.js';

/** What was written: of how many persons, and how good the evidence is of those who agreed. */
export interface ConsentRecordsFile {
  readonly path: string;
  readonly persons: number;
  readonly grades: Readonly<Partial<Record<EvidenceGrade, number>>>;
}

/**
 * Writes the consents of a campaign as records that other programs read (ISO/IEC TS 27560 in DPV terms, JSON-LD). Persons are in it by tag
 * alone: it is no copy in the clear. The log says that it was written.
 *
 * @throws HandoverError FILE_EXISTS
 */
export async function writeConsentRecords(
  session: Session,
  terms: Terms,
  { path, force }: { readonly path: string; readonly force: boolean },
): Promise<ConsentRecordsFile> {
  const book = await AskedBook.of(session, terms.id);
  const about = {
    seller: pinnedCard(session, terms.seller.card).card,
    buyer: pinnedCard(session, terms.buyer.card).card,
    digest: dealDigest(terms),
    made: session.now,
  };
  const grades: Partial<Record<EvidenceGrade, number>> = {};
  let people = 0;
  // In pieces of some hundred records: one text of a hundred thousand persons would need more memory than the list.
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let piece = '';
    for (const text of consentDocument(terms, about, counted())) {
      piece += text;
      if (piece.length < PIECE) continue;
      session.runtime.signal.throwIfAborted();
      yield utf8(piece);
      piece = '';
    }
    yield utf8(piece);
  }
  function* counted(): Generator<RecordedPerson> {
    for (const person of persons(book)) {
      people++;
      const last = person.words.findLast(({ what, matter }) => what !== 'asked' && matter === 'data');
      if (last?.what === 'yes')
        grades[evidenceGrade(last.channel)] = (grades[evidenceGrade(last.channel)] ?? 0) + 1;
      yield person;
    }
  }
  const announce = ({ sha256: file }: Written): void =>
    session.record(
      { action: 'consents-written', objects: { deal: about.digest, file }, details: { persons: people } },
      () => undefined,
    );
  await writeWhole(path, pieces(), { force, announce });
  return { path, persons: people, grades };
}

const PIECE = 256 * 1024;

function* persons(book: AskedBook): Generator<RecordedPerson> {
  for (const [key, person] of book.persons)
    yield { tag: Buffer.from(key, 'latin1').toString('hex'), words: wordsOf(person) };
}

/** What somebody was sent and said, oldest first; what became of a message is no word of theirs. */
function wordsOf({ asked, heard }: PersonBook): readonly RecordedWord[] {
  const sent = asked.map(
    ({ text, channel, at }): RecordedWord => ({
      ...{ what: 'asked', matter: 'data', text, channel, at },
    }),
  );
  const said = heard.flatMap(({ what, matter, at, text, channel }): RecordedWord[] =>
    what === 'yes' || what === 'no' ? [{ what, matter, at, text, channel }] : [],
  );
  return [...sent, ...said].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
