import { CONSENT_COLUMNS } from '../dataset/consent-columns.js';
import { fieldOf } from '../dataset/fields.js';
import type { Lang, Sentence } from '../messages/lang.js';
import { type Problem, sentenceOf } from '../messages/problem.js';
import { punctuation } from '../messages/punctuation.js';

/**
 * A problem as people read it, with the fields of the catalogue and the columns of a consent ledger called by their names: a clerk knows
 * 服务地址, not `address`.
 */
export function problemSentence(problem: Problem, lang: Lang): Sentence {
  const name = (field: string): string => named(field, lang);
  if (problem.code === 'DEAL_TABLE_FIELD')
    return sentenceOf({ ...problem, field: name(problem.field), known: problem.known.map(name) }, lang);
  if ('field' in problem) return sentenceOf({ ...problem, field: name(problem.field) }, lang);
  if ('fields' in problem) return sentenceOf({ ...problem, fields: problem.fields.map(name) }, lang);
  return sentenceOf(problem, lang);
}

/** With the word by which files and deals call it, where that is another. */
function named(name: string, lang: Lang): string {
  const column = fieldOf(name) ?? CONSENT_COLUMNS.find((each) => each.name === name);
  const label = column?.[lang];
  const { open, close } = punctuation[lang];
  return label === undefined || label === name ? name : `${label}${open}${name}${close}`;
}
