import type { Json } from '../../../base/json.js';
import { EXIT } from '../../../messages/exit.js';
import type { Lang } from '../../../messages/lang.js';
import { reportWords } from '../../../messages/screens/report.js';
import type { ReportData } from '../../../report/audit-report.js';
import { reportHtml } from '../../../report/audit-report-html.js';
import { drawReport } from '../../../report/audit-report-terminal.js';
import {
  auditReport,
  pageSigner,
  type ReportFile,
  reportProof,
  writeReport,
} from '../../../steps/evidence/report.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover audit report`: on the terminal, as a document, or as a page that proves itself. */
export const run: Run<'audit report'> = async (context, { options }) => {
  const { lang } = context;
  const words = reportWords[lang];
  const { html, force } = options;
  const made = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const data = auditReport(session, { deal: options.deal ?? null });
    if (html === undefined) return { data, file: null };
    const { identity } = await session.keys();
    const screen = reportHtml(data, reportProof(session), lang, pageSigner(identity.signer));
    const file = await writeReport(session, context.path(html), screen, { deal: data.deal, force });
    return { data, file };
  });
  const { data, file } = made;
  const deal = options.deal === undefined ? '' : ` --deal ${options.deal}`;
  return {
    json: { report: jsonOf(data), file: file === null ? null : { ...file } },
    screen: (screen) => {
      if (file === null) drawReport(screen, data, lang);
      else {
        screen.good(words.written(context.shown(file.path)));
        screen.facts([[words.digest, file.sha256]]);
        screen.say(words.giveIt);
      }
    },
    next: nextAfter(file, context.typed, deal, words),
    exit: exitFor(data.log),
  };
};

/** A report about a log that does not verify says so and ends as the pack does. */
function exitFor({ intact, findings }: ReportData['log']): number {
  if (intact) return 0;
  return findings.every(({ code }) => code === 'LOG_TIME') ? EXIT.findings : EXIT.integrity;
}

function nextAfter(
  file: ReportFile | null,
  typed: (path: string) => string,
  deal: string,
  words: (typeof reportWords)[Lang],
) {
  return file === null
    ? [{ say: words.next, command: `handover audit report${deal} --html ${words.fileName}` }]
    : [{ say: words.verifyIt, command: `handover audit verify --report ${typed(file.path)}` }];
}

function jsonOf(data: object): Json {
  const json: Json = JSON.parse(JSON.stringify(data));
  return json;
}
