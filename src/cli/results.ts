import { z } from 'zod';
import { EXIT } from '../messages/exit.js';
import { BUNDLE } from './results/bundle.js';
import { CAMPAIGN } from './results/campaign.js';
import { CHECK } from './results/check.js';
import { DEAL } from './results/deal.js';
import { EVIDENCE } from './results/evidence.js';
import { HOUSE } from './results/house.js';
import { IMPORT } from './results/import.js';
import { INCIDENT } from './results/incident.js';
import { problem, problemCode, type ResultShape, text } from './results/parts.js';
import { PERSONS } from './results/persons.js';
import { PURGE } from './results/purge.js';
import { RETENTION } from './results/retention.js';
import { SETUP } from './results/setup.js';
import { STATUS } from './results/status.js';
import { type CommandName, SHAPES } from './shapes.js';

/*
 * What `--json` prints, as schemas: docs/schema/results/ is made from them, and whatever the scripts print is held against those. No command
 * loads them.
 */

/** The result of each command. One without its shape does not compile. */
const RESULTS: { readonly [N in CommandName]: ResultShape } = {
  ...SETUP,
  ...DEAL,
  ...IMPORT,
  ...CHECK,
  ...CAMPAIGN,
  ...BUNDLE,
  ...RETENTION,
  ...PURGE,
  ...PERSONS,
  ...INCIDENT,
  ...EVIDENCE,
  ...STATUS,
  ...HOUSE,
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

/** The schema of the document of every command that failed. */
export const errorSchema = z.strictObject({
  format: z.literal('handover.error/1'),
  code: problemCode,
  exit,
  problem,
  what: text,
  fix: z.string(),
});
