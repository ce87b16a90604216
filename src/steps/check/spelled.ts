import type { DecidedPairs } from '../../policy/decided-pairs.js';
import { reasonSet } from '../../policy/reasons.js';
import { RefuserList, type Refusers, spelledAlike } from '../../policy/spelled.js';
import type { Dataset } from '../../store/dataset-rows.js';
import type { Session } from '../session/session.js';
import { OutsideNoes, Settling, storedRefusers } from '../session/spelled.js';
import type { ComparedPage } from '../workers/compared-pages.js';
import type { LoadedConsentLedger } from './consent-ledger.js';

const SAME = reasonSet('SAME_PERSON_REFUSED');

/** Everybody beside the judged records who may say no, by how their numbers are spelled. */
export async function refusersBeside(session: Session, ledger: LoadedConsentLedger): Promise<Refusers> {
  const list = new RefuserList();
  list.addAll(await storedRefusers(session));
  list.addAll(ledger.refusers);
  return list;
}

/** The pages of one judged dataset. */
interface JudgedPages {
  readonly dataset: Dataset;
  readonly pages: readonly ComparedPage[];
}

/**
 * Marks whose number differs only in spelling from that of somebody who says no, as far as nobody knows better. Two numbers in one file are
 * two customers by the firm's own account: there are systems whose numbers differ by case alone.
 */
export async function markSpelledAlike(
  session: Session,
  files: readonly JudgedPages[],
  ledger: LoadedConsentLedger,
  pairs: DecidedPairs,
): Promise<void> {
  const { read } = session.workspace;
  const pages = files.flatMap(({ dataset, pages: all }) =>
    all.map((page) => ({
      reasonSets: page.reasonSets,
      get spellings() {
        return page.spellings;
      },
      tags: () => read.pageTagsAt(dataset.id, page.number),
    })),
  );
  const found = spelledAlike(pages, await refusersBeside(session, ledger));
  if (found.length === 0) return;
  const settled = new Settling(session, found, pairs, new OutsideNoes(session, ledger.index));
  for (const { tags, reasonSets } of pages) settled.hearPage(tags(), reasonSets);
  for (const { page, at, tag, others } of found)
    if (others.some((other) => settled.isOpen(tag, other))) page.reasonSets.add(at, SAME);
}
