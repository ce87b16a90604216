import { dayOf } from '../../../base/time.js';
import { fail } from '../../../messages/error.js';
import { bundleWords } from '../../../messages/screens/bundle.js';
import { grouped } from '../../../report/numbers.js';
import { type VerifyResult, verify, verifyAtHome } from '../../../steps/receive/verify.js';
import { withSession } from '../../../steps/session/session.js';
import { findWorkspace } from '../../../store/find-workspace.js';
import type { CommandContext, Run } from '../../context.js';
import { accountingJson, fieldList } from '../../show/accounting.js';
import { stepsList } from '../../show/verification.js';

/** `handover verify`: whether a bundle is what its sender signed. Needs the file and the sender's card, and nothing else. */
export const run: Run<'verify'> = async (context, { arguments: args, options }) => {
  const { lang } = context;
  const words = bundleWords[lang];
  const path = context.path(args.bundle);
  const { card } = options;
  const seen =
    card === undefined
      ? await verifyByPinned(context, path)
      : await verify(path, context.path(card), context.runtime.now());
  return {
    json: {
      genuine: true,
      file: seen.file,
      bundle: seen.bundle,
      number: seen.number,
      manifest: seen.manifestDigest,
      created: seen.created,
      seller: { ...seen.seller },
      buyer: seen.buyer,
      deal: seen.deal,
      kind: seen.kind,
      environment: seen.environment,
      rows: seen.rows,
      fields: [...seen.fields],
      accounting: seen.accounting === undefined ? null : accountingJson(seen.accounting),
      approvers: [...seen.approvers],
      steps: [...seen.steps],
      contents_checked: false,
    },
    screen: (screen) => {
      const { seller, buyer, deal, created } = seen;
      screen.good(
        words.genuine(
          words.genuineText(seller.name, buyer, deal, dayOf(created)),
          words.unchanged(words.people(grouped(seen.rows)), seen.fields.length),
        ),
      );
      if (seen.environment === 'test') screen.warn(words.rehearsal);
      screen.facts([
        [words.fingerprintOf, seller.fingerprint],
        [words.checked, stepsList(seen.steps, lang)],
        [words.fields, fieldList(seen.fields, lang)],
      ]);
      screen.say(words.notChecked);
      if (card !== undefined) screen.say(words.compare);
    },
    next: [{ say: words.receive, command: `handover receive ${context.typed(path)}` }],
  };
};

/** Without --card: the sender's card as it is pinned in the workspace. */
async function verifyByPinned(context: CommandContext, path: string): Promise<VerifyResult> {
  const dir = context.workspace ?? findWorkspace(context.system.cwd);
  if (dir === null) return fail({ code: 'CLI_OPTION_MISSING', option: '--card', command: 'verify' });
  return withSession(dir, context.runtime, (session) => verifyAtHome(session, path));
}
