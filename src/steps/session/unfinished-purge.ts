import { fail } from '../../messages/error.js';
import type { House } from './house.js';

/** The purge that was interrupted, if there is one: what it ends must not be worked with, nor be joined by something new, before it is done. */
function unfinishedPurge(house: House): string | null {
  const purge = house.workspace.read.purges().find(({ state }) => state === 'began' || state === 'erased');
  return purge?.id ?? null;
}

/** @throws HandoverError PURGE_UNFINISHED */
export function requireNoPurge(house: House): void {
  const purge = unfinishedPurge(house);
  if (purge !== null) fail({ code: 'PURGE_UNFINISHED', purge });
}
