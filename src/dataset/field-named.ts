import { LANGS } from '../messages/lang.js';
import { FIELDS, type FieldName } from './fields.js';
import { normaliseHeader } from './header.js';

/** Made when it is first asked for: few commands look a field up by what people call it. */
let known: ReadonlyMap<string, FieldName> | null = null;

/** The field of which a person speaks: by its own name, its Chinese or English name, or another header that it is known under. */
export function fieldNamed(text: string): FieldName | undefined {
  known ??= new Map([
    ...FIELDS.flatMap(({ name, synonyms }) => synonyms.map((word) => [normaliseHeader(word), name] as const)),
    ...FIELDS.flatMap(({ name, ...words }) =>
      [name, ...LANGS.map((lang) => words[lang])].map((word) => [normaliseHeader(word), name] as const),
    ),
  ]);
  return known.get(normaliseHeader(text));
}
