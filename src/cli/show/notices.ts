import type { Json } from '../../base/json.js';
import type { BuyerNoticeKind } from '../../bundle/notice.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { noticeWords } from '../../messages/screens/notice.js';
import { grouped } from '../../report/numbers.js';
import type { Fact } from '../../report/screen.js';
import type { PendingNotice } from '../../steps/persons/late-notices.js';
import type { Next } from '../context.js';

export const noticeKindWords: Readonly<Record<Lang, Readonly<Record<BuyerNoticeKind, string>>>> = eachLang(
  (lang) => noticeWords[lang].kinds,
);

/** Who waits for a notice, by deal and kind. */
export function pendingFacts(pending: readonly PendingNotice[], lang: Lang): readonly Fact[] {
  const words = noticeWords[lang];
  return pending.map(({ deal, kind, persons, buyer }) => [
    words.pending,
    words.pendingText(deal, noticeKindWords[lang][kind], grouped(persons), buyer),
  ]);
}

/** What to do where buyers have to be told of somebody. */
export function afterPending(pending: readonly PendingNotice[], lang: Lang): readonly Next[] {
  return pending.length === 0
    ? []
    : [{ say: noticeWords[lang].pendingNext, command: 'handover notice send' }];
}

/** Persons of whom a buyer is still to be told, as the documents of --json have it. */
export function pendingJson({ deal, buyer, kind, persons, since }: PendingNotice): Json {
  return { deal, buyer, kind, persons, since };
}
