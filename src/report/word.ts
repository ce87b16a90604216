import { utf8 } from '../base/bytes.js';
import type { Instant } from '../base/time.js';
import type { NewEntry } from '../bundle/zip-writing.js';
import { writeZip } from '../bundle/zip-writing.js';
import type { BlankMarks, Block, BlockTable, Draft, DraftLine } from '../messages/drafts/blocks.js';
import { LANGUAGE_TAG, type Lang } from '../messages/lang.js';

/*
 * A paper as a Word file (ECMA-376, WordprocessingML): the few parts that Word, WPS and LibreOffice need, with real headings, tables and a
 * page number, so that people go on writing in it. The same paper and time give the same bytes.
 */

/** The bytes of a `.docx`. @param marks what is around a blank, in the manner of the language */
export async function wordFile(
  draft: Draft,
  { created, lang, marks }: { readonly created: Instant; readonly lang: Lang; readonly marks: BlankMarks },
): Promise<Uint8Array> {
  const parts: readonly NewEntry[] = [
    part('[Content_Types].xml', CONTENT_TYPES),
    part('_rels/.rels', RELATIONS),
    part('docProps/core.xml', coreOf(draft.title, created)),
    part('word/document.xml', documentOf(draft, marks)),
    part('word/styles.xml', stylesOf(lang, draft.isPoster === true)),
    part('word/footer1.xml', FOOTER),
    part('word/_rels/document.xml.rels', DOCUMENT_RELATIONS),
  ];
  const pieces: Uint8Array[] = [];
  for await (const piece of writeZip(parts, created)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function part(name: string, body: string): NewEntry {
  return { name, content: utf8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`) };
}

const OFFICE = 'http://schemas.openxmlformats.org';
const MAIN = `xmlns:w="${OFFICE}/wordprocessingml/2006/main" xmlns:r="${OFFICE}/officeDocument/2006/relationships"`;
const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

const CONTENT_TYPES = `<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${WORD_TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${WORD_TYPE}.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="${WORD_TYPE}.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

const PACKAGE = `${OFFICE}/package/2006/relationships`;
const RELATIONS = `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${PACKAGE}/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;
const DOCUMENT_RELATIONS = `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="${OFFICE}/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>`;

function coreOf(title: string, created: Instant): string {
  return `<cp:coreProperties xmlns:cp="${OFFICE}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${created}</dcterms:created></cp:coreProperties>`;
}

const FOOTER = `<w:ftr ${MAIN}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`;

/** A4 with margins of two and a half centimetres, in twentieths of a point. */
const PAGE = { width: 11906, height: 16838, margin: 1304 };
const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;

function documentOf(draft: Draft, marks: BlankMarks): string {
  const body = [
    paragraph('Title', [draft.title], marks),
    ...draft.blocks.map((block) => blockXml(block, marks)),
  ].join('');
  const section = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="${PAGE.width}" w:h="${PAGE.height}"/><w:pgMar w:top="${PAGE.margin}" w:right="${PAGE.margin}" w:bottom="${PAGE.margin}" w:left="${PAGE.margin}" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>`;
  return `<w:document ${MAIN}><w:body>${body}${section}</w:body></w:document>`;
}

function blockXml(block: Block, marks: BlankMarks): string {
  if ('heading' in block) return paragraph('Heading1', [block.heading], marks);
  if ('text' in block) return paragraph('BodyText', block.text, marks);
  if ('items' in block)
    return block.items.map((line, i) => paragraph('List', [`${i + 1}. `, ...line], marks)).join('');
  if ('table' in block) return tableXml(block.table, marks);
  if ('note' in block) return paragraph('Note', [block.note], marks);
  return block.sign.map((who) => paragraph('Sign', [`${who}${SIGN_LINE}`], marks)).join('');
}

/** Room for a name and a date. */
const SIGN_LINE = '＿＿＿＿＿＿＿＿＿＿＿＿';

function paragraph(style: string, line: DraftLine, marks: BlankMarks): string {
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runs(line, marks)}</w:p>`;
}

function runs(line: DraftLine, marks: BlankMarks): string {
  return line
    .map((piece) =>
      typeof piece === 'string'
        ? run(piece, '')
        : run(
            `${marks.open}${piece.blank}${marks.close}`,
            '<w:rPr><w:highlight w:val="yellow"/><w:u w:val="single"/></w:rPr>',
          ),
    )
    .join('');
}

function run(text: string, properties: string): string {
  const lines = text
    .split('\n')
    .map((each) => `<w:t xml:space="preserve">${escaped(each)}</w:t>`)
    .join('<w:br/>');
  return `<w:r>${properties}${lines}</w:r>`;
}

function tableXml({ head, rows, widths, merged = 0 }: BlockTable, marks: BlankMarks): string {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const cells = widths.map((width) => Math.round((TEXT_WIDTH * width) / whole));
  const join = (line: DraftLine, column: number): string => {
    if (column >= merged) return '';
    return line.every((piece) => piece === '') ? '<w:vMerge/>' : '<w:vMerge w:val="restart"/>';
  };
  const row = (lines: readonly DraftLine[], style: string, properties: string): string =>
    `<w:tr><w:trPr><w:cantSplit/>${properties}</w:trPr>${cells
      .map(
        (width, i) =>
          `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${join(lines[i] ?? [''], i)}</w:tcPr>${paragraph(style, lines[i] ?? [''], marks)}</w:tc>`,
      )
      .join('')}</w:tr>`;
  return `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${cells
    .map((width) => `<w:gridCol w:w="${width}"/>`)
    .join('')}</w:tblGrid>${row(
    head.map((title) => [title]),
    'CellHead',
    '<w:tblHeader/>',
  )}${rows.map((lines) => row(lines, 'Cell', '')).join('')}</w:tbl>${paragraph('Gap', [''], marks)}`;
}

/** What is not allowed in XML 1.0 is left out: a name in a deal is one line of text, but nobody relies on that here. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A style of paragraphs: size in half points, space before and after in twentieths. */
interface Style {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly before?: number;
  readonly after?: number;
  readonly paragraph?: string;
  readonly run?: string;
}

const BOLD = '<w:b/>';
const STYLES: readonly Style[] = [
  { id: 'Title', name: 'Title', size: 36, after: 240, paragraph: '<w:jc w:val="center"/>', run: BOLD },
  {
    id: 'Heading1',
    name: 'heading 1',
    size: 25,
    before: 220,
    after: 80,
    paragraph: '<w:outlineLvl w:val="0"/>',
    run: BOLD,
  },
  { id: 'BodyText', name: 'Body Text', size: 22, after: 80 },
  { id: 'List', name: 'List', size: 22, after: 40, paragraph: '<w:ind w:left="420" w:hanging="420"/>' },
  { id: 'Cell', name: 'Cell', size: 20, before: 30, after: 30 },
  { id: 'CellHead', name: 'Cell Head', size: 20, before: 30, after: 30, run: BOLD },
  { id: 'Gap', name: 'Gap', size: 8 },
  { id: 'Note', name: 'Note', size: 18, before: 80, after: 80, run: '<w:color w:val="555555"/>' },
  { id: 'Sign', name: 'Sign', size: 22, before: 260, after: 0 },
  { id: 'Footer', name: 'footer', size: 18, paragraph: '<w:jc w:val="center"/>' },
];

/** Letters of a poster are so much larger. */
const POSTER = 1.8;
const ON_POSTER: readonly string[] = ['Title', 'Heading1', 'BodyText', 'List'];

function stylesOf(lang: Lang, isPoster: boolean): string {
  const fonts = `<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="宋体" w:cs="Arial"/>`;
  const styles = STYLES.map(
    ({ id, name, size, before = 0, after = 0, paragraph: more = '', run: look = '' }) => {
      const shown = isPoster && ON_POSTER.includes(id) ? Math.round(size * POSTER) : size;
      return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${
        id === 'Heading1' ? '<w:next w:val="BodyText"/>' : ''
      }<w:qFormat/><w:pPr>${id === 'Heading1' || id === 'CellHead' ? '<w:keepNext/>' : ''}<w:spacing w:before="${before}" w:after="${after}" w:line="300" w:lineRule="auto"/>${more}</w:pPr><w:rPr>${look}<w:sz w:val="${shown}"/><w:szCs w:val="${shown}"/></w:rPr></w:style>`;
    },
  ).join('');
  const border = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`)
    .join('');
  return `<w:styles ${MAIN}><w:docDefaults><w:rPrDefault><w:rPr>${fonts}<w:sz w:val="22"/><w:lang w:val="${LANGUAGE_TAG[lang]}" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>${styles}<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>${border}</w:tblBorders><w:tblCellMar><w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`;
}

/** How many places of a paper people still have to fill in. */
export function blanksIn({ blocks }: Draft): number {
  const lines = blocks.flatMap((block): readonly DraftLine[] => {
    if ('text' in block) return [block.text];
    if ('items' in block) return block.items;
    return 'table' in block ? block.table.rows.flat() : [];
  });
  return lines.flat().filter((piece) => typeof piece !== 'string').length;
}
