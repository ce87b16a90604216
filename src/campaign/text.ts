import { z } from 'zod';
import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson, type Json, readJson } from '../base/json.js';
import { howToRead } from '../base/shape.js';
import type { Terms } from '../deal/terms.js';
import { MATTERS, TEXT_KINDS, type TextForms, type TextKind } from '../messages/campaign-text.js';
import { textsEn } from '../messages/campaign-text-en.js';
import { textsZh } from '../messages/campaign-text-zh.js';
import { fail } from '../messages/error.js';
import { eachLang, type Lang, LANGS } from '../messages/lang.js';
import { textFacts, type TextCards } from './facts.js';

/** The format of the texts of a campaign (docs/formats.md, "Text to customers"). */
export const TEXT_FORMAT = 'handover.text/1';

/** What customers are shown, in every form and language, as one document whose digest the deal, each consent and each bundle name. */
export interface CampaignText {
  readonly kind: TextKind;
  readonly deal: string;
  readonly forms: Readonly<Record<Lang, TextForms>>;
  /** Canonical JSON. */
  readonly bytes: Uint8Array;
  readonly digest: Sha256;
}

/** The text that follows from a deal and the cards of its parties. The same terms and cards give the same bytes. */
export function draftText(terms: Terms, cards: TextCards, kind: TextKind): CampaignText {
  const write = { zh: textsZh, en: textsEn } as const;
  const forms = eachLang((lang) => write[lang](textFacts(terms, cards, kind, lang)));
  return textOf(kind, terms.id, forms);
}

function textOf(kind: TextKind, deal: string, forms: Readonly<Record<Lang, TextForms>>): CampaignText {
  const plain: Json = JSON.parse(JSON.stringify({ format: TEXT_FORMAT, kind, deal, forms }));
  const bytes = utf8(canonicalJson(plain));
  return { kind, deal, forms, bytes, digest: sha256(bytes) };
}

const text = z.string().max(4000);
const texts = z.array(text).max(60);
const choice = z.strictObject({ digit: z.string().regex(/^[1-9]$/), label: text });
const formsSchema = z.strictObject({
  title: text,
  letter: z.strictObject({
    salutation: text,
    opening: text,
    parts: z.array(z.strictObject({ heading: text, lines: texts })).max(40),
    signature: text,
  }),
  sms: z.strictObject({ whole: text, withContract: text.nullable(), short: text }),
  wechat: text,
  call: texts,
  slip: z.strictObject({ title: text, intro: text, code: text, sign: text, guardian: text }),
  questions: z.array(z.strictObject({ matter: z.enum(MATTERS), text, yes: choice, no: choice })).max(2),
});

const textSchema = z.strictObject({
  format: z.literal(TEXT_FORMAT),
  kind: z.enum(TEXT_KINDS),
  deal: z.string().max(64),
  forms: z.strictObject({ zh: formsSchema, en: formsSchema }),
});

/** A text is some pages; more is another file. In bytes. */
const TEXT_LIMIT = 1024 * 1024;

/** Reads a text as it was kept, or as a person changed it: a changed text has another digest. @throws HandoverError FORMAT_SHAPE, JSON_… */
export function readText(bytes: Uint8Array, document: string): CampaignText {
  const read = textSchema.safeParse(readJson(bytes, { document, limit: TEXT_LIMIT }), howToRead());
  if (!read.success) {
    const path = read.error.issues[0]?.path.join('.') ?? '.';
    return fail({ code: 'FORMAT_SHAPE', document, path });
  }
  const { kind, deal, forms } = read.data;
  return textOf(kind, deal, forms);
}

/** The languages of a text. */
export const TEXT_LANGS: readonly Lang[] = LANGS;
