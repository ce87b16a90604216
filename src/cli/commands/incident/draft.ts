import { letterBlanks, type Letter, lineText } from '../../../incident/letter.js';
import type { Lang } from '../../../messages/lang.js';
import { incidentWords } from '../../../messages/screens/incident.js';
import { letterWords } from '../../../messages/screens/incident-letter.js';
import type { Screen } from '../../../report/screen.js';
import { draftIncident } from '../../../steps/incident/incident.js';
import { withSession } from '../../../steps/session/session.js';
import type { Run } from '../../context.js';

/** `handover incident draft`: the report to the authority, or the notice to the persons, for a human to complete and send. */
export const run: Run<'incident draft'> = async (context, { arguments: args, options }) => {
  const { lang } = context;
  const words = incidentWords[lang];
  const { md, html } = options;
  const [mdPath = null, htmlPath = null] = [md, html].map((file) =>
    file === undefined ? null : context.path(file),
  );
  const written = [mdPath, htmlPath].filter((path) => path !== null);
  const letter = await withSession(context.workspaceFolder(), context.runtime, (session) =>
    draftIncident(session, {
      id: args.incident,
      reader: options.for,
      md: mdPath,
      html: htmlPath,
      force: options.force,
    }),
  );
  const { marks } = letterWords[lang];
  const blanks = letterBlanks(letter);
  return {
    json: {
      for: options.for,
      files: [...written],
      blanks,
      title: letter.title,
      parts: letter.parts.map(({ heading, lines }) => ({
        heading,
        lines: lines.map((line) => lineText(line, marks)),
      })),
    },
    screen: (screen) => {
      if (written.length === 0) drawLetter(screen, letter, lang);
      for (const path of written) screen.good(words.draftWritten(context.shown(path)));
      screen.warn(words.draftBlanks(blanks));
    },
    next: [
      {
        say: words.nexts.tell,
        command:
          options.for === 'authority'
            ? `handover incident update ${args.incident} --told authority`
            : `handover incident update ${args.incident} --told persons --channel sms`,
      },
    ],
  };
};

function drawLetter(screen: Screen, letter: Letter, lang: Lang): void {
  const { marks } = letterWords[lang];
  screen.heading(letter.title).paragraph(letter.draft).gap();
  screen.paragraph(lineText(letter.salutation, marks)).paragraph(lineText(letter.opening, marks));
  for (const { heading, lines } of letter.parts) {
    screen.gap().heading(heading);
    for (const line of lines) screen.paragraph(lineText(line, marks));
  }
  screen.gap().paragraph(lineText(letter.closing, marks));
  for (const line of letter.signature) screen.paragraph(lineText(line, marks));
  screen.gap();
}
