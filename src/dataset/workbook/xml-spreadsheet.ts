import { fail } from '../../messages/error.js';
import { RowGrid, type TableVisitor } from './table-rows.js';
import type { XmlVisitor } from './xml.js';

/** Rows that are left out before the next one; a sheet has no more (Excel's limit). */
const MAX_ROW = 1_048_576;

/** The sheets of an XML spreadsheet, as Excel 2003 defined it and web systems still write it. A formula counts as its stored value. */
export class XmlSpreadsheet implements XmlVisitor {
  readonly #visitor: TableVisitor;
  #sheet = -1;
  #row = 0;
  #grid = new RowGrid();
  #right = 0;
  #down = 0;
  #type = '';
  #inData = false;
  #text = '';

  constructor(visitor: TableVisitor) {
    this.#visitor = visitor;
  }

  open(name: string, at: Readonly<Record<string, string>>): void {
    if (name === 'Worksheet') {
      this.#sheet++;
      this.#row = 0;
      this.#grid = new RowGrid();
      this.#visitor.table(attribute(at, 'Name'));
    } else if (name === 'Row') this.#openRow(at);
    else if (name === 'Cell') this.#openCell(at);
    else if (name === 'Data') {
      this.#inData = true;
      this.#type = attribute(at, 'Type');
    }
  }

  close(name: string): void {
    if (name === 'Data') this.#inData = false;
    else if (name === 'Cell') this.#grid.add(shown(this.#text, this.#type), this.#right, this.#down);
    else if (name === 'Row' && this.#sheet >= 0) this.#visitor.row(this.#sheet, this.#grid.end());
  }

  text(piece: string): void {
    if (this.#inData) this.#text += piece;
  }

  #openRow(at: Readonly<Record<string, string>>): void {
    if (this.#sheet < 0) return;
    const index = attribute(at, 'Index');
    const number = index === '' ? this.#row + 1 : Number(index);
    if (!Number.isInteger(number) || number <= this.#row || number > MAX_ROW)
      fail({ code: 'WORKBOOK_DAMAGED' });
    for (let blank = this.#row + 1; blank < number; blank++) this.#visitor.row(this.#sheet, this.#grid.end());
    this.#row = number;
  }

  #openCell(at: Readonly<Record<string, string>>): void {
    const index = attribute(at, 'Index');
    if (index !== '') this.#grid.goTo(counted(index) - 1);
    this.#right = counted(attribute(at, 'MergeAcross'));
    this.#down = counted(attribute(at, 'MergeDown'));
    if (this.#right + this.#down > 0) this.#visitor.merged();
    this.#text = '';
    this.#type = '';
  }
}

/** An attribute, whatever the prefix of its namespace. */
function attribute(at: Readonly<Record<string, string>>, name: string): string {
  return at[`ss:${name}`] ?? at[name] ?? '';
}

function counted(text: string): number {
  const count = Number(text === '' ? 0 : text);
  return Number.isInteger(count) && count >= 0 && count <= MAX_ROW
    ? count
    : fail({ code: 'WORKBOOK_DAMAGED' });
}

/** A date without a time of day is a day; a number beyond fifteen digits was ruined before it was stored. */
function shown(text: string, type: string): string {
  if (type === 'DateTime')
    return text
      .replace(/T00:00:00(?:\.0+)?$/, '')
      .replace(/(T.*?)\.0+$/, '$1')
      .replace('T', ' ');
  if (type === 'Boolean') return text === '1' ? 'TRUE' : 'FALSE';
  return text;
}
