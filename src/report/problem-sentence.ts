import { fieldOf } from '../dataset/fields.js';
import type { Lang, Sentence } from '../messages/lang.js';
import { type Problem, sentenceOf } from '../messages/problem.js';
import { punctuation } from '../messages/punctuation.js';

/** A problem as people read it, with the fields of the catalogue called by their names: a clerk knows 服务地址, not `address`. */
export function problemSentence(problem: Problem, lang: Lang): Sentence {
  if ('field' in problem) return sentenceOf({ ...problem, field: named(problem.field, lang) }, lang);
  if ('fields' in problem)
    return sentenceOf({ ...problem, fields: problem.fields.map((name) => named(name, lang)) }, lang);
  return sentenceOf(problem, lang);
}

/** With the word by which files and deals call it, where that is another. */
function named(name: string, lang: Lang): string {
  const label = fieldOf(name)?.[lang];
  const { open, close } = punctuation[lang];
  return label === undefined || label === name ? name : `${label}${open}${name}${close}`;
}
