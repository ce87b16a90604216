import { fail } from '../../../messages/error.js';
import { EXIT } from '../../../messages/exit.js';
import type { Lang } from '../../../messages/lang.js';
import { exitOf } from '../../../messages/problem.js';
import { auditWords } from '../../../messages/screens/audit.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact } from '../../../report/screen.js';
import { localTime } from '../../../report/times.js';
import {
  type AuditFileResult,
  type AuditVerifyResult,
  type ComparedAnchor,
  auditVerify,
  auditVerifyFile,
} from '../../../steps/evidence/audit.js';
import { withSession } from '../../../steps/session/session.js';
import type { CommandContext, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { drawProblems, problemsJson } from '../../show/terms.js';

/** `handover audit verify`: recomputes a log and compares it with every checkpoint. */
export const run: Run<'audit verify'> = async (context, { options }) => {
  const { lang } = context;
  const words = auditWords[lang];
  const { found, file } = await verified(context, options);
  const [first] = [...found.findings].sort((a, b) => exitOf(b.code) - exitOf(a.code));
  return {
    json: {
      intact: found.intact,
      ...(file === null ? {} : fileJson(file)),
      events: found.size,
      pruned: found.pruned,
      unsigned: found.unsigned,
      root: found.root,
      checkpoints: found.checkpoints,
      anchored: found.anchored,
      against: found.anchors.map(({ file: anchor, size, event }) => ({
        file: anchor,
        size,
        agrees: isWithin(found, size) ? null : !disagrees(found, anchor, size),
        event,
      })),
      stamped: found.stamped.map((stamp) => ({ ...stamp })),
      findings: problemsJson(found.findings, lang),
    },
    screen: (screen) => {
      if (found.intact) screen.good(words.intact);
      else screen.bad(words.broken);
      screen.facts(logFacts(found, file, lang));
      if (file !== null && found.unsigned > 0) screen.warn(words.unsigned(grouped(found.unsigned)));
      drawProblems(screen, found.findings, lang);
      if (options.report !== undefined) screen.say(words.wholeReport);
      if (file?.cardGiven === true) screen.say(words.compare);
      else if (file !== null) screen.warn(words.claimed);
    },
    next:
      found.intact && found.anchors.length === 0
        ? [
            {
              say: words.limits,
              command: `handover audit verify${again(context, options)} --against ${words.anchorFile}`,
            },
          ]
        : [],
    exit:
      first !== undefined
        ? exitOf(first.code)
        : file !== null && found.unsigned > 0
          ? EXIT.findings
          : EXIT.ok,
  };
};

/** Whether a checkpoint covers nothing but the pruned beginning, so that nothing is left to compare. */
function isWithin({ pruned }: AuditVerifyResult, size: number): boolean {
  return size < pruned;
}

/** Whether a checkpoint from elsewhere was found to speak of another log. */
function disagrees({ findings }: AuditVerifyResult, anchor: string, size: number): boolean {
  return findings.some(
    (finding) =>
      finding.code !== 'LOG_LACKS' &&
      'document' in finding &&
      finding.document === anchor &&
      'size' in finding &&
      finding.size === size,
  );
}

function anchorText(found: AuditVerifyResult, anchor: ComparedAnchor, lang: Lang): string {
  const words = auditWords[lang];
  const { file, size, event, isUnsigned } = anchor;
  if (isWithin(found, size)) return words.within(file, grouped(size));
  if (disagrees(found, file, size)) return words.anchorBroken(file, grouped(size));
  if (found.findings.some((finding) => finding.code === 'LOG_LACKS' && finding.document === file))
    return words.anchorLacks(file, grouped(size));
  const more = event !== null ? words.told(event) : isUnsigned ? words.unsignedDocument : '';
  return words.anchor(file, grouped(size)) + more;
}

/** What log that is, and everything with which it was compared. */
function logFacts(found: AuditVerifyResult, file: AuditFileResult | null, lang: Lang): readonly Fact[] {
  const words = auditWords[lang];
  return [
    ...(file === null ? [] : fileFacts(file, words)),
    [words.log, words.summary(grouped(found.size), shortDigest(found.root))],
    ...(found.pruned === 0 ? [] : [[words.pruned, words.prunedText(grouped(found.pruned))] as const]),
    ...(found.intact
      ? [[words.checkpoints, file === null ? words.own(found.checkpoints) : words.ownFile] as const]
      : []),
    ...(found.stamped.length === 0
      ? []
      : [
          [
            words.stamped,
            ...found.stamped.map(({ size, time, authority }) =>
              words.stampedText(grouped(size), localTime(time), authority),
            ),
          ] as const,
        ]),
    ...(found.anchors.length === 0
      ? []
      : [[words.against, ...found.anchors.map((anchor) => anchorText(found, anchor, lang))] as const]),
  ];
}

type Options = CommandInput<'audit verify'>['options'];

async function verified(
  context: CommandContext,
  { against, pack, report, archive, card }: Options,
): Promise<{ readonly found: AuditVerifyResult; readonly file: AuditFileResult | null }> {
  const others = against.map(context.path);
  const files = (['pack', 'report', 'archive'] as const).flatMap((kind) => {
    const path = { pack, report, archive }[kind];
    return path === undefined ? [] : [{ kind, path: context.path(path) }];
  });
  const [log, other] = files;
  if (log !== undefined && other !== undefined)
    fail({ code: 'CLI_OPTIONS_CONFLICT', option: `--${log.kind}`, other: `--${other.kind}` });
  if (log === undefined) {
    const found = await withSession(context.workspaceFolder(), context.runtime, (session) =>
      auditVerify(session, others),
    );
    return { found, file: null };
  }
  const file = await auditVerifyFile(log, card === undefined ? null : context.path(card), others);
  return { found: file, file };
}

/** The options that name the log, as they were typed. */
function again(context: CommandContext, { pack, report, archive, card }: Options): string {
  const named = { pack, report, archive, card };
  return Object.entries(named)
    .map(([option, path]) => (path === undefined ? '' : ` --${option} ${context.typed(context.path(path))}`))
    .join('');
}

function fileFacts(file: AuditFileResult, words: (typeof auditWords)[Lang]): readonly Fact[] {
  const files = file.files === null ? null : grouped(file.files);
  return [
    [words.file, words.fileText(file.file, files)],
    [words.issuer, file.issuer.name],
    [words.fingerprint, file.issuer.fingerprint],
  ];
}

function fileJson({ file, issuer, cardGiven, files }: AuditFileResult) {
  return { file, issuer: { ...issuer }, card_given: cardGiven, files };
}

/** `7f3a91…c21e08`: enough to compare by eye; the document of --json has all of it. */
function shortDigest(digest: string): string {
  return `${digest.slice(0, 8)}…${digest.slice(-8)}`;
}
