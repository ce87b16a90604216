import type { Run } from '../../context.js';
import { requestOriginOf } from '../../show/subject.js';
import { withdrawal } from './withdraw.js';

/** `handover subject object`: the right to refuse the handling (PIPL-44). */
export const run: Run<'subject object'> = async (context, { arguments: args, options }) =>
  withdrawal(context, {
    subject: args.id,
    kind: 'objection',
    purpose: null,
    shred: options.shred,
    ...requestOriginOf(options),
    dryRun: context.dryRun,
  });
