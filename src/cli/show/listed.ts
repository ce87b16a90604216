import type { Json } from '../../base/json.js';
import { requireWritable, type Written } from '../../store/files.js';
import { fail } from '../../messages/error.js';
import { listedWords } from '../../messages/screens/listed.js';
import { cleanReason } from '../../policy/reason.js';
import type { ListedVerdict } from '../../policy/reasons.js';
import { grouped } from '../../report/numbers.js';
import { TABLE_FORMATS, tableFormatOf } from '../../report/table-file.js';
import { check } from '../../steps/check/check.js';
import {
  countListed,
  type Listed,
  listedHelp,
  type ListedPerson,
  type ListFile,
  maskedPersons,
  whyOf,
  writeList,
} from '../../steps/check/list-persons.js';
import { findDeal } from '../../steps/deal/deal.js';
import { withSession } from '../../steps/session/session.js';
import type { CommandContext, CommandResult } from '../context.js';
import type { CommandInput } from '../shapes.js';

/** Customers that fit on a screen. */
const SHOWN = 20;

type Options = CommandInput<'check'>['options'];

/** `handover check --list`: the customers of a verdict, masked on the screen, in the clear in a file for a purpose. No check is kept. */
export async function listOutcome(
  context: CommandContext,
  options: Options,
  verdict: ListedVerdict,
): Promise<CommandResult> {
  const { lang } = context;
  const words = listedWords[lang];
  const file = fileOf(context, options);
  const { terms, plan, count, persons, written } = await findListed(context, options, verdict, file);
  return {
    json: {
      plan,
      deal: terms.id,
      kind: terms.kind,
      verdict,
      persons: persons.map(personJson),
      file: listFileJson(file, written),
    },
    screen: (screen) => {
      screen.heading(words.titles[verdict](grouped(count)));
      if (count === 0) screen.say(words.none);
      else
        screen.table(
          [
            { title: words.customerNo },
            { title: words.name },
            { title: words.mobile },
            { title: verdict === 'transfer' ? words.staying : words.reason },
          ],
          persons
            .slice(0, SHOWN)
            .map((person) => [person.customerNo, person.name, person.mobile, reasonText(person, lang)]),
        );
      if (count > SHOWN) screen.say(words.more(grouped(count - SHOWN)));
      if (file === null) return;
      const shown = context.shown(file.path);
      screen.gap().good((written === null ? words.would : words.written)(grouped(count), shown));
      screen.facts([[words.purpose, file.purpose]]);
      if (written !== null) screen.warn(words.clear);
    },
    next: [
      ...(count > SHOWN && file === null
        ? [{ say: words.whole, command: words.wholeCommand(terms.id, verdict) }]
        : []),
    ],
  };
}

/** Those who are listed, masked, and the file in the clear, once somebody said yes to it. */
function findListed(
  context: CommandContext,
  { deal, dataset, unmatched }: Options,
  verdict: ListedVerdict,
  file: ListFile | null,
): Promise<Listed & { count: number; persons: readonly ListedPerson[]; written: Written | null }> {
  return withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const terms = findDeal(session, deal ?? null);
    const checked = await check(session, {
      terms,
      dataset: dataset ?? null,
      unmatched: unmatched ?? null,
      dryRun: true,
    });
    const listed = { terms, plan: checked.planDigest, files: checked.files, verdict };
    const count = countListed(listed);
    const persons: ListedPerson[] = [];
    for await (const page of maskedPersons(session, listed)) persons.push(...page);
    if (file !== null) requireWritable(file.path, file);
    if (file === null || context.dryRun) return { ...listed, count, persons, written: null };
    const question = listedWords[context.lang].question(grouped(count), context.shown(file.path));
    await context.confirm(question);
    return { ...listed, count, persons, written: await writeList(session, listed, file) };
  });
}

function personJson({ customerNo, name, mobile, ...why }: ListedPerson): Json {
  return {
    customer_no: customerNo,
    name,
    mobile,
    reasons: [...why.reasons],
    stays: [...why.stays],
    helps: [...why.helps],
    objection_until: why.objectionUntil,
  };
}

/** The file of a list in the clear, as the documents of --json have it; null while there is none. */
export function listFileJson(file: ListFile | null, written: Written | null): Json {
  return file === null || written === null
    ? null
    : { path: file.path, bytes: written.bytes, sha256: written.sha256, purpose: file.purpose };
}

function reasonText(person: ListedPerson, lang: CommandContext['lang']): string {
  const why = whyOf(person, lang);
  // The day itself says more than that one has to wait.
  const { helps, objectionUntil } = person;
  const isTimed = objectionUntil !== null && helps.includes('wait');
  const help = isTimed ? listedWords[lang].waitUntil(objectionUntil) : listedHelp(helps, lang);
  return help === '' ? why : `${why} → ${help}`;
}

/**
 * Where the list goes; null for the screen alone.
 *
 * @throws HandoverError CLI_OPTION_MISSING, CLI_OPTION_VALUE; REASON_SHAPE, REASON_PERSONAL_DATA for the purpose
 */
export function fileOf(context: CommandContext, { out, purpose, force }: Options): ListFile | null {
  if (out === undefined) return null;
  if (purpose === undefined) fail({ code: 'CLI_OPTION_MISSING', option: '--purpose', command: 'check' });
  const allowed = TABLE_FORMATS.map((format) => `*.${format}`);
  const format = tableFormatOf(out) ?? fail({ code: 'CLI_OPTION_VALUE', option: '--out', allowed });
  return { path: context.path(out), format, purpose: cleanReason(purpose), force };
}
