import { z } from 'zod';
import { EXIT } from '../messages/exit.js';
import { LANGS } from '../messages/lang.js';
import { BUNDLE_RESULTS } from './results/bundle.js';
import { CAMPAIGN_RESULTS } from './results/campaign.js';
import { CHECK_RESULTS } from './results/check.js';
import { DEAL_RESULTS } from './results/deal.js';
import { EVIDENCE_RESULTS } from './results/evidence.js';
import { HOUSE_RESULTS } from './results/house.js';
import { IMPORT_RESULTS } from './results/import.js';
import { INCIDENT_RESULTS } from './results/incident.js';
import { problem, problemCode, type ResultShape, text } from './results/parts.js';
import { PERSONS_RESULTS } from './results/persons.js';
import { PURGE_RESULTS } from './results/purge.js';
import { RETENTION_RESULTS } from './results/retention.js';
import { SETUP_RESULTS } from './results/setup.js';
import { STATUS_RESULTS } from './results/status.js';
import { type CommandName, SECTIONS, SHAPES } from './shapes.js';

/*
 * What `--json` prints, as schemas: docs/schema/results/ is made from them, and whatever the scripts print is held against those. No command
 * loads them.
 */

/** The result of each command. One without its shape does not compile. */
const RESULTS: { readonly [N in CommandName]: ResultShape } = {
  ...SETUP_RESULTS,
  ...DEAL_RESULTS,
  ...IMPORT_RESULTS,
  ...CHECK_RESULTS,
  ...CAMPAIGN_RESULTS,
  ...BUNDLE_RESULTS,
  ...RETENTION_RESULTS,
  ...PURGE_RESULTS,
  ...PERSONS_RESULTS,
  ...INCIDENT_RESULTS,
  ...EVIDENCE_RESULTS,
  ...STATUS_RESULTS,
  ...HOUSE_RESULTS,
};

const exit = z.union(Object.values(EXIT).map((number) => z.literal(number)));

/** The schema of the document that a command prints when it was carried out. */
export function resultSchema(name: CommandName): z.ZodType {
  const result = RESULTS[name];
  const shape = SHAPES[name];
  const frame = {
    format: z.literal(`handover.result.${name.replace(' ', '-')}/1`),
    ...('dryRun' in shape ? { dry_run: z.literal(true).optional() } : {}),
    exit,
    next: z.array(text),
  };
  const forms = isOneOfSeveral(result) ? result : [result];
  const [only, ...others] = forms.map((form) => z.strictObject({ ...frame, ...form }));
  return others.length === 0 && only !== undefined
    ? only
    : z.union([...(only === undefined ? [] : [only]), ...others]);
}

function isOneOfSeveral(result: ResultShape): result is readonly [z.ZodRawShape, ...z.ZodRawShape[]] {
  return Array.isArray(result);
}

const helpOption = z.strictObject({
  option: text,
  kind: z.enum(['flag', 'text', 'texts', 'count', 'choice', 'choices']),
  value: text.nullable(),
  of: z.array(text).nullable(),
  needed: z.boolean(),
  about: z.string(),
});

/** The schema of what `--help --json` prints. */
export const helpSchema = z.strictObject({
  format: z.literal('handover.help/1'),
  lang: z.enum(LANGS),
  commands: z.array(
    z.strictObject({
      command: text,
      section: z.enum(SECTIONS),
      summary: text,
      about: text.nullable(),
      usage: text,
      aliases: z.array(text),
      examples: z.array(text),
      arguments: z.array(z.strictObject({ name: text, needed: z.boolean(), about: z.string() })),
      options: z.array(helpOption),
    }),
  ),
  everywhere: z.array(helpOption),
});

/** The schema of the document of every command that failed. */
export const errorSchema = z.strictObject({
  format: z.literal('handover.error/1'),
  code: problemCode,
  exit,
  problem,
  what: text,
  fix: z.string(),
});
