import { SENDING_FORMAT, type Sending, sendingName } from '../bundle/sending.js';
import type { Lang } from '../messages/lang.js';
import { sendingWords } from '../messages/screens/sending.js';
import { html, htmlPage } from './html.js';
import { grouped } from './numbers.js';

/** Who sends, for the words around a document. */
export interface SendingSetting {
  readonly lang: Lang;
  /** Name on the sender's card. */
  readonly from: string;
  /** minisign public key text of the sender. */
  readonly publicKey: string;
}

/**
 * One file for a document and its signatures: a page that a double click explains. The links by which a browser saves the files are the
 * payload itself (bundle/sending.ts), so there is one copy of the bytes, and what stock tools check is what the program reads.
 */
export function sendingPage(sending: Sending, { lang, from, publicKey }: SendingSetting): string {
  const words = sendingWords[lang];
  const { kind, document, beside } = sending;
  const files = [document, ...beside].map(
    ({ name, bytes }) =>
      html`
<a class="file" download="${name}" href="data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}">${name}</a>
<span class="soft"> ${words.bytes(grouped(bytes.length))}</span><br>`,
  );
  const signatures = beside.filter(
    ({ name }) => name.endsWith('.minisig') && !name.endsWith('.former.minisig'),
  );
  const title = words.titles[kind](from);
  const body = html`
<h1>${title}</h1>
<p>${words.about[kind]}</p>
<h2>${words.doThis}</h2>
<p>${words.receive}</p>
<p><code>handover receive ${sendingName(document.name)}</code></p>
<p class="soft">${words.nameMayChange}</p>
${kind === 'card' ? html`<p>${words.cardCall}</p>` : null}
<div class="card"><p>${words.unproved}</p></div>
<h2>${words.inside}</h2>
<p>${words.insideHow}</p>
${files}
${signatures.map(
  ({ name }) =>
    html`<p><code>minisign -Vm ${document.name} -x ${name} -P ${kind === 'card' ? publicKey : 'RW…'}</code></p>`,
)}
<p class="soft">${kind === 'card' ? words.ownKey : words.key}</p>
<p class="soft"><code>${SENDING_FORMAT}</code></p>`;
  const marked = `<!-- ${SENDING_FORMAT} ${kind} -->`;
  return htmlPage({ lang, title, body }).replace('\n<body>', `\n${marked}\n<body>`);
}
