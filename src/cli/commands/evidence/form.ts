import type { PointAnswer } from '../../../audit/self-audit.js';
import { personsOf } from '../../../audit/self-audit-facts.js';
import type { Json } from '../../../base/json.js';
import { fieldOf } from '../../../dataset/fields.js';
import type { Lang } from '../../../messages/lang.js';
import { formWords } from '../../../messages/screens/form.js';
import { pointWords, remarkText } from '../../../messages/self-audit.js';
import { grouped } from '../../../report/numbers.js';
import { FORM_FILES, findingCounts } from '../../../report/self-audit.js';
import { makeForm } from '../../../steps/evidence/form.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover audit form`: the self-audit form for small handlers, filled in as far as log and store go. */
export const run: Run<'audit form'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = formWords[lang];
  const files = FORM_FILES.flatMap((file) => {
    const path = options[file];
    return path === undefined ? [] : [{ file, path: context.path(path) }];
  });
  const done = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    makeForm(session, { lang, files, force: options.force, dryRun }),
  );
  const { form } = done;
  const counts = findingCounts(form.answers);
  return {
    json: {
      handler: { ...form.handler },
      persons: personsOf(form.facts),
      persons_by_source: form.facts.persons.map((group) => ({ ...group })),
      log: { events: form.facts.log.events, intact: form.facts.log.isIntact, root: form.root },
      findings: { ...counts },
      points: form.answers.map((answer) => pointJson(answer, lang)),
      files: done.files.map((file) => ({ ...file })),
    },
    screen: (screen) => {
      for (const { path } of done.files)
        screen.good((dryRun ? words.would : words.written)(context.shown(path)));
      screen.heading(words.summary);
      screen.say(words.counts(counts.evidence, counts.fault, counts.none, counts['not-applicable']));
      screen.facts([[words.persons, words.sum(grouped(personsOf(form.facts)))]]);
      screen.gap();
      screen.table(
        [
          { title: words.columns.number, right: true },
          { title: words.proposal },
          { title: words.columns.point },
        ],
        form.answers.map(({ number, finding }) => [
          String(number),
          words.findings[finding],
          pointWords[lang][number - 1]?.title ?? '',
        ]),
      );
      for (const { number, evidence } of form.answers)
        for (const { remark, weight } of evidence)
          if (weight === 'against') screen.warn(`${number}  ${remarkText(remark, lang, nameIn(lang))}`);
      screen.gap().say(words.person);
    },
    next:
      done.files.length > 0 && !dryRun
        ? [{ say: words.pack, command: 'handover audit pack --with-form' }]
        : [{ say: words.make, command: `handover audit form --html ${words.example}` }],
  };
};

function nameIn(lang: Lang): (field: string) => string {
  return (field) => fieldOf(field)?.[lang] ?? field;
}

function pointJson({ number, laws, finding, tick, evidence }: PointAnswer, lang: Lang): Json {
  return {
    number,
    title: pointWords[lang][number - 1]?.title ?? '',
    laws: [...laws],
    finding,
    tick,
    evidence: evidence.map(({ remark, weight, events, documents, look }) => ({
      code: remark.code,
      text: remarkText(remark, lang, nameIn(lang)),
      weight,
      events: [...events],
      documents: [...documents],
      look,
    })),
  };
}
