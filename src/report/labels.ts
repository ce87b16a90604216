import { fieldOf } from '../dataset/fields.js';
import { FINDING_SEVERITY, type FindingCode } from '../messages/findings.js';
import type { Lang } from '../messages/lang.js';
import { type ReasonCode, reasonWords } from '../messages/reasons.js';
import { findingGist } from '../messages/screens/findings.js';

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
