import { readDate } from '../../base/time.js';
import { BASES } from '../../messages/bases.js';
import { fail } from '../../messages/error.js';
import type { ArchiveOrder, ImportInput } from '../../steps/import/input.js';
import type { CommandContext } from '../context.js';
import type { CommandInput } from '../shapes.js';

type ArchiveOptions = Pick<CommandInput<'import'>['options'], 'archive' | 'from'> &
  Partial<Pick<CommandInput<'import'>['options'], 'table' | 'as' | 'consents' | 'returned'>>;

/**
 * The statute of an archive and its first day; null for what is none.
 *
 * @throws HandoverError CLI_OPTION_MISSING, CLI_OPTIONS_CONFLICT, TIME_INVALID
 */
export function archiveOrder(
  { archive, from, table, as: relation, consents, returned = false }: ArchiveOptions,
  command: 'import' | 'source plan',
): ArchiveOrder | null {
  if (archive === undefined) {
    if (from !== undefined) fail({ code: 'CLI_OPTION_MISSING', option: '--archive', command });
    return null;
  }
  // An archive is no table of the list, has no relation to it, and holds no consents.
  const others = { '--table': table, '--as': relation, '--consents': consents };
  for (const [other, given] of Object.entries(others))
    if (given !== undefined) fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--archive', other });
  if (returned) fail({ code: 'CLI_OPTIONS_CONFLICT', option: '--archive', other: '--returned' });
  if (from === undefined) return fail({ code: 'CLI_OPTION_MISSING', option: '--from', command });
  const since = readDate(from) ?? fail({ code: 'TIME_INVALID', document: '--from' });
  const basis = BASES.find((id) => id === archive);
  return basis === undefined ? null : { basis, since };
}

/** The options that say how one file is read. */
export function ownOptions(
  context: CommandContext,
  {
    encoding,
    sheet,
    dateOrder,
    skipColumn,
    mapping,
    rejects,
  }: Pick<CommandInput<'import'>['options'], 'encoding' | 'dateOrder' | 'skipColumn' | 'mapping'> &
    Partial<Pick<CommandInput<'import'>['options'], 'sheet' | 'rejects'>>,
): Pick<ImportInput, 'mapping' | 'rejects'> &
  Partial<Pick<ImportInput, 'encoding' | 'sheet' | 'dateOrder' | 'skipColumns'>> {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    skipColumns: skipColumn,
    mapping: mapping === undefined ? null : context.path(mapping),
    rejects: rejects === undefined ? null : context.path(rejects),
  };
}
