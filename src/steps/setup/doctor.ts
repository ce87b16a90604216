import { existsSync } from 'node:fs';
import { dayOf, type Instant } from '../../base/time.js';
import { requireCurrent } from '../../identity/card.js';
import { HandoverError } from '../../messages/error.js';
import { CATALOGUE_DATE, isCatalogueOld } from '../../policy/laws.js';
import { IDENTITY_CLEAR } from '../../store/identity-file.js';
import { mediumOf } from '../../store/medium.js';
import { isWindows } from '../../store/platform.js';
import { openBytes } from '../../store/sealed-pages.js';
import { ownCard } from '../session/cards.js';
import { viewClock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { checkOwnLog } from '../session/own-log.js';
import { unusedDataKeys } from '../session/unused-keys.js';
import { type DoctorCheck, type DoctorFinding, tryInstallation } from './installation.js';

export type { DoctorCheck, DoctorFinding } from './installation.js';

/**
 * Tries the installation, verifies the log, and looks for what makes a workspace less safe than it should be.
 *
 * @param withKeys whether the data keys and the records are looked at as well, which asks for the passphrase; where there is none they are always
 */
export async function doctor(session: Session, withKeys: boolean): Promise<readonly DoctorFinding[]> {
  const { dir, info, read } = session.workspace;
  const sync = mediumOf(dir).services.join(' ');
  const clock = viewClock(session);
  const isClear = existsSync(session.path('keys', IDENTITY_CLEAR));
  const drafts = session.workspace.draftsLeft;
  const unfinished = read.bundles().filter((bundle) => bundle.state === 'began').length;
  const finding = (check: DoctorCheck, isGood: boolean, detail = ''): DoctorFinding => ({
    check,
    state: isGood ? 'good' : 'warning',
    detail,
  });
  const log = logFinding(session);
  return [
    ...(await tryInstallation(session.runtime.random)),
    log,
    await recordsFinding(session, (withKeys || isClear) && log.state !== 'alarm'),
    finding('identity', !isClear),
    finding('card', isCurrent(session), info.cardDigest.slice(0, 12)),
    finding('clock', clock.state !== 'behind', clock.known ?? ''),
    finding('clock-leap', clock.state !== 'ahead', String(clock.days)),
    finding('sync-folder', sync === '', sync),
    accessFinding(),
    finding('unfinished', unfinished === 0, String(unfinished)),
    finding('drafts', drafts.length === 0, drafts.join(' ')),
    ...((withKeys || isClear) && log.state !== 'alarm' ? [await keysFinding(session)] : []),
    lawsFinding(session.now),
  ];
}

/** Whether the catalogue of laws was gone through lately: also where there is no workspace. */
export function lawsFinding(now: Instant): DoctorFinding {
  const state = isCatalogueOld(dayOf(now)) ? 'warning' : 'good';
  return { check: 'laws', state, detail: CATALOGUE_DATE };
}

/** Who may read the folder. Modes were looked at when it was opened; the access lists of Windows are nothing that this program reads. */
export function accessFinding(): DoctorFinding {
  return isWindows()
    ? { check: 'access', state: 'note', detail: '' }
    : { check: 'access', state: 'good', detail: '' };
}

/** The log against all that was signed of it in this workspace. */
function logFinding(session: Session): DoctorFinding {
  const { findings, size } = checkOwnLog(session.workspace);
  const alarm = findings.find(({ code }) => code !== 'LOG_TIME');
  return { check: 'log', state: alarm === undefined ? 'good' : 'alarm', detail: alarm?.code ?? String(size) };
}

/**
 * Opens every page with the records of somebody: one that was changed, moved, or put back from before a correction does not open.
 *
 * @param withKeys whether the keys are at hand; without them nobody can tell
 */
async function recordsFinding(session: Session, withKeys: boolean): Promise<DoctorFinding> {
  const { read } = session.workspace;
  if (!withKeys) return { check: 'records', state: 'note', detail: '' };
  const { vault } = await session.keys();
  const pages = { opened: 0, damaged: 0 };
  for (const { id, keyId } of read.datasets().filter(({ state }) => state === 'kept')) {
    for (const { number, sealed, tags } of read.pages(id)) {
      session.runtime.signal.throwIfAborted();
      if (opens(() => openBytes(sealed, { dataset: id, number, tags }, vault.get(keyId)))) pages.opened++;
      else pages.damaged++;
    }
  }
  return pages.damaged === 0
    ? { check: 'records', state: 'good', detail: String(pages.opened) }
    : { check: 'records', state: 'alarm', detail: String(pages.damaged) };
}

function opens(open: () => Uint8Array): boolean {
  try {
    open();
    return true;
  } catch (error) {
    if (error instanceof HandoverError) return false;
    throw error;
  }
}

async function keysFinding(session: Session): Promise<DoctorFinding> {
  const { vault } = await session.keys();
  const unused = unusedDataKeys(session, vault);
  return { check: 'keys', state: unused.length === 0 ? 'good' : 'warning', detail: unused.join(' ') };
}

function isCurrent(session: Session): boolean {
  try {
    requireCurrent(ownCard(session.workspace.info), session.now);
    return true;
  } catch (error) {
    if (error instanceof HandoverError) return false;
    throw error;
  }
}
