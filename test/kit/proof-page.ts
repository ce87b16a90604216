import type { ProofElement, ProofPage } from '../../src/report/page-whole.js';

class Element implements ProofElement {
  textContent: string | null;
  readonly attributes: Map<string, string>;

  constructor(text: string, attributes: Readonly<Record<string, string>>) {
    this.textContent = text;
    this.attributes = new Map(Object.entries(attributes));
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }
}

/** As much of a page as the proof looks at: elements without others in them. */
export function pageOf(text: string): ProofPage {
  const elements = [...text.matchAll(/<(\w+)([^<>]*)>([^<]*)(?=<)/g)].map(([, , head = '', inner = '']) => {
    const attributes = [...head.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    return new Element(inner.replaceAll('&#60;', '<'), Object.fromEntries(attributes));
  });
  return {
    getElementById: (id) => elements.find((element) => element.getAttribute('id') === id) ?? null,
    querySelectorAll: (selector) =>
      elements.filter((element) => element.getAttribute(selector.slice(1, -1)) !== null),
  };
}
