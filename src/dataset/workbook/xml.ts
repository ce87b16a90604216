import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { fail } from '../../messages/error.js';

/** What is done at each part of a document. Names are without the prefix of their namespace. */
export interface XmlVisitor {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text?(text: string): void;
}

/** Nothing of a workbook is nested deeper. */
const MAX_DEPTH = 100;

/** Nothing of a workbook has more attributes; the reader keeps all of a tag before it gives it. */
const MAX_ATTRIBUTES = 1000;

/**
 * Walks an XML document as it arrives. It has no document type of its own, so nothing of it names other entities or files.
 *
 * @throws HandoverError WORKBOOK_DAMAGED
 */
export async function walkXml(blocks: AsyncIterable<Uint8Array>, visitor: XmlVisitor): Promise<void> {
  for await (const piece of xmlPieces(blocks, visitor)) void piece;
}

/** As {@link walkXml}; gives control back after each block, so that what was found can be passed on. */
export async function* xmlPieces(
  blocks: AsyncIterable<Uint8Array>,
  visitor: XmlVisitor,
): AsyncGenerator<void, void, undefined> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  let attributesOfTag = 0;
  parser.on('opentagstart', () => {
    attributesOfTag = 0;
  });
  parser.on('attribute', () => {
    if (++attributesOfTag > MAX_ATTRIBUTES) damaged();
  });
  parser.on('doctype', damaged);
  parser.on('error', damaged);
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > MAX_DEPTH) damaged();
    visitor.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    depth--;
    visitor.close(localName(name));
  });
  if (visitor.text !== undefined) {
    const text = visitor.text.bind(visitor);
    parser.on('text', text);
    parser.on('cdata', text);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const block of blocks) {
    parser.write(decoded(decoder, block));
    yield;
  }
  parser.write(decoded(decoder, undefined));
  parser.close();
  yield;
}

function decoded(decoder: TextDecoder, block: Uint8Array | undefined): string {
  try {
    return block === undefined ? decoder.decode() : decoder.decode(block, { stream: true });
  } catch {
    return damaged();
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

function damaged(): never {
  return fail({ code: 'WORKBOOK_DAMAGED' });
}
