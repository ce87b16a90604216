/**
 * The shape of every command: names, arguments and options, as data. commander is fed from it, the help and docs/cli.md are written
 * from it, and the types of what a command receives are derived from it, so that an option that nobody defined does not compile.
 * The words for all of it stand in messages/screens/help.ts.
 */

/** Words for what has to be put in the place of a value; each is translated. */
export const PLACEHOLDERS = [
  'FILE',
  'FOLDER',
  'BUNDLE',
  'CARD',
  'DEAL',
  'ID',
  'NAME',
  'CODE',
  'TEXT',
  'NUMBER',
  'DIGITS',
  'ACTION',
  'DATE',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export type OptionShape =
  | { readonly kind: 'flag' }
  | { readonly kind: 'text'; readonly value: Placeholder; readonly needed?: true }
  | { readonly kind: 'texts'; readonly value: Placeholder }
  | { readonly kind: 'count'; readonly value: 'NUMBER' }
  | { readonly kind: 'choice'; readonly of: readonly string[]; readonly needed?: true };

export interface ArgumentShape {
  readonly value: Placeholder;
  readonly needed: boolean;
}

export interface Shape {
  readonly aliases?: readonly string[];
  readonly arguments: { readonly [name: string]: ArgumentShape };
  readonly options: { readonly [name: string]: OptionShape };
  /** Whether --dry-run says what would happen without doing it. */
  readonly dryRun?: true;
}

const flag = { kind: 'flag' } as const;

export const SHAPES = {
  init: {
    arguments: { folder: { value: 'FOLDER', needed: false } },
    options: {
      role: { kind: 'choice', of: ['seller', 'buyer'], needed: true },
      name: { kind: 'text', value: 'NAME', needed: true },
      uscc: { kind: 'text', value: 'CODE' },
      phone: { kind: 'text', value: 'TEXT', needed: true },
      email: { kind: 'text', value: 'TEXT' },
      address: { kind: 'text', value: 'TEXT' },
      test: flag,
      classic: flag,
      unprotected: flag,
    },
  },
  'card show': { arguments: { card: { value: 'CARD', needed: false } }, options: {} },
  'card export': {
    arguments: {},
    options: { out: { kind: 'text', value: 'FILE' }, force: flag },
  },
  'trust add': {
    arguments: { card: { value: 'CARD', needed: true } },
    options: { fingerprint: { kind: 'text', value: 'DIGITS' } },
    dryRun: true,
  },
  'trust list': { arguments: {}, options: {} },
  'deal init': {
    arguments: { file: { value: 'FILE', needed: false } },
    options: {
      id: { kind: 'text', value: 'DEAL' },
      force: flag,
    },
  },
  'deal check': { arguments: { deal: { value: 'DEAL', needed: true } }, options: {} },
  'deal sign': { arguments: { deal: { value: 'DEAL', needed: true } }, options: {}, dryRun: true },
  'deal show': { arguments: { deal: { value: 'DEAL', needed: false } }, options: {} },
  import: {
    arguments: { file: { value: 'FILE', needed: false } },
    options: {
      consents: { kind: 'text', value: 'FILE' },
      mapping: { kind: 'text', value: 'FILE' },
      encoding: {
        kind: 'choice',
        of: ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5'],
      },
      rejects: { kind: 'text', value: 'FILE' },
      again: flag,
      force: flag,
    },
    dryRun: true,
  },
  check: {
    arguments: {},
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      dataset: { kind: 'text', value: 'ID' },
      explain: { kind: 'text', value: 'ID' },
    },
    dryRun: true,
  },
  approve: {
    arguments: { purge: { value: 'ID', needed: false } },
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      purge: flag,
      approverPassphraseFile: { kind: 'text', value: 'FILE' },
    },
    dryRun: true,
  },
  export: {
    arguments: { file: { value: 'FILE', needed: false } },
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      out: { kind: 'text', value: 'FOLDER' },
      consents: { kind: 'text', value: 'FILE' },
      mapping: { kind: 'text', value: 'FILE' },
      encoding: { kind: 'choice', of: ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5'] },
      again: flag,
      force: flag,
    },
    dryRun: true,
  },
  verify: {
    arguments: { bundle: { value: 'BUNDLE', needed: true } },
    options: { card: { kind: 'text', value: 'CARD' } },
  },
  receive: {
    aliases: ['verify-and-import'],
    arguments: { bundle: { value: 'BUNDLE', needed: true } },
    options: { out: { kind: 'text', value: 'FOLDER' } },
    dryRun: true,
  },
  'receipt accept': {
    arguments: { receipt: { value: 'FILE', needed: true } },
    options: {},
    dryRun: true,
  },
  'receipt show': { arguments: { receipt: { value: 'FILE', needed: true } }, options: {} },
  extract: {
    arguments: {},
    options: {
      format: { kind: 'choice', of: ['csv', 'ndjson', 'sqlite'], needed: true },
      out: { kind: 'text', value: 'FILE' },
      dataset: { kind: 'text', value: 'ID' },
      force: flag,
    },
    dryRun: true,
  },
  'audit verify': {
    arguments: {},
    options: {
      against: { kind: 'texts', value: 'FILE' },
      pack: { kind: 'text', value: 'FILE' },
      report: { kind: 'text', value: 'FILE' },
      card: { kind: 'text', value: 'CARD' },
    },
  },
  'purge plan': {
    arguments: {},
    options: {
      keptBack: flag,
      dataset: { kind: 'text', value: 'ID' },
      reason: { kind: 'text', value: 'TEXT' },
      withoutReceipt: flag,
    },
    dryRun: true,
  },
  'purge run': {
    arguments: { purge: { value: 'ID', needed: false } },
    options: { shred: flag, keepFiles: flag },
    dryRun: true,
  },
  'purge show': { arguments: { certificate: { value: 'FILE', needed: false } }, options: {} },
  'audit log': {
    arguments: {},
    options: {
      action: { kind: 'text', value: 'ACTION' },
      object: { kind: 'text', value: 'ID' },
      since: { kind: 'text', value: 'DATE' },
      last: { kind: 'count', value: 'NUMBER' },
    },
  },
  'audit prove': {
    arguments: {},
    options: {
      event: { kind: 'count', value: 'NUMBER' },
      out: { kind: 'text', value: 'FILE' },
      force: flag,
    },
  },
  'audit check-proof': {
    arguments: { proof: { value: 'FILE', needed: true } },
    options: { card: { kind: 'text', value: 'CARD' } },
  },
  'audit report': {
    arguments: {},
    options: {
      deal: { kind: 'text', value: 'DEAL' },
      html: { kind: 'text', value: 'FILE' },
      force: flag,
    },
  },
  status: { arguments: {}, options: {} },
  doctor: { arguments: {}, options: {} },
} as const satisfies { readonly [name: string]: Shape };

export type CommandName = keyof typeof SHAPES;

export const COMMAND_NAMES = Object.keys(SHAPES) as readonly CommandName[];

/** Options that every command understands, before or after its name. */
export const GLOBALS = {
  workspace: { kind: 'text', value: 'FOLDER' },
  json: flag,
  lang: { kind: 'choice', of: ['zh', 'en'] },
  noInput: flag,
  yes: flag,
  quiet: flag,
  noColor: flag,
  operator: { kind: 'text', value: 'NAME' },
  passphraseFile: { kind: 'text', value: 'FILE' },
  passphraseFd: { kind: 'count', value: 'NUMBER' },
  debug: flag,
  help: flag,
} as const satisfies { readonly [name: string]: OptionShape };

type ValueOf<O> = O extends { readonly kind: 'flag' }
  ? boolean
  : O extends { readonly kind: 'texts' }
    ? readonly string[]
    : O extends { readonly kind: 'count' }
      ? number | undefined
      : O extends { readonly kind: 'choice'; readonly of: readonly (infer C)[] }
        ? O extends { readonly needed: true }
          ? C
          : C | undefined
        : O extends { readonly needed: true }
          ? string
          : string | undefined;

type ArgumentOf<A> = A extends { readonly needed: true } ? string : string | undefined;

/** What a command receives from the command line, by its shape. */
export interface InputOf<N extends CommandName> {
  readonly arguments: {
    readonly [K in keyof (typeof SHAPES)[N]['arguments']]: ArgumentOf<(typeof SHAPES)[N]['arguments'][K]>;
  };
  readonly options: {
    readonly [K in keyof (typeof SHAPES)[N]['options']]: ValueOf<(typeof SHAPES)[N]['options'][K]>;
  };
}

/** The values of {@link GLOBALS}. */
export type Globals = { readonly [K in keyof typeof GLOBALS]: ValueOf<(typeof GLOBALS)[K]> };

/** How an option is typed: `dryRun` is `--dry-run`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
