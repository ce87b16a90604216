import { TAG_BYTES, tagger, subjectOf } from '../../base/tagger.js';
import { codesFor, readCode } from '../../campaign/codes.js';
import type { Sha256 } from '../../base/crypto.js';
import { contactKeys, contactSubject } from '../../dataset/contact.js';
import { recordOf, splitRecords } from '../../dataset/page.js';
import { openPage } from '../../store/sealed-pages.js';
import { customerList } from '../session/list.js';
import type { Session } from '../session/session.js';
import type { AskedBook } from './book.js';

/** Whom a row of answers is from: nobody who is known, or several who share a number; a code with a slip of the pen is its own matter. */
export type Whose =
  | { readonly kind: 'one'; readonly tag: Uint8Array; readonly byCode: Sha256 | null }
  | { readonly kind: 'several'; readonly tags: readonly Uint8Array[] }
  | { readonly kind: 'none'; readonly why: 'nobody' | 'wrong-code' };

/** How a row names its person. */
export interface Naming {
  readonly code: string;
  readonly subject: string;
  readonly phone: string;
}

type Coded = ReadonlyMap<string, { readonly tag: Uint8Array; readonly text: Sha256 }>;

/** Who has which number, and who is a customer at all, by tag. */
interface Customers {
  readonly byPhone: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly known: ReadonlySet<string>;
}

/** Finds persons by answer code, customer number or mobile number. Built for one import. */
export class People {
  readonly #byCode: Coded;
  readonly #customers: Customers;
  readonly #tagOf: (subjects: readonly string[]) => Uint8Array;

  private constructor(byCode: Coded, known: Customers, tagOf: (subjects: readonly string[]) => Uint8Array) {
    this.#byCode = byCode;
    this.#customers = known;
    this.#tagOf = tagOf;
  }

  static async of(session: Session, book: AskedBook): Promise<People> {
    const key = await session.keyFor('subject-tags');
    const byCode = new Map<string, { readonly tag: Uint8Array; readonly text: Sha256 }>();
    const byText = new Map<Sha256, Uint8Array[]>();
    for (const [own, { asked }] of book.persons)
      for (const text of new Set(asked.map((each) => each.text)))
        pushTo(byText, text, Buffer.from(own, 'latin1'));
    for (const [text, tags] of byText) {
      const codes = codesFor(key, text)(tags);
      for (const [i, tag] of tags.entries()) byCode.set(codes[i] ?? '', { tag, text });
    }
    return new People(byCode, await customers(session), tagger(key));
  }

  find({ code, subject, phone }: Naming): Whose {
    const read = code === '' ? null : readCode(code);
    if (read === 'wrong') return { kind: 'none', why: 'wrong-code' };
    const coded = read === null ? undefined : this.#byCode.get(read.code);
    if (coded !== undefined) return { kind: 'one', tag: coded.tag, byCode: coded.text };
    if (subject !== '') {
      const tag = this.#tagOf([subjectOf(subject)]);
      if (this.#customers.known.has(Buffer.from(tag).toString('latin1')))
        return { kind: 'one', tag: tag.slice(), byCode: null };
    }
    const tags = this.#customers.byPhone.get(contactSubject('', phone)) ?? [];
    const [only] = tags;
    if (only === undefined) return { kind: 'none', why: 'nobody' };
    return tags.length === 1 ? { kind: 'one', tag: only, byCode: null } : { kind: 'several', tags };
  }
}

/** Reads the customer list as it is today. */
async function customers(session: Session): Promise<Customers> {
  const byPhone = new Map<string, Uint8Array[]>();
  const known = new Set<string>();
  const { vault } = await session.keys();
  const { read } = session.workspace;
  for (const { id, keyId, columns } of customerList(read)) {
    const [mobile = -1, second = -1] = ['mobile', 'mobile_2'].map((name) => columns.indexOf(name));
    const key = vault.get(keyId);
    for (const { number, sealed, tags } of read.pages(id)) {
      session.runtime.signal.throwIfAborted();
      for (const [i, text] of splitRecords(openPage(sealed, { dataset: id, number, tags }, key)).entries()) {
        const tag = tags.slice(i * TAG_BYTES, (i + 1) * TAG_BYTES);
        known.add(Buffer.from(tag).toString('latin1'));
        const record = recordOf(text);
        for (const phone of contactKeys('', [record[mobile] ?? '', record[second] ?? ''])) {
          const same = byPhone.get(phone);
          if (same === undefined) byPhone.set(phone, [tag]);
          else if (!same.some((other) => Buffer.compare(other, tag) === 0)) same.push(tag);
        }
      }
    }
  }
  return { byPhone, known };
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
