import { fail } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import { certificateWords } from '../../../messages/screens/certificate.js';
import { purgeWords } from '../../../messages/screens/purge.js';
import { grouped } from '../../../report/numbers.js';
import { planTotals } from '../../../retention/purge-plan.js';
import { runPurge } from '../../../steps/purge/run.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { certificateJson, drawCertificate, drawPlan, planJson, shreddable } from '../../show/purge.js';

/** `handover purge run`: carries a plan out, after a question, and signs the certificate. */
export const run: Run<'purge run'> = async (context, { arguments: args, options }) => {
  const { lang, dryRun } = context;
  const words = purgeWords[lang];
  const certificateWord = certificateWords[lang];
  if (options.shred && options.keepFiles)
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--shred', other: '--keep-files' });
  const shred = options.shred ? true : options.keepFiles ? false : null;
  const input = { purge: args.purge ?? null, shred, clockIsRight: options.clockIsRight };
  const done = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const before = await runPurge(session, { ...input, dryRun: true });
    if (dryRun || before.again) return before;
    const { plan } = before.view;
    context.say((screen) => drawPlan(screen, before.view, lang, context.shown));
    await context.confirm(
      words.question(grouped(planTotals(plan).purge), shred === true ? shreddable(before.view) : 0),
    );
    return runPurge(session, { ...input, purge: plan.purge, dryRun: false });
  });
  const { view, certificate, digest, paths, sightings } = done;
  if (certificate === null || digest === null) {
    return {
      json: planJson(view),
      screen: (screen) => {
        drawPlan(screen, view, lang, context.shown);
        const shredded = shred === true ? shreddable(view) : 0;
        screen.gap().good(words.wouldPurge(grouped(planTotals(view.plan).purge), shredded));
      },
    };
  }
  return {
    json: {
      ...certificateJson(certificate, digest),
      again: done.again,
      paths: { ...paths },
      remnants: sightings.map(({ file, hits }) => ({ file, ...hits })),
    },
    screen: (screen) => {
      if (done.again) screen.say(words.again);
      drawCertificate(screen, certificate, digest, lang);
      if (certificate.outcome === 'failed') {
        screen.gap().bad(words.failed);
        for (const { file } of sightings) screen.item(file);
      }
      const written = [paths.document, paths.page, paths.ledger].map(context.shown);
      screen.gap().facts([[certificateWord.written, ...written]]);
    },
    next: [
      { say: words.keep, command: 'handover purge show' },
      { say: words.report, command: 'handover audit report' },
    ],
    exit: certificate.outcome === 'failed' ? EXIT.integrity : EXIT.ok,
  };
};
