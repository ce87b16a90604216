import { existsSync } from 'node:fs';
import { versions } from 'node:process';
import { dayOf, type Instant } from '../../base/time.js';
import { requireCurrent } from '../../identity/card.js';
import { HandoverError } from '../../messages/error.js';
import { CATALOGUE_DATE, isCatalogueOld } from '../../policy/laws.js';
import { IDENTITY_CLEAR } from '../../store/identity-file.js';
import { ownCard } from '../session/cards.js';
import { viewClock } from '../session/clock.js';
import type { Session } from '../session/session.js';
import { unusedDataKeys } from '../session/unused-keys.js';

/** What doctor looks at. */
const DOCTOR_CHECKS = [
  'node',
  'identity',
  'card',
  'clock',
  'clock-leap',
  'sync-folder',
  'unfinished',
  'keys',
  'laws',
] as const;
export type DoctorCheck = (typeof DOCTOR_CHECKS)[number];

export interface DoctorFinding {
  readonly check: DoctorCheck;
  readonly state: 'good' | 'warning';
  /** Version, folder name or count that belongs to the finding; '' without one. */
  readonly detail: string;
}

/** Folders that copy what is in them to somebody else's computer, by the names that their programs give them. */
const SYNC_FOLDERS =
  /(^|[/\\])(OneDrive[^/\\]*|Dropbox|iCloud ?Drive|Mobile Documents|坚果云|我的坚果云|百度网盘[^/\\]*|BaiduSyncdisk|WPS ?云盘|WPSDrive|腾讯微云|Nutstore[^/\\]*|Google ?Drive|pCloud[^/\\]*|Syncthing)([/\\]|$)/i;

/**
 * Looks for what makes a workspace less safe than it should be. Opens no records.
 *
 * @param withKeys whether the data keys are looked at as well, which asks for the passphrase; where there is none they are always
 */
export async function doctor(session: Session, withKeys: boolean): Promise<readonly DoctorFinding[]> {
  const { dir, info, read } = session.workspace;
  const sync = SYNC_FOLDERS.exec(dir)?.[2] ?? '';
  const clock = viewClock(session);
  const isClear = existsSync(session.path('keys', IDENTITY_CLEAR));
  const unfinished = read.bundles().filter((bundle) => bundle.state === 'began').length;
  const finding = (check: DoctorCheck, isGood: boolean, detail = ''): DoctorFinding => ({
    check,
    state: isGood ? 'good' : 'warning',
    detail,
  });
  return [
    finding('node', true, versions.node),
    finding('identity', !isClear),
    finding('card', isCurrent(session), info.cardDigest.slice(0, 12)),
    finding('clock', clock.state !== 'behind', clock.known ?? ''),
    finding('clock-leap', clock.state !== 'ahead', String(clock.days)),
    finding('sync-folder', sync === '', sync),
    finding('unfinished', unfinished === 0, String(unfinished)),
    ...(withKeys || isClear ? [await keysFinding(session)] : []),
    lawsFinding(session.now),
  ];
}

/** Whether the catalogue of laws was gone through lately: also where there is no workspace. */
export function lawsFinding(now: Instant): DoctorFinding {
  const state = isCatalogueOld(dayOf(now)) ? 'warning' : 'good';
  return { check: 'laws', state, detail: CATALOGUE_DATE };
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
