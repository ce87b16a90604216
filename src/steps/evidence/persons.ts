import { SMALL_HANDLER_LIMIT } from '../../audit/self-audit.js';
import type { AbroadState } from '../../messages/screens/persons-count.js';
import { fail } from '../../messages/error.js';
import { personsIn } from '../session/list.js';
import { saidPersons, type SaidPersons } from '../session/person-counts.js';
import type { Session } from '../session/session.js';

/** From so many persons on whose data go abroad in a year, other ways are needed (XB-7, XB-8). One sensitive record is enough for the first. */
const ABROAD = { filing: 100_000, assessment: 1_000_000, sensitive: 10_000 } as const;

/** What the counts come to: the small handler of SPI-2, and the thresholds of what goes abroad (XB-7, XB-8). */
export interface PersonTotals {
  /** Distinct persons in this workspace. */
  readonly here: number;
  readonly said: SaidPersons | null;
  /** Both together; null while nobody has said how many there are besides. */
  readonly total: number | null;
  readonly small: boolean | null;
  readonly abroad: AbroadState | null;
}

/** Counts the persons of this workspace and adds what was said of others. Opens no keys. */
export function personTotals(session: Session): PersonTotals {
  const { read } = session.workspace;
  const here = personsIn(
    read,
    read.datasets().filter(({ state }) => state === 'kept'),
  );
  const said = saidPersons(read);
  const total = said === null ? null : here + said.persons;
  return {
    here,
    said,
    total,
    small: total === null ? null : total < SMALL_HANDLER_LIMIT,
    abroad: said === null ? null : abroadOf(said),
  };
}

function abroadOf({ abroad, abroadSensitive }: SaidPersons): PersonTotals['abroad'] {
  if (abroad === 0) return 'none';
  if (abroad >= ABROAD.assessment || abroadSensitive >= ABROAD.sensitive) return 'assessment';
  return abroad >= ABROAD.filing || abroadSensitive > 0 ? 'filing' : 'exempt';
}

/**
 * Notes how many persons the firm handles besides those of this workspace: what the buyer had before, who is in other systems and on
 * paper. This tool carries nothing abroad, so what went is the firm's own word as well.
 *
 * @throws HandoverError HOUSE_NOTHING
 */
export async function noteOtherPersons(
  session: Session,
  input: {
    readonly persons: number;
    readonly abroad: number;
    readonly abroadSensitive: number;
    readonly dryRun: boolean;
  },
): Promise<PersonTotals> {
  const { dryRun, ...details } = input;
  if (input.abroadSensitive > input.abroad) fail({ code: 'HOUSE_NOTHING' });
  if (!dryRun) {
    await session.keys();
    session.record({ action: 'persons-counted', objects: {}, details }, () => undefined);
  }
  return personTotals(session);
}
