import { fieldOf } from '../../../dataset/fields.js';
import { previewWords } from '../../../messages/screens/preview.js';
import { reviewScope, type ScopeRow } from '../../../policy/scope.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { type FilePreview, previewFile } from '../../../steps/import/preview.js';
import { type Session, withSession } from '../../../steps/session/session.js';
import { findWorkspace } from '../../../store/find-workspace.js';
import { writeWhole } from '../../../store/whole-file.js';
import type { CommandContext, Run } from '../../context.js';
import type { CommandInput } from '../../shapes.js';
import { drawPreview, previewHtml, previewJson } from '../../show/preview.js';

/** `handover profile`: what is in a file, before anything of it is stored. Needs no workspace; in one, the deal says what leaves. */
export const run: Run<'profile'> = async (context, { arguments: args, options }) => {
  const { lang } = context;
  const words = previewWords[lang];
  const folder = context.workspace ?? findWorkspace(context.path('.'));
  const look = (session: Session | null) => preview(context, args.file, options, session);
  const { found, scope } =
    folder === null ? await look(null) : await withSession(folder, context.runtime, look);
  const { html, force } = options;
  const path = html === undefined ? null : context.path(html);
  const written = path === null ? null : await writeWhole(path, previewHtml(found, scope, lang), { force });
  return {
    json: {
      profile: previewJson(found, scope),
      page: path === null || written === null ? null : { path, ...written },
    },
    screen: (screen) => {
      if (path === null) drawPreview(screen, found, scope, lang);
      else screen.good(words.written(context.shown(path))).under(words.maskedOnly);
    },
    next: [
      ...(path === null
        ? [
            {
              say: words.lookAt,
              command: `handover profile ${context.typed(context.path(args.file))} --html profile.html`,
            },
          ]
        : []),
      ...(found.missing.length > 0
        ? []
        : [
            {
              say: words.importIt,
              command: `handover import ${options.consents ? '--consents ' : ''}${context.typed(context.path(args.file))}`,
            },
          ]),
    ],
  };
};

async function preview(
  context: CommandContext,
  file: string,
  options: CommandInput<'profile'>['options'],
  session: Session | null,
): Promise<{ readonly found: FilePreview; readonly scope: readonly ScopeRow[] | null }> {
  const { encoding, sheet, dateOrder, skipColumn, mapping, consents, deal } = options;
  const { now, random, lang, progress, signal } = context.runtime;
  const known = session?.workspace.read.datasets() ?? [];
  const found = await previewFile(
    { now, random, lang, progress, signal, known },
    {
      path: context.path(file),
      kind: consents ? 'consents' : 'customers',
      ...(encoding === undefined ? {} : { encoding }),
      ...(sheet === undefined ? {} : { sheet }),
      ...(dateOrder === undefined ? {} : { dateOrder }),
      mapping: mapping === undefined ? null : context.path(mapping),
      skipColumns: skipColumn,
    },
  );
  const isDeal = session !== null && (deal !== undefined || session.workspace.read.deals().length > 0);
  if (!isDeal || consents) return { found, scope: null };
  const fields = found.columns.flatMap(({ field }) => (field === null ? [] : (fieldOf(field)?.name ?? [])));
  return { found, scope: reviewScope(findDeal(session, deal ?? null), fields).rows };
}
