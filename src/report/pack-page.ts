import { type EvidenceFile, type EvidenceFileKind, type EvidenceIndex, PACK_KINDS } from '../bundle/pack.js';
import { eachLang, type Lang } from '../messages/lang.js';
import { packWords } from '../messages/screens/pack.js';
import { packPageWords } from '../messages/screens/pack-page.js';
import { type Html, html, htmlPage } from './html.js';
import { fileSize, grouped } from './numbers.js';
import { localTime } from './times.js';

const names: Readonly<Record<Lang, Readonly<Record<EvidenceFileKind, string>>>> = eachLang(
  (lang) => packWords[lang].kinds,
);
const abouts: Readonly<Record<Lang, Readonly<Record<EvidenceFileKind, string>>>> = eachLang(
  (lang) => packPageWords[lang].about,
);

/** The state of the log when a pack was made. */
export interface PackStanding {
  /** Whether the log agreed with its checkpoints. */
  readonly intact: boolean;
  readonly isSigned: boolean;
  /** Manifests whose signature is nowhere any more. */
  readonly unsigned: readonly { readonly deal: string; readonly number: number }[];
}

/**
 * index.html of an evidence pack: what each file is, in what state the log was, and how to check it. For whoever unpacks it first.
 *
 * @param index of every other file; the page is not in it, because no page holds its own digest
 */
export function packPage(
  index: Pick<EvidenceIndex, 'made' | 'party' | 'deal' | 'log' | 'files'>,
  standing: PackStanding,
  lang: Lang,
): string {
  const words = packPageWords[lang];
  const { made, party, deal, log, files } = index;
  const fact = (label: string, texts: readonly string[]): Html =>
    html`<tr><th scope="row">${label}</th><td>${texts.map((text) => html`<div>${text}</div>`)}</td></tr>`;
  const body = html`
<h1>${words.title}</h1>
<p>${words.lead}</p>
<table>${fact(words.whose, [`${party.name} · ${words.roles[party.role]}`])}
${fact(words.made, [localTime(made)])}
${fact(words.deal, [deal?.id ?? packWords[lang].allDeals])}
${fact(words.log, [
  standing.intact ? words.logGood(grouped(log.size)) : words.logBad,
  words.covered(grouped(log.covered)),
  ...(log.first === 0 ? [] : [words.pruned(grouped(log.first))]),
])}
${fact(words.index, [standing.isSigned ? words.indexSigned : words.indexUnsigned])}</table>
${standing.unsigned.map(({ deal: id, number }) => html`<p class="warn">${packWords[lang].missing(id, number)}</p>`)}
<h2>${words.check}</h2>
<p>${words.withProgram}</p>
<p><code>handover audit verify --pack ${packWords[lang].name}.zip --card ${words.card}</code></p>
<p><a href="README.txt">${words.byHand}</a></p>
<p class="soft">${words.listed}</p>
<h2>${words.files}</h2>
${PACK_KINDS.map((kind) => kindPart(kind, files, lang))}`;
  return htmlPage({ lang, title: `${words.title} · ${party.name}`, body });
}

function kindPart(kind: EvidenceFileKind, all: readonly EvidenceFile[], lang: Lang): Html | null {
  const words = packPageWords[lang];
  const files = kind === 'signature' ? [] : all.filter((file) => file.kind === kind);
  if (files.length === 0) return null;
  return html`<h3>${names[lang][kind]}</h3><p class="soft">${abouts[lang][kind]}</p>
<table><thead><tr><th scope="col">${words.file}</th><th scope="col">${words.standing}</th><th scope="col" class="n">${words.size}</th></tr></thead><tbody>${files.map(
    ({ path, bytes, event }) =>
      html`<tr><th scope="row"><a href="${path}">${path}</a></th><td>${signatures(path, kind, all, lang)}${!SIGNED.has(kind) && event === null ? html`<div>${words.inIndex}</div>` : null}${event === null ? null : html`<div>${words.inLog(grouped(event))}</div>`}</td><td class="n">${fileSize(bytes)}</td></tr>`,
  )}</tbody></table>`;
}

/** Kinds of which each document has to have its signature beside it. */
const SIGNED: ReadonlySet<EvidenceFileKind> = new Set([
  'own-card',
  'card',
  'deal',
  'manifest',
  'approval',
  'receipt',
  'notice',
  'completion',
  'certificate',
]);

/** The signatures of a document, which are told of with it. */
function signatures(
  path: string,
  kind: EvidenceFileKind,
  all: readonly EvidenceFile[],
  lang: Lang,
): readonly Html[] {
  const words = packPageWords[lang];
  const beside = all.filter((file) => file.kind === 'signature' && file.path.startsWith(`${path}.`));
  if (beside.length === 0) return SIGNED.has(kind) ? [html`<div class="warn">${words.unsigned}</div>`] : [];
  return beside.map(
    (file) => html`<div><a href="${file.path}">${words.signed} ${file.path.slice(path.length)}</a></div>`,
  );
}
