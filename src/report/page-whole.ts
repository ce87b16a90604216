// The page as it was opened. What runs inside the page is written by the rule of page-proof.ts.

/** What the proof needs of an element. */
export interface ProofElement {
  textContent: string | null;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
}

/** What the proof needs of a page. */
export interface ProofPage {
  getElementById(id: string): ProofElement | null;
  querySelectorAll(selector: string): Iterable<ProofElement>;
}

/** The whole page, for the proof. */
export interface WholePage {
  /** Whether the page, as it was opened, is the one of this text, and shows nothing that the text has not. */
  readonly is: (signed: string) => boolean;
  /** Whether its head, and with it every rule of how it looks, is the one of this text. */
  readonly looksAs: (signed: string) => boolean;
  /**
   * Makes the whole page red, on the screen and in print; null takes it back.
   *
   * @param isDressed whether the rules of how it looks are the signed ones; others are taken away, because they could hide the alarm
   */
  readonly alarm: (text: string | null, isDressed: boolean) => void;
  /** What the proof looks at. */
  readonly page: ProofPage;
}

/** A node of a living page. */
interface LiveNode {
  textContent: string | null;
  readonly childNodes: { readonly length: number };
  cloneNode(deep: boolean): LiveElement;
  isEqualNode(other: LiveNode | null): boolean;
}

interface LiveElement extends LiveNode, ProofElement {
  id: string;
  readonly localName: string;
  readonly outerHTML: string;
  readonly shadowRoot: object | null;
  readonly style: { setProperty(name: string, value: string, priority: string): void };
  attachShadow(init: { readonly mode: 'open' }): unknown;
  getAttributeNames(): readonly string[];
  querySelector(selector: string): LiveElement | null;
  querySelectorAll(selector: string): Iterable<LiveElement>;
  prepend(child: LiveElement): void;
  replaceWith(other: LiveElement): void;
  remove(): void;
}

interface LiveDocument extends LiveNode {
  readonly documentElement: LiveElement;
  readonly body: LiveElement;
  readonly compatMode: string;
  createElement(name: string): LiveElement;
  getElementById(id: string): LiveElement | null;
  querySelectorAll(selector: string): Iterable<LiveElement>;
}

/** What of a browser's window the proof uses. */
export interface Realm {
  readonly document: LiveDocument;
  readonly Document: { readonly prototype: LiveDocument };
  readonly Element: { readonly prototype: LiveElement };
  readonly Node: { readonly prototype: LiveNode };
  readonly DOMParser: new () => { parseFromString(text: string, type: 'text/html'): LiveDocument };
}

/** Members of a living page, by whatever names it has. */
interface LivePage {
  readonly root: () => LiveElement;
  readonly body: () => LiveElement;
  readonly byId: (id: string) => LiveElement | null;
  readonly within: (element: LiveElement, selector: string) => readonly LiveElement[];
  readonly create: (name: string) => LiveElement;
  /** A page as a parser makes it that knows no shadow trees. */
  readonly parse: (text: string) => LiveDocument;
  readonly rootOf: (page: LiveDocument) => LiveElement;
  readonly bodyOf: (page: LiveDocument) => LiveElement;
  /** What a page has besides its root. */
  readonly outside: (page: LiveDocument) => string;
}

/** What is a member of `document` may be an image of that name in the page, so members are taken from the prototypes. Runs in the page. */
function livePage(realm: Realm): LivePage {
  const { document, Document, Element, Node } = realm;
  const rootOf = (page: LiveDocument): LiveElement =>
    Reflect.get(Document.prototype, 'documentElement', page);
  const bodyOf = (page: LiveDocument): LiveElement => Reflect.get(Document.prototype, 'body', page);
  return {
    root: () => rootOf(document),
    body: () => bodyOf(document),
    byId: (id) => Document.prototype.getElementById.call(document, id),
    within: (element, selector) => Array.from(Element.prototype.querySelectorAll.call(element, selector)),
    create: (name) => Document.prototype.createElement.call(document, name),
    parse: (text) => new realm.DOMParser().parseFromString(text, 'text/html'),
    rootOf,
    bodyOf,
    outside: (page) =>
      `${Reflect.get(Document.prototype, 'compatMode', page)} ${Reflect.get(Node.prototype, 'childNodes', page).length}`,
  };
}

/**
 * Whether an element shows a shadow tree in the place of its content. One that is closed shows only in that its element takes no other; so
 * the element is offered one. Runs in the page.
 */
function hasShadow({ Element }: Realm, element: LiveElement): boolean {
  const hosts =
    'article,aside,blockquote,body,div,footer,h1,h2,h3,h4,h5,h6,header,main,nav,p,section,span'.split(',');
  if (Reflect.get(Element.prototype, 'shadowRoot', element) !== null) return true;
  if (!hosts.includes(Reflect.get(Element.prototype, 'localName', element))) return false;
  try {
    Element.prototype.attachShadow.call(element, { mode: 'open' });
    return false;
  } catch {
    return true;
  }
}

/** As {@link WholePage.alarm}. Runs in the page. */
function showAlarm(live: LivePage, text: string | null, isDressed: boolean): void {
  live.byId('proof-alarm')?.remove();
  if (text === null) return;
  const dress = (element: LiveElement, rules: Readonly<Record<string, string>>): void => {
    for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value, 'important');
  };
  const body = live.body();
  for (const element of [live.root(), body])
    for (const name of element.getAttributeNames()) if (name !== 'lang') element.removeAttribute(name);
  if (!isDressed) for (const element of live.within(live.root(), 'style,link')) element.remove();
  const banner = live.create('div');
  banner.id = 'proof-alarm';
  banner.textContent = `✗ ${text}`;
  // Fixed, so that a printer repeats it on every page.
  dress(banner, {
    position: 'fixed',
    inset: '0 0 auto 0',
    'z-index': '2147483647',
    padding: '12px',
    'text-align': 'center',
    font: '700 20px sans-serif',
    color: '#fff',
    background: '#b3261e',
    'print-color-adjust': 'exact',
    '-webkit-print-color-adjust': 'exact',
    display: 'block',
    visibility: 'visible',
    opacity: '1',
  });
  dress(body, {
    'padding-top': '64px',
    'box-shadow': 'inset 0 0 0 12px #b3261e',
    background: '#fde7e5',
    'print-color-adjust': 'exact',
    '-webkit-print-color-adjust': 'exact',
  });
  body.prepend(banner);
}

/** The functions that {@link wholePage} is made of, by their names in the page. */
export interface WholePageParts {
  readonly livePage: typeof livePage;
  readonly hasShadow: typeof hasShadow;
  readonly showAlarm: typeof showAlarm;
}

/** All of them. */
export const WHOLE_PAGE_PARTS: WholePageParts = { livePage, hasShadow, showAlarm };

/**
 * Keeps the page as it was opened, to compare it with its signed text, and can make all of it red. Runs in the page, before anything else
 * does.
 *
 * A shadow tree is shown in the place of an element's content and is no part of what is compared, so there may be none. Every element is
 * offered one, and those that took it are then replaced by the page as a parser makes it that knows no shadow trees.
 */
export function wholePage(realm: Realm, parts: WholePageParts): WholePage {
  const { document, Node } = realm;
  const live = parts.livePage(realm);
  const withoutData = (root: LiveElement): LiveElement => {
    const data = root.querySelector('#data');
    if (data) data.textContent = '';
    return root;
  };
  const opened = Node.prototype.cloneNode.call(live.root(), true);
  const around = live.outside(document);
  const isPlain =
    live.within(live.root(), '*').filter((element) => parts.hasShadow(realm, element)).length === 0;
  live.body().replaceWith(live.bodyOf(live.parse(opened.outerHTML)));

  return {
    page: {
      getElementById: live.byId,
      querySelectorAll: (selector) => live.within(live.root(), selector),
    },
    is: (signed) => {
      const other = live.parse(signed);
      const isSame = withoutData(opened).isEqualNode(withoutData(live.rootOf(other)));
      return isPlain && isSame && around === live.outside(other);
    },
    looksAs: (signed) => {
      const head = opened.querySelector('head');
      return head?.isEqualNode(live.rootOf(live.parse(signed)).querySelector('head')) === true;
    },
    alarm: (text, isDressed) => parts.showAlarm(live, text, isDressed),
  };
}
