import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { z } from 'zod';

/** Where the stock package of the system puts it. */
const PROGRAM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

const answerSchema = z.looseObject({
  id: z.number().optional(),
  sessionId: z.string().optional(),
  method: z.string().optional(),
  result: z.unknown().optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});

/** What axe found, as far as a test says it. */
const violationsSchema = z.array(
  z.strictObject({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.string()) }),
);
export type Violations = z.infer<typeof violationsSchema>;

/** How wide a page is for the person who looks at it, and in what form. */
export interface Look {
  readonly width: number;
  readonly print?: boolean;
  /** Without colour, as a printer for black and white has it. */
  readonly grey?: boolean;
}

/** A browser that is driven over a pipe: pages are looked at, measured and pictured without a network. */
export class Chromium {
  readonly #profile = mkdtempSync(join(tmpdir(), 'handover-chromium-'));
  readonly #process: ChildProcess;
  readonly #to: Writable;
  readonly #waiting = new Map<number, { resolve: (v: unknown) => void; reject: (e: Error) => void }>();
  readonly #events: { readonly method: string; readonly resolve: () => void }[] = [];
  #rest = '';
  #last = 0;
  #session = '';
  #hasAxe = false;
  #hasEnded = false;

  private constructor(program: string) {
    const args = [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-extensions',
      // Nobody goes back to a page that was looked at, so it need not be kept.
      '--disable-features=BackForwardCache',
      '--no-first-run',
      '--hide-scrollbars',
      `--user-data-dir=${this.#profile}`,
      '--remote-debugging-pipe',
      'about:blank',
    ];
    this.#process = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    this.#process.once('exit', () => {
      this.#hasEnded = true;
      for (const { reject } of this.#waiting.values()) reject(new Error('the browser ended'));
      this.#waiting.clear();
    });
    const [, , , to, from] = this.#process.stdio;
    if (to == null || from == null) throw new Error('no pipes');
    this.#to = to as Writable;
    (from as Readable).setEncoding('utf8').on('data', (text: string) => this.#read(text));
  }

  static async start(): Promise<Chromium> {
    if (PROGRAM === undefined) throw new Error('no browser');
    const chromium = new Chromium(PROGRAM);
    const targets = z
      .looseObject({ targetInfos: z.array(z.looseObject({ targetId: z.string(), type: z.string() })) })
      .parse(await chromium.#ask('Target.getTargets', {}));
    const page = targets.targetInfos.find(({ type }) => type === 'page');
    const attached = await chromium.#ask('Target.attachToTarget', {
      targetId: page?.targetId,
      flatten: true,
    });
    chromium.#session = z.looseObject({ sessionId: z.string() }).parse(attached).sessionId;
    await chromium.#ask('Page.enable', {});
    return chromium;
  }

  /** Opens a page of the disk. */
  async open(path: string, { width, print = false, grey = false }: Look): Promise<void> {
    await this.#ask('Emulation.setDeviceMetricsOverride', {
      width,
      height: 844,
      deviceScaleFactor: 1,
      mobile: width < 700,
    });
    await this.#ask('Emulation.setEmulatedMedia', { media: print ? 'print' : 'screen' });
    await this.#ask('Emulation.setEmulatedVisionDeficiency', { type: grey ? 'achromatopsia' : 'none' });
    const loaded = new Promise<void>((resolve) => {
      this.#events.push({ method: 'Page.loadEventFired', resolve });
    });
    await this.#ask('Page.navigate', { url: pathToFileURL(path).href });
    await loaded;
  }

  /** What an expression comes to in the page; promises are waited for. */
  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.#ask('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    const { result, exceptionDetails } = z
      .looseObject({
        result: z.looseObject({ value: z.unknown() }),
        exceptionDetails: z.unknown().optional(),
      })
      .parse(answer);
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** Opens a page of the disk. @returns what axe has against it */
  async axe(path: string, look: Look): Promise<Violations> {
    // It is brought to the browser once and begins in a page that is loaded: bringing it takes as long as what it does there.
    if (!this.#hasAxe) {
      const source = `globalThis.beginAxe = () => {${axe.source}\n};`;
      await this.#ask('Page.addScriptToEvaluateOnNewDocument', { source });
      this.#hasAxe = true;
    }
    await this.open(path, look);
    await this.evaluate('beginAxe();0');
    return violationsSchema.parse(
      await this.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.map(({ id, impact, nodes }) => ({ id, impact: impact ?? null, nodes: nodes.slice(0, 4).map((n) => n.html.slice(0, 160)) })))`),
    );
  }

  /** Everything that reaches beyond the right edge of the page, but for what scrolls in a box of its own. */
  async beyond(): Promise<readonly string[]> {
    return z.array(z.string()).parse(
      await this.evaluate(`[...document.body.querySelectorAll('*')].filter((e) => !e.closest('.wide') && !e.closest('svg')
        && e.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
        .map((e) => e.tagName + '.' + (e.getAttribute('class') ?? '') + ' ' + (e.textContent ?? '').trim().slice(0, 60))
        .concat(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page ' + document.documentElement.scrollWidth] : [])`),
    );
  }

  /** The beginning of the page that is open as a picture. @returns PNG */
  async picture(width: number, height: number): Promise<Buffer> {
    const answer = await this.#ask('Page.captureScreenshot', {
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width, height, scale: 1 },
    });
    return Buffer.from(z.looseObject({ data: z.string() }).parse(answer).data, 'base64');
  }

  async end(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    await Promise.race([this.#ask('Browser.close', {}, '').catch(() => undefined), ended]);
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #ask(method: string, params: object, sessionId: string = this.#session): Promise<unknown> {
    if (this.#hasEnded) return Promise.reject(new Error('the browser ended'));
    this.#last += 1;
    const id = this.#last;
    const message = { id, method, params, ...(sessionId === '' ? {} : { sessionId }) };
    this.#to.write(`${JSON.stringify(message)}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #read(text: string): void {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, method, result, error } = answerSchema.parse(JSON.parse(message));
      const waiting = id === undefined ? undefined : this.#waiting.get(id);
      if (id !== undefined) this.#waiting.delete(id);
      if (error !== undefined) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
      const at = this.#events.findIndex((event) => event.method === method);
      if (at >= 0) this.#events.splice(at, 1)[0]?.resolve();
    }
  }
}
