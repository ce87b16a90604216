import type { Letter, LetterLine } from '../incident/letter.js';
import type { BlankMarks } from '../messages/drafts/blocks.js';
import type { Lang } from '../messages/lang.js';
import { type Html, html, htmlPage } from './html.js';

/** A letter as a page to print: its blanks are marked on paper too. */
export function letterHtml(letter: Letter, lang: Lang, marks: BlankMarks): string {
  const line = (pieces: LetterLine): Html =>
    html`${pieces.map((piece) =>
      typeof piece === 'string' ? piece : html`<mark>${`${marks.open}${piece.blank}${marks.close}`}</mark>`,
    )}`;
  const paragraph = (pieces: LetterLine): Html => html`<p>${line(pieces)}</p>`;
  return htmlPage({
    lang,
    title: letter.title,
    style: STYLE,
    body: html`<h1>${letter.title}</h1><p class="card soft">${letter.draft}</p><p>${line(letter.salutation)}</p><div class="text">${paragraph(letter.opening)}</div>${letter.parts.map(
      (part) => html`<h2>${part.heading}</h2><div class="text">${part.lines.map(paragraph)}</div>`,
    )}<div class="text">${paragraph(letter.closing)}</div><div class="signature">${letter.signature.map(paragraph)}</div>`,
  });
}

/** A letter has no lines between its parts, indents its paragraphs by two characters, and is signed at the right. */
const STYLE = `
body{max-width:44rem}h1{text-align:center;margin:1rem 0 1.5rem}h2{border:0;margin:1.2rem 0 .4rem;padding:0}
.text p{text-indent:2em}.signature{text-align:right;margin-top:2.5rem}
mark{background:#fff3c4;color:inherit;padding:0 .15em;border-bottom:1px solid var(--warn)}
`;
