import type { Json } from '../../base/json.js';
import { fieldOf } from '../../dataset/fields.js';
import type { ColumnPreview } from '../../dataset/preview.js';
import { evidenceText } from '../../messages/evidence.js';
import type { Lang } from '../../messages/lang.js';
import { punctuation } from '../../messages/punctuation.js';
import { findingGist } from '../../messages/screens/findings.js';
import { importWords } from '../../messages/screens/import.js';
import { previewWords } from '../../messages/screens/preview.js';
import type { ScopeRow } from '../../policy/scope.js';
import { type Html, html, htmlPage } from '../../report/html.js';
import { columnLabel, valueLabel } from '../../report/labels.js';
import { grouped, percent } from '../../report/numbers.js';
import type { Fact, Screen } from '../../report/screen.js';
import { kindOfColumn } from '../../dataset/consent-columns.js';
import type { FilePreview } from '../../steps/import/preview.js';
import { reasonsList } from './accounting.js';
import { mendableFact } from './imported.js';

/** What becomes of a column: under a deal if there is one, else what the catalogue of fields allows. */
type Leaving = 'keep' | 'changed' | 'stays' | 'default' | 'justified' | 'never' | 'unknown';

function leavingOf({ field }: ColumnPreview, scope: readonly ScopeRow[] | null): Leaving {
  if (field === null) return 'unknown';
  const row = scope?.find((each) => each.field === field);
  if (row !== undefined) return row.leaves ? (row.action === 'keep' ? 'keep' : 'changed') : 'stays';
  return scope === null ? (fieldOf(field)?.leaves ?? 'stays') : 'stays';
}

/** The lines that the page and the screen have in common. */
class PreviewTexts {
  readonly #preview: FilePreview;
  readonly #lang: Lang;

  constructor(preview: FilePreview, lang: Lang) {
    this.#preview = preview;
    this.#lang = lang;
  }

  file(): readonly string[] {
    const words = importWords[this.#lang];
    const { sheet, file, opening, headerCells } = this.#preview;
    if (sheet !== null) return [words.sheetText[sheet.form](file, sheet.name), words.sheetShape(headerCells)];
    const why = opening.evidence.map((each) => evidenceText(each, this.#lang)).join(words.comma);
    return [
      words.fileText(file, opening.encoding, opening.bom > 0, why),
      words.shape(words.delimiters[opening.delimiter], headerCells),
    ];
  }

  widths(): string {
    const words = previewWords[this.#lang];
    const { widths, headerCells } = this.#preview;
    return [
      words.widthHeader(grouped(headerCells)),
      ...widths.slice(0, 4).map(({ cells, rows }) => words.widthText(grouped(cells), grouped(rows))),
    ].join(punctuation[this.#lang].list);
  }

  balance(): string {
    const { rows, records, rejected, blank } = this.#preview.counts;
    const of = [rows, records, rejected, blank].map((count) => grouped(count));
    const holds = rows === records + rejected + blank;
    return importWords[this.#lang].balance(of[0] ?? '', of[1] ?? '', of[2] ?? '', of[3] ?? '', holds);
  }

  field({ field }: ColumnPreview): string {
    return field === null
      ? previewWords[this.#lang].noField
      : columnLabel(this.#preview.kind, field, this.#lang);
  }

  distinct({ distinct }: ColumnPreview): string {
    const count = grouped(distinct.count);
    return distinct.isExact ? count : previewWords[this.#lang].about(count);
  }

  shapes({ shapes, filled }: ColumnPreview): string {
    const words = previewWords[this.#lang];
    return shapes.map(({ shape, cells }) => words.shape(shape, percent(cells, filled))).join('  ');
  }

  damage({ damage }: ColumnPreview): string {
    const words = previewWords[this.#lang];
    return damage
      .map(({ code, cells }) => words.damageOf(findingGist(code, this.#lang), grouped(cells)))
      .join(' · ');
  }

  samples({ samples, field }: ColumnPreview): string {
    const kind = field === null ? 'text' : kindOfColumn(this.#preview.kind, field);
    return samples.map((sample) => valueLabel(kind, sample, this.#lang)).join('  ');
  }

  class({ field }: ColumnPreview): string {
    const definition = field === null ? undefined : fieldOf(field);
    return definition === undefined ? '' : previewWords[this.#lang].classes[definition.class];
  }

  alike(): readonly string[] {
    const words = previewWords[this.#lang];
    return this.#preview.likenesses.flatMap(({ by, groups, records, lines }) => [
      words.alike[by](grouped(groups), grouped(records)),
      ...lines.slice(0, 3).map((group) => words.alikeLines(group.map((line) => grouped(line)).join(' '))),
    ]);
  }

  missing(): string | null {
    const { missing, kind } = this.#preview;
    if (missing.length === 0) return null;
    const labels = missing.map((field) => `“${columnLabel(kind, field, this.#lang)}”`);
    return previewWords[this.#lang].missing(labels.join(punctuation[this.#lang].list));
  }
}

/** Draws what is in the file, column by column. */
export function drawPreview(
  screen: Screen,
  preview: FilePreview,
  scope: readonly ScopeRow[] | null,
  lang: Lang,
): void {
  const words = previewWords[lang];
  const texts = new PreviewTexts(preview, lang);
  const [first = '', ...more] = texts.file();
  const alike = texts.alike();
  screen.facts([
    [preview.kind === 'consents' ? importWords[lang].ledger : importWords[lang].file, first, ...more],
    [words.width, texts.widths()],
    [importWords[lang].result, texts.balance()],
    ...(preview.counts.rejected === 0
      ? []
      : [[importWords[lang].rejects, reasonsList(preview.rejectedBy, lang)] as const]),
    ...mendableFact(preview.mendable, lang),
    ...(preview.kind === 'consents'
      ? []
      : [[words.alikeTitle, ...(alike.length === 0 ? [words.alikeNone] : alike)] as const]),
  ]);
  const missing = texts.missing();
  if (missing !== null) screen.gap().warn(missing);
  const titles = words.columnTitles;
  screen.gap().table(
    [
      { title: titles.number, right: true },
      { title: titles.header },
      { title: titles.field },
      { title: titles.filled, right: true },
      { title: titles.distinct, right: true },
      { title: titles.leaving },
    ],
    preview.columns.map((column) => [
      `${column.column}`,
      column.shown,
      texts.field(column),
      grouped(column.filled),
      texts.distinct(column),
      words.leaving[leavingOf(column, scope)],
    ]),
  );
  screen.gap();
  for (const column of preview.columns) {
    if (column.filled === 0) continue;
    const said: Fact[] = [
      [`${column.column}  ${column.shown}`, texts.samples(column)],
      [words.shapes, texts.shapes(column)],
      ...(column.damage.length === 0 ? [] : [[words.damage, texts.damage(column)] as const]),
    ];
    screen.facts(said);
  }
  screen.gap().under(words.shapeKey);
}

/** The same as a page. */
export function previewHtml(preview: FilePreview, scope: readonly ScopeRow[] | null, lang: Lang): string {
  const words = previewWords[lang];
  const texts = new PreviewTexts(preview, lang);
  const titles = words.columnTitles;
  const row = (label: string, lines: readonly string[]): Html =>
    html`<tr><th scope="row">${label}</th><td>${lines.map((line) => html`<div>${line}</div>`)}</td></tr>`;
  const missing = texts.missing();
  const alike = texts.alike();
  const body = html`
<h1>${words.title(preview.file)}</h1>
<p class="soft">${words.nothingStored} ${words.maskedOnly}</p>
${missing === null ? null : html`<p class="bad"><strong>${missing}</strong></p>`}
<table>
${row(preview.kind === 'consents' ? importWords[lang].ledger : importWords[lang].file, texts.file())}
${row(words.width, [texts.widths()])}
${row(words.rows, [texts.balance()])}
${mendableFact(preview.mendable, lang).map(([label, ...lines]) => row(label, lines.map(String)))}
${preview.kind === 'consents' ? null : row(words.alikeTitle, alike.length === 0 ? [words.alikeNone] : alike)}
</table>
<table><thead><tr><th scope="col" class="n">${titles.number}</th><th scope="col">${titles.header}</th><th scope="col">${titles.field}</th><th scope="col">${words.classOf}</th><th scope="col" class="n">${titles.filled}</th><th scope="col" class="n">${titles.distinct}</th><th scope="col">${titles.leaving}</th><th scope="col">${words.samples}</th><th scope="col">${words.shapes}</th><th scope="col">${words.damage}</th></tr></thead><tbody>
${preview.columns.map(
  (column) =>
    html`<tr><td class="n">${column.column}</td><td>${column.shown}</td><td>${texts.field(column)}</td><td>${texts.class(column)}</td><td class="n">${grouped(column.filled)}</td><td class="n">${texts.distinct(column)}</td><td>${words.leaving[leavingOf(column, scope)]}</td><td>${column.samples.map((_, i) => html`<div>${texts.samples({ ...column, samples: column.samples.slice(i, i + 1) })}</div>`)}</td><td>${texts.shapes(column)}</td><td>${texts.damage(column)}</td></tr>`,
)}
</tbody></table>
<p class="soft">${words.shapeKey}</p>`;
  return htmlPage({ lang, title: words.title(preview.file), body });
}

/** What a file would become, as the documents of --json have it. @param scope of a deal, if one was named */
export function previewJson(preview: FilePreview, scope: readonly ScopeRow[] | null): Json {
  const { opening, counts, sheet } = preview;
  const evidence: Json = JSON.parse(JSON.stringify(opening.evidence));
  return {
    kind: preview.kind,
    file: preview.file,
    bytes: preview.bytes,
    encoding: { name: opening.encoding, bom: opening.bom > 0, evidence },
    delimiter: opening.delimiter,
    sheet: sheet === null ? null : { form: sheet.form, name: sheet.name, others: [...sheet.others] },
    width: {
      header: preview.headerCells,
      expected: opening.width,
      rows: preview.widths.map((each) => ({ ...each })),
    },
    counts: { ...counts, rejected_by: { ...preview.rejectedBy } },
    missing: [...preview.missing],
    mapping: { ...preview.mapping },
    mendable: { ...preview.mendable },
    notes: [...new Set(preview.notes)],
    columns: preview.columns.map((column) => ({
      column: column.column,
      header: column.shown,
      field: column.field,
      filled: column.filled,
      distinct: { count: column.distinct.count, exact: column.distinct.isExact },
      shapes: column.shapes.map((each) => ({ ...each })),
      damage: column.damage.map((each) => ({ ...each })),
      samples: [...column.samples],
      class: (column.field === null ? undefined : fieldOf(column.field))?.class ?? null,
      leaving: leavingOf(column, scope),
    })),
    alike: preview.likenesses.map(({ by, groups, records, lines }) => ({
      by,
      groups,
      records,
      lines: lines.map((group) => [...group]),
    })),
  };
}
