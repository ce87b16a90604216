import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { failUnmapped, type GivenMapping } from '../../dataset/mapping.js';
import { draftMapping, type DraftedMapping, type MappingBasis } from '../../dataset/mapping-draft.js';
import { digestOfMapping, isMappingOf, readMapping, writeMapping } from '../../dataset/mapping-file.js';
import { type Profile, profileOfKind } from '../../dataset/profile.js';
import type { Sha256 } from '../../base/crypto.js';
import { HandoverError } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { importFileWords } from '../../messages/import-files.js';
import { openWhole, readLimited, type WholeFile } from '../../store/files.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { sweepLeftoversOf } from '../../store/drafts.js';
import type { Session } from '../session/session.js';
import type { AskColumn, ChosenMapping, ImportInput } from './input.js';
import { besideAs, type SourceFile } from './source-file.js';

/** What columns a file of this kind has. */
export function profileOf({ kind }: Pick<ImportInput, 'kind'>): Profile {
  return profileOfKind(kind);
}

/**
 * The mapping that a file gives: the one named, or the one that an earlier import left beside the source. Else that of the last file with the
 * same columns, if somebody had decided it; else synonyms. What is missing is asked where somebody can be asked, and else drafted for
 * somebody to fill in.
 *
 * @throws HandoverError MAPPING_…, CSV_HEADER_MISSING
 */
export async function chooseMapping(
  session: Session,
  source: SourceFile,
  input: ImportInput,
): Promise<ChosenMapping> {
  const { lang } = session.runtime;
  // A killed import may have left a second name of the file that it made.
  if (!input.dryRun) sweepLeftoversOf(besideAs(source.path, input.kind, lang, 'mapping'));
  const found = findMapping({ lang, known: session.workspace.read.datasets() }, source, input);
  const { profile, basis, path, used, said, like } = found;
  let { drafted } = found;
  if (drafted.missing.length > 0 && !used && input.askColumn)
    drafted = await asked(profile, basis, drafted, input.askColumn);
  if (drafted.missing.length > 0) return failWithDraft(session, input, drafted, used, path);
  return { mapping: drafted.mapping, path, used, said, like };
}

/** What decides a mapping beside the file. */
interface MappingAround {
  readonly lang: Lang;
  /** What was imported before. */
  readonly known: readonly Dataset[];
}

interface FoundMapping extends Omit<ChosenMapping, 'mapping'> {
  readonly drafted: DraftedMapping;
  readonly profile: Profile;
  readonly basis: MappingBasis;
}

/** The mapping of a file as far as it is known without asking anybody. @throws HandoverError MAPPING_…, CSV_HEADER_MISSING */
export function findMapping(
  { lang, known }: MappingAround,
  source: SourceFile,
  input: Pick<ImportInput, 'kind' | 'mapping' | 'skipColumns'>,
): FoundMapping {
  const profile = profileOf(input);
  const path = input.mapping ?? besideAs(source.path, input.kind, lang, 'mapping');
  const used = input.mapping !== null || existsSync(path);
  const basis = { ...source.opening, skip: input.skipColumns ?? [] };
  const recalled = used ? null : recall(known, profile, basis);
  const given = used ? readMapping(profile, textOf(path)) : recalled?.given;
  const drafted = draftMapping(profile, basis, given);
  const said = used && given !== undefined ? digestOfMapping(given) : null;
  return { drafted, profile, basis, path, used, said, like: recalled?.file ?? null };
}

const MAPPING_LIMIT = 1 << 20;

function textOf(path: string): string {
  return Buffer.from(readLimited(path, MAPPING_LIMIT, basename(path))).toString('utf8');
}

/** The mapping of the last file with the same columns, where it says something else than the headers do. */
function recall(
  datasets: readonly Dataset[],
  profile: Profile,
  basis: MappingBasis,
): { readonly given: GivenMapping; readonly file: string } | null {
  const known = datasets.filter(
    ({ kind, content, state }) => kind === profile.id && content === 'cells' && state === 'kept',
  );
  const proposed = writeMapping(draftMapping(profile, basis).mapping);
  for (const { mapping, file } of known.reverse()) {
    const given = readMapping(profile, mapping);
    if (!isMappingOf(given, basis.header)) continue;
    return mapping === proposed ? null : { given, file };
  }
  return null;
}

/** What is asked for besides, where no heading of a customer list is known. */
const OF_A_LIST: readonly string[] = ['name', 'mobile', 'address', 'consent_status'];

/** Asks which columns the missing fields are. */
async function asked(
  profile: Profile,
  basis: MappingBasis,
  first: DraftedMapping,
  ask: AskColumn,
): Promise<DraftedMapping> {
  let { mapping } = first;
  const isNothingKnown = mapping.columns.every(({ field }) => field === null);
  // Of a header of which nothing is known, a number alone makes no list: what else there is has to be said as well.
  const further = profile.id === 'customers' && isNothingKnown ? OF_A_LIST : [];
  for (const field of [...first.missing, ...further]) {
    const columns = mapping.columns.filter((column) => column.field === null && column.header.trim() !== '');
    if (columns.length === 0) break;
    const number = await ask({
      field,
      columns: columns.map(({ index, shown }) => ({
        number: index + 1,
        shown,
        isLikely: first.missing.includes(field) && first.candidates.includes(index),
      })),
      mayLack: profile.id === 'customers',
    });
    if (number === null && profile.id !== 'customers') return first;
    mapping = {
      ...mapping,
      columns: mapping.columns.map((column) => (column.index + 1 === number ? { ...column, field } : column)),
    };
  }
  return draftMapping(profile, basis, readMapping(profile, writeMapping(mapping)));
}

/** Leaves a mapping to be filled in beside the file. A header of which nothing is known may be a customer, and is not written down. */
async function failWithDraft(
  session: Session,
  input: ImportInput,
  { mapping, missing, candidates }: DraftedMapping,
  used: boolean,
  path: string,
): Promise<never> {
  const { lang } = session.runtime;
  const isKnown = mapping.columns.some(({ field }) => field !== null);
  if (used) return failUnmapped(mapping, missing, basename(path));
  if (input.dryRun || !isKnown) return failUnmapped(mapping, missing, '');
  const words = importFileWords[lang];
  const labels = mapping.profile.fields.map((field) => ({ name: field.name, label: field[lang] }));
  const comments = [
    ...words.draftComments(
      labels.filter(({ name }) => missing.includes(name)),
      candidates.length > 0,
    ),
    words.fields,
    ...labels.map(words.fieldLabel),
  ];
  await writeFile(path, writeMapping(mapping, comments, candidates));
  return failUnmapped(mapping, missing, basename(path));
}

/** Writes down the mapping by which a file was read, to be edited. */
export function writeMappingFile(chosen: ChosenMapping, session: Session): Promise<WholeFile> {
  return writeFile(chosen.path, textToEdit(chosen, session));
}

/**
 * Whether the mapping file still says what a file was read by. Where none was used, it may be the one that {@link writeMappingFile} writes, which a
 * run has left that was killed before its import counted; null where there is none, as then.
 */
export function isMappingThere(chosen: ChosenMapping, session: Session): boolean | null {
  const isFile = existsSync(chosen.path);
  if (chosen.said === null) return isFile ? textOf(chosen.path) === textToEdit(chosen, session) : null;
  return isFile && digestSaid(chosen) === chosen.said;
}

/** Of what the mapping file says now; null where nobody could import by it. */
function digestSaid({ path, mapping }: ChosenMapping): Sha256 | null {
  try {
    return digestOfMapping(readMapping(mapping.profile, textOf(path)));
  } catch (error) {
    if (error instanceof HandoverError) return null;
    throw error;
  }
}

function textToEdit({ mapping }: ChosenMapping, { runtime }: Session): string {
  return writeMapping(mapping, importFileWords[runtime.lang].mappingComments);
}

async function writeFile(path: string, text: string): Promise<WholeFile> {
  const file = await openWhole(path);
  try {
    await file.write(Buffer.from(text, 'utf8'));
    await file.commit();
    return file;
  } finally {
    await file.abandon();
  }
}
