import type { Context, Outcome, Run } from './context.js';
import type { Invocation } from './parse.js';
import type { CommandName } from './shapes.js';

/** Where each command is; loaded when it runs, so that `--help` is quick. A command without its file does not compile. */
const FILES: { readonly [N in CommandName]: () => Promise<{ readonly run: Run<N> }> } = {
  init: () => import('./commands/init.js'),
  'card show': () => import('./commands/card-show.js'),
  'card export': () => import('./commands/card-export.js'),
  'trust add': () => import('./commands/trust-add.js'),
  'trust list': () => import('./commands/trust-list.js'),
  'deal init': () => import('./commands/deal-init.js'),
  'deal check': () => import('./commands/deal-check.js'),
  'deal sign': () => import('./commands/deal-sign.js'),
  'deal show': () => import('./commands/deal-show.js'),
  import: () => import('./commands/import.js'),
  check: () => import('./commands/check.js'),
  approve: () => import('./commands/approve.js'),
  export: () => import('./commands/export.js'),
  verify: () => import('./commands/verify.js'),
  receive: () => import('./commands/receive.js'),
  'receipt accept': () => import('./commands/receipt-accept.js'),
  'receipt show': () => import('./commands/receipt-show.js'),
  extract: () => import('./commands/extract.js'),
  'purge plan': () => import('./commands/purge-plan.js'),
  'purge run': () => import('./commands/purge-run.js'),
  'purge show': () => import('./commands/purge-show.js'),
  'audit verify': () => import('./commands/audit-verify.js'),
  'audit report': () => import('./commands/audit-report.js'),
  'audit log': () => import('./commands/audit-log.js'),
  'audit prove': () => import('./commands/audit-prove.js'),
  'audit check-proof': () => import('./commands/audit-check-proof.js'),
  status: () => import('./commands/status.js'),
  doctor: () => import('./commands/doctor.js'),
};

/** Loads and runs the command of an invocation. */
export async function perform<N extends CommandName>(
  invocation: Invocation<N>,
  context: Context,
): Promise<Outcome> {
  const { run } = await FILES[invocation.name]();
  return run(context, invocation.input);
}
