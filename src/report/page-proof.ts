import type { webcrypto } from 'node:crypto';

/*
 * What runs inside the report's page. Both functions are written into the page as their own source text, so they use nothing from outside:
 * no import, no constant of this file, only their arguments and what every browser has. They are ordinary functions here, so that the
 * compiler sees them and tests run them without a browser.
 */

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

/** Sentences with {0} and {1} for what is put in. */
export interface ProofWords {
  readonly good: string;
  readonly partly: string;
  readonly bad: string;
  readonly events: string;
  readonly rootBad: string;
  readonly sequence: string;
  readonly signatureGood: string;
  readonly signatureBad: string;
  readonly signatureSkipped: string;
  readonly noCrypto: string;
  readonly dataBad: string;
  readonly fingerprintGood: string;
  readonly fingerprintBad: string;
  readonly figuresGood: string;
  readonly figuresBad: string;
  readonly figuresMissing: string;
  readonly unsigned: string;
  readonly pageGood: string;
  readonly pageBad: string;
  readonly pageUnsigned: string;
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

export type ProofState = 'good' | 'partly' | 'bad';

/** An event as the page reads it back. */
export interface ProofEvent {
  readonly action: string;
  readonly objects: Readonly<Record<string, string>>;
  readonly details: unknown;
}

/**
 * The figures of page one and the digests of the evidence that follow from the log, by the names that the page gives them in `data-figure`:
 * `check/<id>/read`, `bundle/<id>/rows`, `bundle/<id>/manifest`, `bundle/<id>/receipt`, `purge/<id>/certificate` … Runs in the page.
 */
export function figuresOf(events: readonly ProofEvent[]): Map<string, string> {
  const figures = new Map<string, string>();
  const member = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const put = (name: string, value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') figures.set(name, String(value));
  };
  for (const { action, objects, details } of events) {
    const bundle = `bundle/${objects['bundle']}`;
    if (action === 'checked') {
      const accounting = member(details, 'accounting');
      // The page names rows that are replaced, or with the buyer already, only where there are any.
      for (const key of ['read', 'transfer', 'ask', 'withhold', 'reject', 'blank', 'replaced', 'handed_over'])
        if ((key !== 'replaced' && key !== 'handed_over') || member(accounting, key) !== 0)
          put(`check/${objects['check']}/${key}`, member(accounting, key));
    } else if (action === 'exported') {
      const resources = member(details, 'resources');
      let rows = 0;
      if (Array.isArray(resources))
        // Rows of the tables beside the customers are no persons.
        for (const resource of resources)
          if (member(resource, 'name') === 'customers') rows += Number(member(resource, 'rows'));
      put(`${bundle}/rows`, rows);
      put(`${bundle}/manifest`, objects['manifest']);
      put(`${bundle}/file`, objects['file']);
    } else if (action === 'received') {
      put(`${bundle}/received`, member(details, 'received'));
      put(`${bundle}/manifest`, objects['manifest']);
    } else if (action === 'receipt-accepted' || action === 'receipted') {
      put(`${bundle}/receipt`, objects['receipt']);
    } else if (action === 'purged') {
      put(`purge/${objects['purge']}/certificate`, objects['certificate']);
      put(`purge/${objects['purge']}/records`, member(details, 'purge'));
    }
  }
  return figures;
}

/**
 * Proves the page from the data that it carries (docs/report.md, "How a page proves itself"), and shows the result in the elements `proof`
 * (attribute `data-state`), `proof-lines` and, where a figure is wrong, at the figure. Runs in the page.
 *
 * @param subtle WebCrypto, or undefined where the browser offers none
 * @param whole the page as it was opened
 */
export async function selfProof(
  subtle: webcrypto.SubtleCrypto | undefined,
  words: ProofWords,
  derive: typeof figuresOf,
  whole: WholePage,
): Promise<ProofState> {
  const { page } = whole;
  let isDressed = false;
  const lines: string[] = [];
  let state: ProofState = 'good';
  const say = (line: string, ...values: readonly (string | number)[]): void => {
    lines.push(line.replace(/\{(\d)\}/g, (_, i) => String(values[Number(i)] ?? '')));
  };
  const good = (line: string, ...values: readonly (string | number)[]): void => say(`✓ ${line}`, ...values);
  const bad = (line: string, ...values: readonly (string | number)[]): void => {
    state = 'bad';
    say(`✗ ${line}`, ...values);
  };
  const doubt = (line: string, ...values: readonly (string | number)[]): void => {
    if (state === 'good') state = 'partly';
    say(`– ${line}`, ...values);
  };
  const show = (): ProofState => {
    // First of all: nothing in the page can keep it from that.
    whole.alarm(state === 'bad' ? words.bad : null, isDressed);
    const title = page.getElementById('proof');
    title?.setAttribute('data-state', state);
    if (title) title.textContent = words[state];
    const list = page.getElementById('proof-lines');
    if (list) list.textContent = lines.join('\n');
    return state;
  };
  if (subtle === undefined) {
    doubt(words.noCrypto);
    return show();
  }

  const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
  const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  const sha256 = async (...parts: readonly Uint8Array[]): Promise<Uint8Array> =>
    new Uint8Array(await subtle.digest('SHA-256', joined(...parts)));
  const hex = (bytes: Uint8Array): string =>
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

  // RFC 6962: perfect subtrees from the left, by level.
  const nodes: { level: number; hash: Uint8Array }[] = [];
  const push = async (level: number, hash: Uint8Array): Promise<void> => {
    let node = { level, hash };
    for (let last = nodes.at(-1); last?.level === node.level; last = nodes.at(-1)) {
      nodes.pop();
      node = { level: node.level + 1, hash: await sha256(Uint8Array.of(1), last.hash, node.hash) };
    }
    nodes.push(node);
  };
  const root = async (): Promise<string> => {
    let hash: Uint8Array | null = null;
    for (const node of [...nodes].reverse())
      hash = hash === null ? node.hash : await sha256(Uint8Array.of(1), node.hash, hash);
    return hex(hash ?? (await sha256()));
  };

  try {
    const data = JSON.parse(page.getElementById('data')?.textContent ?? '');
    if (data.format !== 'handover.report-data/1') throw new Error('another format');
    const [origin = '', sizeText = '', rootText = '', blank, ...signatures] = data.checkpoint.split('\n');
    const size = Number(sizeText);
    const before: number = data.pruned?.upto ?? 0;
    if (data.pruned) {
      // A compact range: begin and end, then the roots of the perfect subtrees that cover it.
      const range = bytesOf(data.pruned.range);
      let at = 16;
      for (let start = 0; start < before; ) {
        let level = 0;
        while (start % 2 ** (level + 1) === 0 && start + 2 ** (level + 1) <= before) level++;
        await push(level, range.slice(at, at + 32));
        at += 32;
        start += 2 ** level;
      }
    }
    const events: ProofEvent[] = [];
    let signedRoot = size === before ? await root() : '';
    let inOrder = true;
    for (const text of data.events) {
      const event = JSON.parse(text);
      if (event.seq !== before + events.length) inOrder = false;
      events.push(event);
      await push(0, await sha256(Uint8Array.of(0), utf8(text)));
      if (before + events.length === size) signedRoot = await root();
    }
    const all = before + events.length;

    if (!inOrder) bad(words.sequence);
    const rootGood = blank === '' && signedRoot !== '' && signedRoot === hex(bytesOf(rootText));
    if (rootGood) good(words.events, size, all);
    else bad(words.rootBad);

    // The card: its digest is the fingerprint, its key has signed the checkpoint.
    const card = utf8(data.card);
    const digest = await sha256(card);
    const groups = [0, 5, 10, 15, 20, 25].map((at) => {
      const number = digest.slice(at, at + 5).reduce((sum, byte) => sum * 256 + byte, 0);
      return String(number % 100000).padStart(5, '0');
    });
    const shown = page.getElementById('fingerprint')?.textContent ?? '';
    if (shown.trim() === groups.join(' ')) good(words.fingerprintGood, shown.trim());
    else bad(words.fingerprintBad, groups.join(' '));

    const key = bytesOf(JSON.parse(data.card).signing_key).slice(10);
    const keyId = hex((await sha256(utf8(`${origin}\n`), Uint8Array.of(1), key)).slice(0, 4));
    const ours = signatures
      .filter((line: string) => line.startsWith(`— ${origin} `))
      .map((line: string) => bytesOf(line.slice(origin.length + 3)))
      .filter((bytes: Uint8Array) => hex(bytes.slice(0, 4)) === keyId);
    const verifier = await subtle
      .importKey('raw', key, { name: 'Ed25519' }, false, ['verify'])
      .catch(() => null);
    if (ours.length === 0) bad(words.signatureBad);
    else if (verifier === null) doubt(words.signatureSkipped);
    else {
      const note = utf8(`${origin}\n${sizeText}\n${rootText}\n`);
      let genuine = true;
      for (const bytes of ours)
        if (!(await subtle.verify({ name: 'Ed25519' }, verifier, bytes.slice(4), note))) genuine = false;
      if (genuine) good(words.signatureGood);
      else bad(words.signatureBad);
    }

    // Every word, number and mark of the page: it is compared with its own signed text, data left out.
    const pageText = String(data.page);
    const isPage = whole.is(pageText);
    if (!isPage) bad(words.pageBad);
    // Whoever changed the words can take the signature away with them: without one, nothing here is verified.
    if (data.page_signature === '') bad(words.pageUnsigned);
    else if (verifier !== null) {
      const signed = utf8(`handover.report-page/1\n${hex(await sha256(utf8(pageText)))}\n`);
      const signature = bytesOf(String(data.page_signature));
      const isSigned = await subtle.verify({ name: 'Ed25519' }, verifier, signature, signed);
      isDressed = isSigned && whole.looksAs(pageText);
      if (isPage && isSigned) good(words.pageGood);
      else if (isPage) bad(words.pageBad);
    }

    // The figures on the page, from the events alone.
    const signed = derive(events.slice(0, Math.max(0, size - before)));
    const every = derive(events);
    every.set('log/signed', String(size));
    every.set('log/root', signedRoot);
    const names = new Set<string>();
    let right = 0;
    let wrong = 0;
    let unsupported = 0;
    for (const element of page.querySelectorAll('[data-figure]')) {
      const name = element.getAttribute('data-figure') ?? '';
      const value = (element.textContent ?? '').replace(/[,\s]/g, '');
      element.removeAttribute('data-wrong');
      names.add(name);
      if (every.get(name) !== value) {
        wrong++;
        element.setAttribute('data-wrong', '');
      } else {
        right++;
        if (!name.startsWith('log/') && signed.get(name) !== value) unsupported++;
      }
    }
    for (const element of page.querySelectorAll('[data-share]')) {
      const check = element.getAttribute('data-share') ?? '';
      const part = Number(every.get(`${check}/transfer`)) + Number(every.get(`${check}/handed_over`) ?? 0);
      const rest = Number(every.get(`${check}/blank`)) + Number(every.get(`${check}/replaced`) ?? 0);
      const whole = Number(every.get(`${check}/read`)) - rest;
      const tenths = Math.round((part / whole) * 1000);
      const share =
        part > 0 && tenths === 0
          ? '<0.1%'
          : part < whole && tenths === 1000
            ? '>99.9%'
            : `${(tenths / 10).toFixed(1)}%`;
      element.removeAttribute('data-wrong');
      if ((element.textContent ?? '').trim() === (whole > 0 ? share : '–')) right++;
      else {
        wrong++;
        element.setAttribute('data-wrong', '');
      }
    }
    // Whatever is shown of one thing is shown whole; a report on everything leaves out no bundle and no purge.
    const groupOf = (name: string): string => name.split('/').slice(0, 2).join('/');
    const groupsShown = new Set([...names].map(groupOf));
    const isAll = page.getElementById('report')?.getAttribute('data-deal') === '';
    const missing = [...every.keys()].filter(
      (name) =>
        !names.has(name) &&
        (groupsShown.has(groupOf(name)) ||
          (isAll && (name.startsWith('bundle/') || name.startsWith('purge/')))),
    );
    // The same rows are counted twice over: the parts are the whole.
    for (const group of groupsShown) {
      if (!group.startsWith('check/')) continue;
      const count = (key: string): number => Number(every.get(`${group}/${key}`) ?? 0);
      const parts = ['transfer', 'ask', 'withhold', 'reject', 'blank', 'replaced', 'handed_over'];
      const sum = parts.reduce((n, key) => n + count(key), 0);
      if (sum !== count('read')) wrong++;
    }
    if (wrong > 0) bad(words.figuresBad, wrong);
    else good(words.figuresGood, right);
    if (missing.length > 0) bad(words.figuresMissing, missing.length);
    if (unsupported > 0) doubt(words.unsigned, all - size);
    else if (all > size) say(`· ${words.unsigned}`, all - size);
  } catch {
    bad(words.dataBad);
  }
  return show();
}

/**
 * Keeps the page as it was opened, to compare it with its signed text, and can make all of it red. Runs in the page, before anything else
 * does. What is a member of `document` may be an image of that name in the page, so members are taken from the prototypes.
 *
 * A shadow tree is shown in the place of an element's content and is no part of what is compared, so there may be none. One that is closed
 * shows only in that its element takes no other; so every element is offered one, and those that took it are then replaced by the page as a
 * parser makes it that knows no shadow trees.
 */
export function wholePage(realm: Realm): WholePage {
  const { document, Document, Element, Node } = realm;
  const parse = (text: string): LiveDocument => new realm.DOMParser().parseFromString(text, 'text/html');
  const rootOf = (page: LiveDocument): LiveElement =>
    Reflect.get(Document.prototype, 'documentElement', page);
  const bodyOf = (page: LiveDocument): LiveElement => Reflect.get(Document.prototype, 'body', page);
  const found = (id: string): LiveElement | null => Document.prototype.getElementById.call(document, id);
  const within = (element: LiveElement, selector: string): readonly LiveElement[] =>
    Array.from(Element.prototype.querySelectorAll.call(element, selector));
  const outside = (page: LiveDocument): string =>
    `${Reflect.get(Document.prototype, 'compatMode', page)} ${Reflect.get(Node.prototype, 'childNodes', page).length}`;
  const withoutData = (root: LiveElement): LiveElement => {
    const data = root.querySelector('#data');
    if (data) data.textContent = '';
    return root;
  };

  const hosts =
    'article,aside,blockquote,body,div,footer,h1,h2,h3,h4,h5,h6,header,main,nav,p,section,span'.split(',');
  const hasShadow = (element: LiveElement): boolean => {
    if (Reflect.get(Element.prototype, 'shadowRoot', element) !== null) return true;
    if (!hosts.includes(Reflect.get(Element.prototype, 'localName', element))) return false;
    try {
      Element.prototype.attachShadow.call(element, { mode: 'open' });
      return false;
    } catch {
      return true;
    }
  };
  const root = rootOf(document);
  const opened = Node.prototype.cloneNode.call(root, true);
  const around = outside(document);
  const isPlain = within(root, '*').filter(hasShadow).length === 0;
  bodyOf(document).replaceWith(bodyOf(parse(opened.outerHTML)));

  return {
    page: {
      getElementById: found,
      querySelectorAll: (selector) => within(rootOf(document), selector),
    },
    is: (signed) => {
      const other = parse(signed);
      const isSame = withoutData(opened).isEqualNode(withoutData(rootOf(other)));
      return isPlain && isSame && around === outside(other);
    },
    looksAs: (signed) => {
      const head = opened.querySelector('head');
      return head?.isEqualNode(rootOf(parse(signed)).querySelector('head')) === true;
    },
    alarm: (text, isDressed) => {
      found('proof-alarm')?.remove();
      if (text === null) return;
      const dress = (element: LiveElement, rules: Readonly<Record<string, string>>): void => {
        for (const [name, value] of Object.entries(rules))
          element.style.setProperty(name, value, 'important');
      };
      const body = bodyOf(document);
      for (const element of [rootOf(document), body])
        for (const name of element.getAttributeNames()) if (name !== 'lang') element.removeAttribute(name);
      if (!isDressed) for (const element of within(rootOf(document), 'style,link')) element.remove();
      const banner = Document.prototype.createElement.call(document, 'div');
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
    },
  };
}
