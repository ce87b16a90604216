import { fail } from '../../messages/error.js';
import { RowGrid, type TableVisitor } from './table-rows.js';

/*
 * The tables of a web page, which many systems write and call a workbook. Only the text of their cells is read: nothing is run, drawn or
 * fetched, and what is in styles, scripts and comments is passed over.
 */

/** A tag is not longer, unless the page is made to harm. */
const MAX_TAG = 1 << 20;
/** Nor are tables nested deeper. */
const MAX_DEPTH = 32;
/** As browsers count them. */
const MAX_SPAN = 1000;

/** Parts whose inside is no text, with what ends them. */
const PASSED_OVER: Readonly<Record<string, string>> = {
  style: '</style',
  script: '</script',
  title: '</title',
};

/** A line break within a cell, until its white space is settled. */
const BREAK = '\0';
/** What begins a new line in a cell. */
const LINES: ReadonlySet<string> = new Set(['br', 'p', 'div', 'li']);

interface OpenTable {
  readonly number: number;
  readonly grid: RowGrid;
  inRow: boolean;
  inCell: boolean;
  text: string;
  right: number;
  down: number;
}

/** Reads a page piece by piece. */
export class HtmlTables {
  readonly #visitor: TableVisitor;
  readonly #open: OpenTable[] = [];
  #count = 0;
  /** What was not understood yet: it may go on in the next piece. */
  #rest = '';
  /** What ends the part that is passed over. */
  #until: string | null = null;

  constructor(visitor: TableVisitor) {
    this.#visitor = visitor;
  }

  /** @throws HandoverError WORKBOOK_DAMAGED */
  write(piece: string): void {
    this.#rest += piece;
    let at = 0;
    while (at < this.#rest.length) {
      const next = this.#until === null ? this.#step(at) : this.#pass(at, this.#until);
      if (next === at) break;
      at = next;
    }
    this.#rest = this.#rest.slice(at);
    if (this.#rest.length > MAX_TAG) fail({ code: 'WORKBOOK_DAMAGED' });
  }

  /** Anything after the last whole tag belongs to no table. */
  end(): void {
    while (this.#open.length > 0) this.#closeTable();
  }

  /** Takes the text up to the next tag, or the tag; the same place where that is not whole. */
  #step(at: number): number {
    const start = this.#rest.indexOf('<', at);
    if (start !== at) {
      const end = start === -1 ? this.#rest.length : start;
      this.#addText(this.#rest.slice(at, end));
      return end;
    }
    if (this.#rest.startsWith('<!--', at)) {
      this.#until = '-->';
      return at + 4;
    }
    if (this.#rest.length < at + 4) return at;
    if (!/[a-zA-Z/!?]/.test(this.#rest[at + 1] ?? '')) {
      this.#addText('<');
      return at + 1;
    }
    const end = tagEnd(this.#rest, at);
    if (end === -1) return at;
    this.#tag(this.#rest.slice(at + 1, end));
    return end + 1;
  }

  /** Goes on behind the end of what is passed over. */
  #pass(at: number, until: string): number {
    const rest = this.#rest.slice(at);
    const end = rest.toLowerCase().indexOf(until);
    if (end === -1) return at + Math.max(0, rest.length - until.length);
    this.#until = null;
    // The tag that ends a part is read as one.
    return at + end + (until === '-->' ? until.length : 0);
  }

  #addText(text: string): void {
    const table = this.#open.at(-1);
    if (table?.inCell === true) table.text += text.replaceAll(BREAK, '\ufffd');
  }

  #tag(tag: string): void {
    const isEnd = tag.startsWith('/');
    const name = /^\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(tag)?.[1]?.toLowerCase() ?? '';
    if (name === 'table') {
      if (isEnd) this.#closeTable();
      else this.#openTable();
      return;
    }
    const table = this.#open.at(-1);
    if (name === 'tr') {
      if (table === undefined) return;
      this.#closeRow(table);
      table.inRow = !isEnd;
    } else if (name === 'td' || name === 'th') {
      if (table === undefined) return;
      this.#closeCell(table);
      if (!isEnd) this.#openCell(table, tag);
    } else if (!isEnd && PASSED_OVER[name] !== undefined && !tag.endsWith('/')) {
      this.#until = PASSED_OVER[name] ?? null;
    } else if (LINES.has(name) && table?.inCell === true) {
      table.text += BREAK;
    }
  }

  #openTable(): void {
    if (this.#open.length === MAX_DEPTH) fail({ code: 'WORKBOOK_DAMAGED' });
    this.#visitor.table('');
    this.#open.push({
      number: this.#count++,
      grid: new RowGrid(),
      inRow: false,
      inCell: false,
      text: '',
      right: 0,
      down: 0,
    });
  }

  #closeTable(): void {
    const table = this.#open.pop();
    if (table !== undefined) this.#closeRow(table);
  }

  #openCell(table: OpenTable, tag: string): void {
    table.inRow = true;
    table.inCell = true;
    table.text = '';
    table.right = spanOf(tag, 'colspan');
    table.down = spanOf(tag, 'rowspan');
    if (table.right + table.down > 0) this.#visitor.merged();
  }

  #closeCell(table: OpenTable): void {
    if (!table.inCell) return;
    table.inCell = false;
    table.grid.add(cellText(table.text), table.right, table.down);
  }

  #closeRow(table: OpenTable): void {
    this.#closeCell(table);
    if (!table.inRow) return;
    table.inRow = false;
    this.#visitor.row(table.number, table.grid.end());
  }
}

/** Where a tag ends; a `>` in quotes is part of it. -1 where that is not in the text yet. */
function tagEnd(text: string, at: number): number {
  let quote = '';
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
    } else if (char === '>') return i;
    else if ((char === '"' || char === "'") && text[i - 1] === '=') quote = char;
  }
  return -1;
}

/** How many further columns or rows a cell takes. */
function spanOf(tag: string, attribute: string): number {
  const value = Number(new RegExp(`\\s${attribute}\\s*=\\s*["']?\\s*(\\d{1,5})`, 'i').exec(tag)?.[1] ?? 1);
  return Math.min(MAX_SPAN, Math.max(1, value)) - 1;
}

/** White space is one space, as a browser shows it; a break is a line end. */
function cellText(raw: string): string {
  return raw
    .replace(/[ \t\r\n\f]+/g, ' ')
    .replace(/ ?\0 ?/g, BREAK)
    .replace(/^[ \0]+|[ \0]+$/g, '')
    .replace(/\0+/g, '\n')
    .replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));?/g, character);
}

/** What pages write by name. A name that is not among them stays as it is written. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ensp: '\u2002',
  emsp: '\u2003',
  yen: '¥',
  middot: '·',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  times: '×',
  deg: '°',
};

function character(written: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return NAMED[name] ?? written;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  const isOne = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isOne ? String.fromCodePoint(code) : '\ufffd';
}
