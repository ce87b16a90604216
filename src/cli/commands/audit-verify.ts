import { exitOf } from '../../messages/problem.js';
import { auditWords } from '../../messages/screens/audit.js';
import { grouped } from '../../report/numbers.js';
import { auditVerify } from '../../steps/audit.js';
import { inHouse } from '../../steps/house.js';
import type { Run } from '../context.js';
import { drawProblems, problemsJson } from './terms.js';

/** `handover audit verify`: recomputes the log and compares it with every checkpoint. */
export const run: Run<'audit verify'> = async (context, { options }) => {
  const { lang } = context;
  const words = auditWords[lang];
  const against = options.against.map(context.path);
  const found = await inHouse(context.workspaceFolder(), context.around, (house) =>
    auditVerify(house, against),
  );
  const disagrees = (file: string, size: number): boolean =>
    found.findings.some(
      (finding) =>
        'document' in finding && finding.document === file && 'size' in finding && finding.size === size,
    );
  const [first] = [...found.findings].sort((a, b) => exitOf(b.code) - exitOf(a.code));
  return {
    json: {
      intact: found.intact,
      events: found.size,
      root: found.root,
      checkpoints: found.checkpoints,
      anchored: found.anchored,
      against: found.anchors.map(({ file, size }) => ({ file, size, agrees: !disagrees(file, size) })),
      findings: problemsJson(found.findings, lang),
    },
    page: (page) => {
      if (found.intact) page.good(words.intact);
      else page.bad(words.broken);
      page.facts([
        [words.log, words.summary(grouped(found.size), shortDigest(found.root))],
        ...(found.intact ? [[words.checkpoints, words.own(found.checkpoints)] as const] : []),
        ...(found.anchors.length === 0
          ? []
          : [
              [
                words.against,
                ...found.anchors.map(({ file, size }) =>
                  (disagrees(file, size) ? words.anchorBroken : words.anchor)(file, grouped(size)),
                ),
              ] as const,
            ]),
      ]);
      drawProblems(page, found.findings, lang);
    },
    next:
      found.intact && found.anchors.length === 0
        ? [{ say: words.limits, command: `handover audit verify --against ${words.anchorFile}` }]
        : [],
    exit: first === undefined ? 0 : exitOf(first.code),
  };
};

/** `7f3a91…c21e08`: enough to compare by eye; the document of --json has all of it. */
function shortDigest(digest: string): string {
  return `${digest.slice(0, 8)}…${digest.slice(-8)}`;
}
