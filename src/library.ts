import { resolve } from 'node:path';
import { type Random, systemRandom } from './base/crypto.js';
import { instantOf } from './base/time.js';
import type { DateOrder } from './dataset/dates.js';
import type { Encoding } from './dataset/encoding.js';
import type { Relation } from './messages/relations.js';
import { fail } from './messages/error.js';
import { type Lang, langOfLocale } from './messages/lang.js';
import { noProgress, type Progress } from './report/progress.js';
import { check } from './steps/check/check.js';
import type { CheckResult } from './steps/check/result.js';
import { findDeal } from './steps/deal/deal.js';
import { type ExportResult, exportBundle } from './steps/export/export.js';
import { type Session, withSession } from './steps/session/session.js';
import { type ImportResult, importFile } from './steps/import/import.js';

/*
 * The way through the steps that most programs take (docs/library.md): whatever is left out is as on the command line, and paths may be
 * relative. The steps themselves ask for every choice.
 */

/** Who calls, and what of the world is handed in. */
export interface Caller {
  /** Who acts: the name that is in the log. */
  readonly operator: string;
  /** The clock: `() => new Date()`. */
  readonly now: () => Date;
  /** Gives the passphrase of the workspace. May be left out where the keys are unprotected. */
  readonly passphrase?: () => string | Promise<string>;
  /** Language of file names and of what is written for people; `en` if left out. */
  readonly lang?: Lang;
  /** The system's if left out. */
  readonly random?: Random;
  /** Nobody is told if left out. */
  readonly progress?: Progress;
  /** Stops a step between two chunks: it cleans up and throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How a file is read. */
export interface ImportOptions {
  /** Found out if left out. */
  readonly encoding?: Encoding;
  /** How dates are read whose year comes last; the column shows it if left out. */
  readonly dateOrder?: DateOrder;
  /** Headers, or their numbers from 1, of columns that stay unread. */
  readonly skipColumns?: readonly string[];
  /** A mapping file; else the one beside the source, if there is one, else synonyms. */
  readonly mapping?: string;
  /** Where rejected rows go; beside the source if left out. */
  readonly rejects?: string;
  /** How a customer file relates to the list before it; found out if left out, refused where that cannot be told. */
  readonly relation?: Relation;
  /** Whether a file that was imported before is imported once more. */
  readonly again?: boolean;
  /** Whether an existing reject file is replaced. */
  readonly force?: boolean;
  /** Whether it is only tried. */
  readonly dryRun?: boolean;
}

/** What is checked, and under which deal. */
export interface CheckOptions {
  /** Id of a deal; the only one if left out. */
  readonly deal?: string;
  /** Id of a dataset of customers; the whole customer list if left out. */
  readonly dataset?: string;
  readonly dryRun?: boolean;
}

/** What is exported, and where to. */
export interface ExportOptions {
  /** Id of a deal; the only one if left out. */
  readonly deal?: string;
  /** Folder for the bundle; the workspace's exchange folder if left out. */
  readonly out?: string;
  /** Whether a plan that was carried out already is carried out once more. */
  readonly again?: boolean;
  readonly dryRun?: boolean;
}

/**
 * Opens the workspace in `folder`, runs steps in it, signs a checkpoint if they changed anything, and closes it. One program at a time has
 * a workspace open.
 *
 * @param run is given the open workspace, for the functions here and for every step
 * @returns what `run` gives
 * @throws HandoverError WORKSPACE_…, KEY_PASSPHRASE, KEY_PASSPHRASE_NEEDED, and whatever a step throws
 */
export function inWorkspace<T>(
  folder: string,
  caller: Caller,
  run: (workspace: Session) => Promise<T>,
): Promise<T> {
  const {
    operator,
    now,
    passphrase,
    lang = langOfLocale(''),
    random = systemRandom,
    progress = noProgress,
  } = caller;
  const surroundings = {
    operator,
    lang,
    random,
    progress,
    now: () => instantOf(now()),
    signal: caller.signal ?? new AbortController().signal,
    // Two keyboards may compose a character in two ways: NFC makes them one passphrase, as on the command line.
    passphrase: async () =>
      (await (passphrase?.() ?? fail({ code: 'KEY_PASSPHRASE_NEEDED' }))).normalize('NFC'),
  };
  return withSession(resolve(folder), surroundings, run);
}

/**
 * Imports a file of customers: every row becomes a record, goes to the reject file with its reasons, or was blank.
 *
 * @throws HandoverError FILE_…, CSV_…, MAPPING_…, DATASET_KNOWN
 */
export function importCustomers(
  workspace: Session,
  path: string,
  options: ImportOptions = {},
): Promise<ImportResult> {
  return importKind('customers', workspace, path, options);
}

/**
 * Imports a consent ledger, which the next check hears.
 *
 * @throws HandoverError FILE_…, CSV_…, MAPPING_…, DATASET_KNOWN
 */
export function importConsents(
  workspace: Session,
  path: string,
  options: ImportOptions = {},
): Promise<ImportResult> {
  return importKind('consents', workspace, path, options);
}

function importKind(
  kind: 'customers' | 'consents',
  workspace: Session,
  path: string,
  options: ImportOptions,
): Promise<ImportResult> {
  const { encoding, mapping, rejects, relation, again = false, force = false, dryRun = false } = options;
  const { dateOrder, skipColumns = [] } = options;
  return importFile(workspace, {
    path: resolve(path),
    kind,
    ...(encoding === undefined ? {} : { encoding }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    skipColumns,
    mapping: mapping === undefined ? null : resolve(mapping),
    rejects: rejects === undefined ? null : resolve(rejects),
    again,
    force,
    dryRun,
    relation: relation ?? null,
    ask: null,
  });
}

/**
 * Gives every record of a dataset its verdict under a deal, and draws up the plan of what would leave.
 *
 * @throws HandoverError DEAL_NONE, DEAL_WHICH, DEAL_UNKNOWN, DATASET_NONE, DEAL_KIND_NO_BUNDLE, POLICY_…
 */
export async function checkCustomers(
  workspace: Session,
  { deal, dataset, dryRun = false }: CheckOptions = {},
): Promise<CheckResult> {
  return check(workspace, { terms: findDeal(workspace, deal ?? null), dataset: dataset ?? null, dryRun });
}

/**
 * Seals what may go into a signed bundle for the buyer.
 *
 * @throws HandoverError DEAL_UNSIGNED, PLAN_NONE, PLAN_STALE, APPROVAL_TOO_FEW, NOES_UNDATED, EXPORT_NOBODY, EXPORT_SAME
 */
export async function exportCustomers(
  workspace: Session,
  { deal, out, again = false, dryRun = false }: ExportOptions = {},
): Promise<ExportResult> {
  const terms = findDeal(workspace, deal ?? null);
  return exportBundle(workspace, { terms, out: out === undefined ? null : resolve(out), again, dryRun });
}
