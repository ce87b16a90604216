import { dayOf } from '../../../base/time.js';
import { PACK_KINDS, type EvidenceFileKind } from '../../../bundle/pack.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { exitOf } from '../../../messages/problem.js';
import { punctuation } from '../../../messages/punctuation.js';
import { packWords } from '../../../messages/screens/pack.js';
import { fileSize, grouped } from '../../../report/numbers.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { packEvidence } from '../../../steps/evidence/pack.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';
import { drawProblems, problemsJson } from '../../show/terms.js';

const kindWords: Readonly<Record<Lang, Readonly<Record<EvidenceFileKind, string>>>> = eachLang(
  (lang) => packWords[lang].kinds,
);

/** `handover audit pack`: the evidence of this workspace in one file, for a regulator or auditor. */
export const run: Run<'audit pack'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = packWords[lang];
  const path = context.path(options.out ?? `${words.name}-${dayOf(context.runtime.now())}.zip`);
  const { withForm, unsigned, force } = options;
  const done = await withSession(context.workspaceFolder(), context.runtime, (session) => {
    const terms = options.deal === undefined ? null : findDeal(session, options.deal);
    return packEvidence(session, { path, terms, withForm, unsigned, lang, force, dryRun });
  });
  const { index, log, written } = done;
  const newer = index.log.size - index.log.covered;
  const [worst] = [...log.findings].sort((a, b) => exitOf(b.code) - exitOf(a.code));
  return {
    json: {
      path: done.path,
      bytes: written?.bytes ?? null,
      sha256: written?.sha256 ?? null,
      signed: done.isSigned,
      deal: index.deal,
      log: { ...index.log, intact: log.intact, findings: problemsJson(log.findings, lang) },
      unsigned_manifests: done.unsigned.map((manifest) => ({ ...manifest })),
      papers_left: done.papersLeft,
      files: index.files.map((file) => ({ ...file })),
    },
    screen: (screen) => {
      const [shown, count] = [context.shown(done.path), grouped(index.files.length)];
      if (written === null) screen.good(words.would(shown, count));
      else screen.good(words.written(shown, count, fileSize(written.bytes)));
      if (!log.intact) screen.bad(words.broken);
      screen.facts([
        [words.deal, index.deal?.id ?? words.allDeals],
        [
          words.log,
          newer === 0 || (dryRun && done.isSigned)
            ? words.covered(grouped(index.log.size))
            : words.behind(grouped(index.log.size), grouped(newer)),
        ],
        [words.signature, done.isSigned ? words.signed : words.unsigned],
        [words.contents, { items: contents(index.files, lang), between: punctuation[lang].list }],
        ...(written === null ? [] : [[words.digest, written.sha256] as const]),
      ]);
      for (const { deal, number } of done.unsigned) screen.warn(words.missing(deal, number));
      drawProblems(screen, log.findings, lang);
      if (done.papersLeft > 0) screen.warn(words.papersLeft(grouped(done.papersLeft)));
      screen.say(words.clean);
      if (index.files.some(({ kind }) => kind === 'paper')) screen.say(words.papers);
    },
    next:
      written === null || !done.isSigned
        ? []
        : [{ say: words.verify, command: `handover audit verify --pack ${context.typed(done.path)}` }],
    exit: log.intact || worst === undefined ? 0 : exitOf(worst.code),
  };
};

/** How many files there are of each kind. */
function contents(files: readonly { readonly kind: EvidenceFileKind }[], lang: Lang): readonly string[] {
  return PACK_KINDS.flatMap((kind) => {
    const count = files.filter((file) => file.kind === kind).length;
    return count === 0 ? [] : [`${kindWords[lang][kind]} ${grouped(count)}`];
  });
}
