import { ownText } from '../../base/bytes.js';
import { subjectOf, TAG_BYTES, tagger, tagText } from '../../base/tagger.js';
import { codesFor, readCode } from '../../campaign/codes.js';
import type { SecretKey, Sha256 } from '../../base/crypto.js';
import { contactKeys, contactSubject } from '../../dataset/contact.js';
import { recordOf, splitRecords } from '../../dataset/page.js';
import { openPage } from '../../store/sealed-pages.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { customerList } from '../session/list.js';
import type { Session } from '../session/session.js';
import { numbersLeft } from '../session/numbers-left.js';
import type { AskedBook } from './book.js';
import { TagReasons } from '../../policy/tag-reasons.js';
import { knownPersons } from '../check/unmatched.js';

/**
 * Whom a row of answers is from: nobody who is known, or several who share a number; a code with a slip of the pen is its own matter. Of one, the
 * customer number where the row or a record that is left names it; '' where only the customer list does.
 */
export type Whose =
  | { readonly kind: 'one'; readonly tag: string; readonly byCode: Sha256 | null; readonly number: string }
  | { readonly kind: 'several'; readonly tags: readonly string[] }
  | { readonly kind: 'none'; readonly why: 'nobody' | 'wrong-code' };

/** How a row names its person. */
export interface Naming {
  readonly code: string;
  readonly subject: string;
  readonly phone: string;
}

type Coded = ReadonlyMap<string, { readonly tag: string; readonly text: Sha256 }>;

type ByPhone = ReadonlyMap<string, string | readonly string[]>;

/** What persons are found by. */
interface Found {
  readonly byCode: Coded;
  readonly byPhone: ByPhone;
  /** Who is a customer, or was one. */
  readonly known: TagReasons;
  readonly gone: Gone;
}

/**
 * Finds persons by answer code, customer number or mobile number: who is on the list, and who was, because a no of somebody whose record is gone
 * has to reach whoever got it. Built for one import.
 */
export class People {
  readonly #found: Found;
  readonly #tagOf: (subjects: readonly string[]) => Uint8Array;

  private constructor(found: Found, tagOf: (subjects: readonly string[]) => Uint8Array) {
    this.#found = found;
    this.#tagOf = tagOf;
  }

  /** @param columns those that the file names its persons by: only these are looked for */
  static async of(session: Session, book: AskedBook, columns: ReadonlySet<string>): Promise<People> {
    const key = await session.keyFor('subject-tags');
    const found: Found = {
      byCode: columns.has('code') ? codesIn(book, key) : new Map<string, never>(),
      byPhone: columns.has('phone') ? await phones(session) : new Map<string, never>(),
      known: columns.has('subject') ? knownPersons(session) : new TagReasons(),
      gone: columns.has('code') ? await goneOf(session, book) : NOBODY_GONE,
    };
    return new People(found, tagger(key));
  }

  find({ code, subject, phone }: Naming): Whose {
    const { byCode, byPhone, known, gone } = this.#found;
    const read = code === '' ? null : readCode(code);
    if (read === 'wrong') return { kind: 'none', why: 'wrong-code' };
    const coded = read === null ? undefined : byCode.get(read.code);
    if (coded !== undefined && !gone.unnamed.has(coded.tag))
      return { kind: 'one', tag: coded.tag, byCode: coded.text, number: gone.numbers.get(coded.tag) ?? '' };
    if (subject !== '') {
      const number = subjectOf(subject);
      const tag = this.#tagOf([number]);
      if (known.of(tag, 0) !== 0) return { kind: 'one', tag: tagText(tag), byCode: null, number };
    }
    const tags = byPhone.get(contactSubject('', phone));
    if (tags === undefined) return { kind: 'none', why: 'nobody' };
    return typeof tags === 'string'
      ? { kind: 'one', tag: tags, byCode: null, number: '' }
      : { kind: 'several', tags };
  }
}

/** Of those who were asked and whose record is gone. */
interface Gone {
  /** By tag, the number where something that is left names it. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Who went to a buyer and whom nothing names: no notice could name them either, so that a person has to look. */
  readonly unnamed: ReadonlySet<string>;
}

const NOBODY_GONE: Gone = { numbers: new Map(), unnamed: new Set() };

async function goneOf(session: Session, book: AskedBook): Promise<Gone> {
  const { read } = session.workspace;
  const here = new TagReasons();
  for (const { id, kind, content, state } of read.datasets())
    if (kind === 'customers' && content === 'cells' && state === 'kept')
      for (const { tags } of read.pageTags(id)) here.add(tags, 1);
  const gone = new TagReasons();
  for (const [tag] of book.persons) {
    const bytes = Buffer.from(tag, 'latin1');
    if (here.of(bytes, 0) === 0) gone.add(bytes, 1);
  }
  if (gone.size === 0) return NOBODY_GONE;
  const numbers = await numbersLeft(session, gone);
  const unnamed = new Set<string>();
  for (const { id } of read.bundles())
    for (const { tags } of read.handedOver(id))
      for (let i = 0; i < tags.length / TAG_BYTES; i++)
        if (gone.of(tags, i * TAG_BYTES) !== 0 && !numbers.has(tagText(tags, i)))
          unnamed.add(tagText(tags, i));
  return { numbers, unnamed };
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

/** Whose a mobile number is: by the customer list as it is today, and by former files where it knows nobody of that number. */
async function phones(session: Session): Promise<ByPhone> {
  const { read } = session.workspace;
  const list = customerList(read);
  const inList = new Set(list.map(({ id }) => id));
  const former = read
    .datasets()
    .filter(
      ({ id, kind, content, state }) =>
        kind === 'customers' && content === 'cells' && state === 'kept' && !inList.has(id),
    );
  const byPhone = new Map<string, string | readonly string[]>();
  await addPhones(session, list, byPhone);
  if (former.length === 0) return byPhone;
  const before = new Map<string, string | readonly string[]>();
  await addPhones(session, former, before);
  for (const [phone, tags] of before) if (!byPhone.has(phone)) byPhone.set(phone, tags);
  return byPhone;
}

async function addPhones(
  session: Session,
  files: readonly Dataset[],
  byPhone: Map<string, string | readonly string[]>,
): Promise<void> {
  const { vault } = await session.keys();
  const { read } = session.workspace;
  for (const { id, keyId, columns } of files) {
    const [mobile = -1, second = -1] = ['mobile', 'mobile_2'].map((name) => columns.indexOf(name));
    const key = vault.get(keyId);
    for (const { number, sealed, tags } of read.pages(id)) {
      session.runtime.signal.throwIfAborted();
      for (const [i, text] of splitRecords(openPage(sealed, { dataset: id, number, tags }, key)).entries()) {
        const record = recordOf(text);
        for (const phone of contactKeys('', [record[mobile] ?? '', record[second] ?? '']))
          byPhone.set(ownText(phone), withTag(byPhone.get(phone), tagText(tags, i)));
      }
    }
  }
}

/** One person for most numbers; several who share one. */
function withTag(known: string | readonly string[] | undefined, tag: string): string | readonly string[] {
  if (known === undefined || known === tag) return tag;
  if (typeof known === 'string') return [known, tag];
  return known.includes(tag) ? known : [...known, tag];
}
