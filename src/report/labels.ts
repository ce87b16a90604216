import { readInstant } from '../base/time.js';
import { yuanOf } from '../dataset/amounts.js';
import { fieldOf } from '../dataset/fields.js';
import type { ValueKind } from '../dataset/kinds.js';
import { CONSENT_COLUMNS, type TableKind } from '../dataset/consent-columns.js';
import type { ImportedConsentMethod, ImportedConsentState } from '../dataset/words.js';
import { FINDING_SEVERITY, type FindingCode } from '../messages/findings.js';
import type { Lang } from '../messages/lang.js';
import { type ReasonCode, reasonWords } from '../messages/reasons.js';
import { findingGist } from '../messages/screens/findings.js';
import { valueWords } from '../messages/values.js';
import { localTime } from './times.js';

/** A reason of the check or a finding of the import, in a few words. A code that is not known here is shown as it is. */
export function reasonLabel(code: string, lang: Lang): string {
  if (isReason(code, lang)) return reasonWords[lang][code].short;
  if (isFinding(code)) return findingGist(code, lang);
  return code;
}

/** A field as people call it. */
export function fieldLabel(name: string, lang: Lang): string {
  return fieldOf(name)?.[lang] ?? name;
}

/** A column as people call it, of a customer file or of a consent ledger. */
export function columnLabel(table: TableKind, name: string, lang: Lang): string {
  const column = CONSENT_COLUMNS.find((each) => each.name === name);
  return table === 'consents' && column !== undefined ? column[lang] : fieldLabel(name, lang);
}

interface ValueWords {
  readonly answers: Readonly<Record<'yes' | 'no', string>>;
  readonly genders: Readonly<Record<'male' | 'female', string>>;
  readonly consents: Readonly<Record<ImportedConsentState, string>>;
  readonly methods: Readonly<Record<ImportedConsentMethod, string>>;
}
const VALUES: Readonly<Record<Lang, ValueWords>> = valueWords;

/** A value as people say it: what is in a store, or in a bundle, is the program's own spelling of answers and consents. */
export function valueLabel(kind: ValueKind, value: string, lang: Lang): string {
  const { answers, genders, consents, methods } = VALUES[lang];
  switch (kind) {
    case 'yes-no':
    case 'opt-out':
      return wordFor(answers, value);
    case 'gender':
      return wordFor(genders, value);
    case 'consent-status':
      return wordFor(consents, value);
    case 'consent-method':
      return wordFor(methods, value);
    case 'money':
      return yuanOf(value);
    case 'datetime':
    case 'no-time': {
      const instant = readInstant(value);
      return instant === null ? value : localTime(instant);
    }
    default:
      return value;
  }
}

/** The word for a key, or the key where there is none: documents of later versions may have others. */
export function wordFor(words: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(words, key) ? (words[key] ?? key) : key;
}

function isReason(code: string, lang: Lang): code is ReasonCode {
  return Object.hasOwn(reasonWords[lang], code);
}

function isFinding(code: string): code is FindingCode {
  return Object.hasOwn(FINDING_SEVERITY, code);
}
