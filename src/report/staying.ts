import type { Lang } from '../messages/lang.js';
import { checkWords } from '../messages/screens/check.js';
import { stayingWords } from '../messages/stays.js';

/** A purpose as customers read it, by its id. */
type Purpose = { readonly id: string } & Readonly<Record<Lang, string>>;

/** The name of what stays of customers who go: `purpose:ID`, `prepaid`, or a kind of sensitive data. */
export function stayingName(what: string, purposes: readonly Purpose[], lang: Lang): string {
  const purpose = purposes.find(({ id }) => what === `purpose:${id}`);
  if (purpose !== undefined) return checkWords[lang].stayPurpose(purpose[lang]);
  const names: Readonly<Record<string, string>> = stayingWords[lang];
  return names[what] ?? what;
}
