import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PURPOSE } from '../../fixtures/customers/consents.js';
import { daysBefore } from '../../fixtures/customers/days.js';
import { BUYER, TODAY } from '../../fixtures/customers/generate.js';
import { type Ended, repeatableRandom, runIn, type WorldSetting } from '../cli/world.js';
import { copyWhole } from './folders.js';
import { OpenDatabase } from './sqlite.js';

/** Noon in Shanghai on the day for which fixtures/customers/ invents its file. */
export const NOON = `${TODAY}T04:00:00Z`;

/** What was typed and what came of it. */
export interface Said extends Ended {
  readonly argv: readonly string[];
}

/** How a person's command is run; everything else is the firms' own. */
export type Circumstances = Partial<WorldSetting>;

/** A field of the deal: name, class, action. */
export type AgreedField = readonly [name: string, fieldClass: string, action: string];

/** What the buyer needs to go on serving a customer. */
const FIELDS: readonly AgreedField[] = [
  ['customer_no', 'identifier', 'keep'],
  ['name', 'general', 'keep'],
  ['mobile', 'contact', 'keep'],
  ['address', 'address', 'keep'],
  ['service', 'transaction', 'keep'],
  ['remaining_sessions', 'transaction', 'keep'],
  ['marketing_opt_out', 'preference', 'keep'],
];

function agreedFields(fields: readonly AgreedField[]) {
  return fields.map(([name, fieldClass, action]) => ({
    name,
    class: fieldClass,
    purpose: 'service',
    action,
  }));
}

export interface DealSetting {
  readonly id?: string;
  readonly approvals?: number;
  readonly environment?: 'production' | 'test';
  readonly fields?: readonly AgreedField[];
  /** Whether customers who were last served more than three years ago stay behind. */
  readonly activity?: boolean;
  /** The tables beside the customer list that leave. */
  readonly tables?: Readonly<Record<string, readonly AgreedField[]>>;
}

/**
 * Two firms with unprotected keys in a temporary folder of their own: `jia/` sells, `yi/` buys, `post/` lies between them. Everything is done
 * through run(argv, io); `said` remembers all of it.
 */
export class Firms {
  readonly folder: string;
  readonly said: Said[] = [];
  /** The clock of both firms. */
  time: string;
  #runs = 0;

  private constructor(folder: string, time: string) {
    this.folder = folder;
    this.time = time;
  }

  /** A folder without any firm yet. */
  static async empty(): Promise<Firms> {
    const firms = new Firms(realpathSync(mkdtempSync(join(tmpdir(), 'handover-firms-'))), NOON);
    mkdirSync(firms.post());
    return firms;
  }

  /** Two workspaces that trust each other's cards. */
  static async meet(
    setting: { readonly time?: string; readonly environment?: 'production' | 'test' } = {},
  ): Promise<Firms> {
    const firms = new Firms(
      realpathSync(mkdtempSync(join(tmpdir(), 'handover-firms-'))),
      setting.time ?? NOON,
    );
    mkdirSync(firms.post());
    await firms.settle('jia', 'seller', '上海甲家政服务有限公司', setting.environment);
    await firms.settle('yi', 'buyer', BUYER, setting.environment);
    await firms.acquaint('jia', 'yi');
    await firms.acquaint('yi', 'jia');
    return firms;
  }

  /** Two firms that also signed a deal. Those that agreed on the same on the same day are the same firms, each time in a folder of their own. */
  static async withDeal(setting: DealSetting & { readonly time?: string } = {}): Promise<Firms> {
    const key = JSON.stringify(setting);
    let firms = agreed.get(key);
    if (firms === undefined) {
      firms = await Firms.meet(setting);
      await firms.agree(setting);
      agreed.set(key, firms);
      process.once('exit', () => agreed.get(key)?.remove());
    }
    const own = firms.copy();
    own.said.push(...firms.said);
    return own;
  }

  /** The same firms at the same moment of their lives, in a folder of their own: what their stores remember by path lies there as well. */
  copy(): Firms {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'handover-firms-')));
    copyWhole(this.folder, folder);
    for (const name of ['jia', 'yi']) moveRemembered(join(folder, name, 'handover.db'), this.folder, folder);
    return new Firms(folder, this.time);
  }

  /**
   * Remembers every file of theirs. What stores remember by path, and what was sealed with one, stays true, as in a copy it would not.
   *
   * @returns takes them back there, with the time that it is now
   */
  moment(): Moment {
    const { time } = this;
    const kept = realpathSync(mkdtempSync(join(tmpdir(), 'handover-moment-')));
    copyWhole(this.folder, kept);
    return {
      takeBack: () => {
        for (const name of readdirSync(this.folder)) rmSync(this.path(name), { recursive: true });
        for (const name of readdirSync(kept)) copyWhole(join(kept, name), this.path(name));
        this.time = time;
      },
      forget: () => rmSync(kept, { recursive: true }),
    };
  }

  /** Empties a folder of theirs. */
  clear(folder: string): void {
    rmSync(this.path(folder), { recursive: true, force: true });
    mkdirSync(this.path(folder));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  post(...parts: readonly string[]): string {
    return this.path('post', ...parts);
  }

  /** Runs a command in the firms' common folder. */
  run(...argv: readonly string[]): Promise<Said> {
    return this.runWith({}, ...argv);
  }

  async runWith(circumstances: Circumstances, ...argv: readonly string[]): Promise<Said> {
    this.#runs += 1;
    const ended = await runIn(
      {
        cwd: this.folder,
        time: this.time,
        random: repeatableRandom(`${this.folder} ${this.#runs}`),
        ...circumstances,
        env: { HANDOVER_OPERATOR: '李店长', ...circumstances.env },
      },
      ...argv,
    );
    const said = { argv, ...ended };
    this.said.push(said);
    return said;
  }

  /** Runs a command that has to end well, and gives its document. */
  async done(...argv: readonly string[]): Promise<Answer> {
    const said = await this.run(...argv, '--json');
    if (said.exit !== 0) throw new Error(`${shown(said)}\nended with ${said.exit}`);
    return new Answer(JSON.parse(said.stdout));
  }

  /** A further firm. */
  async settle(
    name: string,
    role: 'seller' | 'buyer',
    title: string,
    environment: 'production' | 'test' = 'production',
  ): Promise<void> {
    const test = environment === 'test' ? ['--test'] : [];
    const who = ['--role', role, '--name', title, '--phone', '021-5550100'];
    await this.done('init', name, ...who, '--unprotected', '--classic', ...test);
  }

  /** One firm pins another's card after the fingerprint was compared. */
  async acquaint(one: string, other: string): Promise<void> {
    const card = await this.done('card', 'show', '--workspace', other);
    const fingerprint = card.text('card.fingerprint');
    await this.done('trust', 'add', this.cardOf(other), '--workspace', one, '--fingerprint', fingerprint);
  }

  cardOf(name: string): string {
    return this.path(name, 'exchange', `${name}.card.json`);
  }

  /** Writes a deal file with both parties' cards, and gives its path. */
  async draft(setting: DealSetting = {}, buyer = 'yi'): Promise<string> {
    const seller = await this.done('card', 'show', '--workspace', 'jia');
    const other = await this.done('card', 'show', '--workspace', buyer);
    const today = this.time.slice(0, 10);
    const paper = (name: string) => createHash('sha256').update(name).digest('hex');
    const deal = {
      format: 'handover.deal/1',
      id: setting.id ?? 'D-1',
      title: '甲把客户交给乙',
      environment: setting.environment ?? 'production',
      kind: 'asset-sale',
      seller: { name: seller.text('card.name'), card: seller.text('card.sha256') },
      buyer: { name: other.text('card.name'), card: other.text('card.sha256') },
      policy: { pack: 'cn-pipl', version: '2026-09' },
      effective: today,
      purposes: [{ id: 'service', zh: PURPOSE, en: 'to go on providing home services' }],
      resources: [
        { name: 'customers', fields: agreedFields(setting.fields ?? FIELDS) },
        ...Object.entries(setting.tables ?? {}).map(([name, fields]) => ({
          name,
          fields: agreedFields(fields),
        })),
      ],
      retention: {
        seller: { after_receipt: 'P30D' },
        buyer: { after_effective: 'P3Y' },
        ...(setting.activity === false ? {} : { activity: { field: 'last_service_at', within: 'P3Y' } }),
      },
      confidentiality: { title: '保密协议', sha256: paper('保密协议'), signed: daysBefore(today, 120) },
      assessment: { title: '影响评估', sha256: paper('影响评估'), date: daysBefore(today, 110) },
      notice: { sha256: paper('客户通知'), sent: daysBefore(today, 100) },
      complaints: { contact: '客户服务部', phone: '021-5550300' },
      cross_border: 'none',
      approvals: setting.approvals ?? 0,
      escrow: [],
    };
    const path = this.post(`${deal.id}.deal.yaml`);
    // Every JSON document is a YAML document.
    writeFileSync(path, JSON.stringify(deal, null, 1));
    return path;
  }

  /** Both firms sign a deal, and each has both signatures. */
  async agree(setting: DealSetting = {}): Promise<void> {
    await this.agreeTo(await this.draft(setting), setting.id ?? 'D-1');
  }

  /** Both firms sign what a file says. */
  async agreeTo(draft: string, id: string): Promise<void> {
    const deal = `${id}.deal.json`;
    const carry = (from: string, to: string, file: string) =>
      cpSync(this.path(from, 'exchange', file), this.path(to, 'exchange', file));
    await this.done('deal', 'sign', draft, '--yes', '--workspace', 'jia');
    for (const file of [deal, `${deal}.seller.minisig`]) carry('jia', 'yi', file);
    await this.done('deal', 'sign', this.path('yi', 'exchange', deal), '--yes', '--workspace', 'yi');
    carry('yi', 'jia', `${deal}.buyer.minisig`);
    await this.done('deal', 'sign', this.path('jia', 'exchange', deal), '--workspace', 'jia');
  }
}

/** The firms of {@link Firms.withDeal} by what they agreed on. */
const agreed = new Map<string, Firms>();

/** Firms as they once were, in the same folder. */
export interface Moment {
  takeBack(): void;
  forget(): void;
}

function moveRemembered(path: string, from: string, to: string): void {
  const db = new OpenDatabase(path);
  db.run('UPDATE file SET path = replace(path, ?, ?)', from, to);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

/** A document of --json, read by path: `counts.rows`, `imports.0.kind`. */
export class Answer {
  readonly document: unknown;

  constructor(document: unknown) {
    this.document = document;
  }

  at(path: string): unknown {
    return path.split('.').reduce<unknown>((value, key) => {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
        throw new Error(`no ${path} in ${JSON.stringify(this.document)}`);
      return Reflect.get(value, key);
    }, this.document);
  }

  text(path: string): string {
    const value = this.at(path);
    if (typeof value !== 'string') throw new Error(`${path} is no text`);
    return value;
  }

  number(path: string): number {
    const value = this.at(path);
    if (typeof value !== 'number') throw new Error(`${path} is no number`);
    return value;
  }

  /** An object of numbers. */
  counts(path: string): Record<string, number> {
    const value = this.at(path);
    if (typeof value !== 'object' || value === null) throw new Error(`${path} is no object`);
    return Object.fromEntries(Object.keys(value).map((key) => [key, this.number(`${path}.${key}`)]));
  }
}

/** The code of the problem with which a command ended, or '' if it ended without one. */
function codeOf(said: Ended): string {
  if (said.stdout.startsWith('{')) {
    const document: unknown = JSON.parse(said.stdout);
    if (typeof document === 'object' && document !== null && 'code' in document) return `${document.code}`;
    return '';
  }
  return /(?:^|\s)([A-Z]{2,}(?:_[A-Z0-9]+)+)$/m.exec(said.stderr)?.[1] ?? '';
}

/** Exit number and code in one, so that one assertion shows both: `4 DATASET_KNOWN`. */
export function endOf(said: Ended): string {
  return `${said.exit} ${codeOf(said)}`.trim();
}

/** For messages of failures. */
export function shown({ argv, exit, stdout, stderr }: Said): string {
  return `$ handover ${argv.join(' ')}\n${stdout}${stderr}(exit ${exit})`;
}
