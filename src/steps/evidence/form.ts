import { answers } from '../../audit/self-audit.js';
import { utf8 } from '../../base/bytes.js';
import type { Sha256 } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import { signMinisign } from '../../identity/minisign.js';
import type { Lang } from '../../messages/lang.js';
import { type FormFile, formText, type SelfAuditForm } from '../../report/self-audit.js';
import { requireWritable, type Written } from '../../store/files.js';
import { writeSigned } from '../../store/signed-file.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { auditVerify } from './audit.js';
import { selfAuditFacts } from './form-facts.js';

export interface FormInput {
  readonly lang: Lang;
  /** The files to be written, with their absolute paths; none for a look. */
  readonly files: readonly { readonly file: FormFile; readonly path: string }[];
  readonly force: boolean;
  readonly dryRun: boolean;
}

export interface FormResult {
  readonly form: SelfAuditForm;
  /** What was written; `sha256` is null in a rehearsal. */
  readonly files: readonly {
    readonly file: FormFile;
    readonly path: string;
    readonly sha256: Sha256 | null;
  }[];
}

/** The self-audit form of this moment, as log and store fill it in. Needs no passphrase. */
export async function selfAuditForm(session: Session): Promise<SelfAuditForm> {
  const { info, read } = session.workspace;
  const { card } = ownCard(info);
  const log = await auditVerify(session, []);
  const facts = selfAuditFacts(session, { events: log.size, isIntact: log.intact });
  const made = session.now;
  let [from, to] = [info.created, info.created];
  for (const { time } of read.log.events()) [from, to] = [time < from ? time : from, time > to ? time : to];
  return {
    handler: { name: card.name, uscc: card.uscc ?? null, phone: card.contact.phone },
    facts,
    answers: answers(facts),
    made,
    from: dayOf(from),
    to: dayOf(to),
    root: log.root,
  };
}

/**
 * Fills in the self-audit form for small handlers (SPI-A1) with what log and store can show, and writes it. Each file is in the log, by its
 * digest, before it has its name.
 *
 * @throws HandoverError FILE_EXISTS and the other problems of writing
 */
export async function makeForm(session: Session, input: FormInput): Promise<FormResult> {
  // What is only shown is not logged, and needs no signature.
  if (!input.dryRun && input.files.length > 0) await session.keys();
  const form = await selfAuditForm(session);
  const files: FormResult['files'][number][] = [];
  for (const { file, path } of input.files) {
    if (input.dryRun) {
      requireWritable(path, input);
      files.push({ file, path, sha256: null });
      continue;
    }
    const announce = ({ sha256 }: Written): void =>
      session.record(
        {
          action: 'form-made',
          objects: { file: sha256 },
          details: { form: file, lang: input.lang, size: form.facts.log.events },
        },
        () => undefined,
      );
    const text = formText(form, file, input.lang);
    const { identity } = await session.keys();
    const comment = `handover.self-audit/1 ${session.workspace.info.cardDigest}`;
    const signature = signMinisign(utf8(text), identity.signer, comment);
    const { sha256 } = await writeSigned(path, text, signature, { force: input.force, announce });
    files.push({ file, path, sha256 });
  }
  return { form, files };
}
