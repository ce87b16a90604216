import { basename } from 'node:path';
import { dayOf } from '../../../base/time.js';
import { fail } from '../../../messages/error.js';
import { proofWords } from '../../../messages/screens/proof.js';
import { grouped } from '../../../report/numbers.js';
import { proveEvent } from '../../../steps/evidence/prove-event.js';
import { draftSubjectProof, writeSubjectProof } from '../../../steps/evidence/prove-subject.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, CommandResult, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { fieldList } from '../../show/accounting.js';
import { eventJson, eventText } from '../../show/events.js';
import { kindText } from '../../show/terms.js';

/** `handover audit prove`: a self-contained proof, of an event or about a customer. */
export const run: Run<'audit prove'> = async (context, { options }) => {
  const { event, subject } = options;
  if (event !== undefined && subject !== undefined)
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--event', other: '--subject' });
  if (event !== undefined) return ofEvent(context, event, options);
  if (subject !== undefined) return ofSubject(context, subject, options);
  return fail({ code: 'CLI_OPTION_MISSING', option: '--event', command: 'audit prove' });
};

type Options = CommandInput<'audit prove'>['options'];

async function ofEvent(
  context: CommandContext,
  seq: number,
  { out, force }: Options,
): Promise<CommandResult> {
  const { lang } = context;
  const words = proofWords[lang];
  const path = context.path(out ?? `${words.eventFile(seq)}.proof.json`);
  const proved = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    proveEvent(session, { event: seq, path, force }),
  );
  return {
    json: {
      proves: 'event',
      path,
      sha256: proved.sha256,
      event: eventJson(proved.event),
      log_size: proved.size,
    },
    screen: (screen) => {
      screen.good(words.writtenEvent(seq, context.shown(path)));
      screen.facts([
        [words.event, eventText(proved.event, lang)],
        [words.under, words.underText(grouped(proved.size))],
        [words.digest, proved.sha256],
      ]);
    },
    next: [toCheck(context, path)],
  };
}

async function ofSubject(context: CommandContext, subject: string, options: Options): Promise<CommandResult> {
  const { lang } = context;
  const words = proofWords[lang];
  const { bundle, withValues, out, force } = options;
  const { draft, written } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const made = await draftSubjectProof(session, { subject, bundle: bundle ?? null, withValues });
      const { deal, number } = made.manifest;
      const name = words.subjectFile(`${deal.id}-${number}`, made.proof.tag.slice(0, 8));
      const path = context.path(out ?? `${name}.proof.json`);
      if (made.proof.row !== null) await context.confirm(words.question(context.shown(path)));
      return { draft: made, written: await writeSubjectProof(session, made, path, force) };
    },
  );
  const { proof, manifest, terms } = draft;
  const fields = manifest.resources[0]?.fields.map((field) => field.name) ?? [];
  const isThere = proof.kind === 'presence';
  return {
    json: {
      proves: proof.kind,
      path: written.path,
      signature: `${written.path}.minisig`,
      sha256: written.sha256,
      bundle: manifest.id,
      tag: proof.tag,
      with_values: proof.row !== null,
    },
    screen: (screen) => {
      const shown = context.shown(written.path);
      screen.good(isThere ? words.writtenPresence(shown) : words.writtenAbsence(shown));
      screen.facts([
        [words.bundle, words.bundleText(terms.id, manifest.number, dayOf(manifest.created))],
        [words.parties, words.partiesText(terms.seller.name, terms.buyer.name)],
        [words.basis, kindText(terms, lang)],
        ...(isThere ? [[words.fields, fieldList(fields, lang)] as const] : []),
        [words.tag, proof.tag],
        [words.digest, written.sha256],
      ]);
      screen.say(words.signatureBeside);
      if (withValues && !isThere) screen.say(words.noValues);
      screen.warn(proof.row === null ? words.holdsPerson : words.holdsValues);
    },
    next: [toCheck(context, written.path)],
  };
}

function toCheck(context: CommandContext, path: string) {
  const words = proofWords[context.lang];
  const file = context.typed(basename(path));
  return { say: words.handOver, command: `handover audit check-proof ${file} --card ${words.yourCard}` };
}
