import { ownText } from '../../base/bytes.js';
import { subjectOf, TAG_BYTES, tagger, tagText } from '../../base/tagger.js';
import { codesFor, readCode } from '../../campaign/codes.js';
import type { SecretKey, Sha256 } from '../../base/crypto.js';
import { contactKeys, contactSubject } from '../../dataset/contact.js';
import { recordOf, splitRecords } from '../../dataset/page.js';
import { openPage } from '../../store/sealed-pages.js';
import { customerList } from '../session/list.js';
import type { Session } from '../session/session.js';
import type { AskedBook } from './book.js';

/** Whom a row of answers is from: nobody who is known, or several who share a number; a code with a slip of the pen is its own matter. */
export type Whose =
  | { readonly kind: 'one'; readonly tag: string; readonly byCode: Sha256 | null }
  | { readonly kind: 'several'; readonly tags: readonly string[] }
  | { readonly kind: 'none'; readonly why: 'nobody' | 'wrong-code' };

/** How a row names its person. */
export interface Naming {
  readonly code: string;
  readonly subject: string;
  readonly phone: string;
}

type Coded = ReadonlyMap<string, { readonly tag: string; readonly text: Sha256 }>;

/** Who has which number, and who is a customer at all, by tag. */
interface Customers {
  readonly byPhone: ReadonlyMap<string, string | readonly string[]>;
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

  /** @param columns those that the file names its persons by: only these are looked for */
  static async of(session: Session, book: AskedBook, columns: ReadonlySet<string>): Promise<People> {
    const key = await session.keyFor('subject-tags');
    const byCode = columns.has('code') ? codesIn(book, key) : new Map<string, never>();
    return new People(byCode, await customers(session, columns), tagger(key));
  }

  find({ code, subject, phone }: Naming): Whose {
    const read = code === '' ? null : readCode(code);
    if (read === 'wrong') return { kind: 'none', why: 'wrong-code' };
    const coded = read === null ? undefined : this.#byCode.get(read.code);
    if (coded !== undefined) return { kind: 'one', tag: coded.tag, byCode: coded.text };
    if (subject !== '') {
      const tag = tagText(this.#tagOf([subjectOf(subject)]));
      if (this.#customers.known.has(tag)) return { kind: 'one', tag, byCode: null };
    }
    const tags = this.#customers.byPhone.get(contactSubject('', phone));
    if (tags === undefined) return { kind: 'none', why: 'nobody' };
    return typeof tags === 'string' ? { kind: 'one', tag: tags, byCode: null } : { kind: 'several', tags };
  }
}

/** The code of everybody who was asked, for each text. */
function codesIn(book: AskedBook, key: SecretKey): Coded {
  const byCode = new Map<string, { readonly tag: string; readonly text: Sha256 }>();
  const byText = new Map<Sha256, string[]>();
  for (const [own, { asked }] of book.persons)
    for (const text of new Set(asked.map((each) => each.text))) {
      const list = byText.get(text);
      if (list === undefined) byText.set(text, [own]);
      else list.push(own);
    }
  for (const [text, tags] of byText) {
    const codes = codesFor(key, text)(tags.map((tag) => Buffer.from(tag, 'latin1')));
    for (const [i, tag] of tags.entries()) byCode.set(codes[i] ?? '', { tag, text });
  }
  return byCode;
}

/** Reads the customer list as it is today. */
async function customers(session: Session, wanted: ReadonlySet<string>): Promise<Customers> {
  const byPhone = new Map<string, string | readonly string[]>();
  const known = new Set<string>();
  const { vault } = await session.keys();
  const { read } = session.workspace;
  for (const { id, keyId, columns } of customerList(read)) {
    const [mobile = -1, second = -1] = ['mobile', 'mobile_2'].map((name) => columns.indexOf(name));
    const key = vault.get(keyId);
    if (wanted.has('subject'))
      for (const { tags } of read.pageTags(id))
        for (let i = 0; i < tags.length / TAG_BYTES; i++) known.add(tagText(tags, i));
    if (!wanted.has('phone')) continue;
    for (const { number, sealed, tags } of read.pages(id)) {
      session.runtime.signal.throwIfAborted();
      for (const [i, text] of splitRecords(openPage(sealed, { dataset: id, number, tags }, key)).entries()) {
        const record = recordOf(text);
        for (const phone of contactKeys('', [record[mobile] ?? '', record[second] ?? '']))
          byPhone.set(ownText(phone), withTag(byPhone.get(phone), tagText(tags, i)));
      }
    }
  }
  return { byPhone, known };
}

/** One person for most numbers; several who share one. */
function withTag(known: string | readonly string[] | undefined, tag: string): string | readonly string[] {
  if (known === undefined || known === tag) return tag;
  if (typeof known === 'string') return [known, tag];
  return known.includes(tag) ? known : [...known, tag];
}
