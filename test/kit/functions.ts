import { parseSync, Visitor } from 'rolldown/utils';

/** A function of a file, with its lines from the first word to the closing brace. */
export interface FunctionLength {
  readonly name: string;
  readonly lines: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Every function, method and arrow function of a file in TypeScript, those within others as well; an arrow function counts from the name that it is given. */
export function functionsIn(text: string): readonly FunctionLength[] {
  const { program, errors } = parseSync('file.ts', text);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '));
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const lineOf = (offset: number): number => ends.filter((end) => end < offset).length;
  const found: FunctionLength[] = [];
  /** By where the function begins that is given a name. */
  const named = new Map<number, { readonly name: string; readonly start: number }>();
  const take = (node: Span, own?: string): void => {
    const { name, start } = named.get(node.start) ?? { name: own ?? '', start: node.start };
    found.push({ name, lines: lineOf(node.end) - lineOf(start) + 1 });
  };
  const give = (key: Span, value: Span | null, start: number): void => {
    if (value !== null) named.set(value.start, { name: text.slice(key.start, key.end), start });
  };
  new Visitor({
    VariableDeclarator: ({ id, init, start }) =>
      give(id.type === 'Identifier' ? { start, end: start + id.name.length } : id, init, start),
    PropertyDefinition: ({ key, value, start }) => give(key, value, start),
    MethodDefinition: ({ key, value, start }) => give(key, value, start),
    Property: ({ key, value, start }) => give(key, value, start),
    FunctionDeclaration: (node) => take(node, node.id?.name),
    FunctionExpression: (node) => take(node, node.id?.name),
    ArrowFunctionExpression: (node) => take(node),
  }).visit(program);
  return found;
}
