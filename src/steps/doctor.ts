import { existsSync } from 'node:fs';
import { versions } from 'node:process';
import { dayOf, type Instant } from '../base/time.js';
import { requireCurrent } from '../identity/card.js';
import { HandoverError } from '../messages/error.js';
import { CATALOGUE_DATE, isCatalogueOld } from '../policy/laws.js';
import { ownCard } from './card.js';
import { type House, IDENTITY_CLEAR } from './house.js';

/** What doctor looks at. */
export const DOCTOR_CHECKS = [
  'node',
  'identity',
  'card',
  'clock',
  'sync-folder',
  'unfinished',
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

/** Looks for what makes a workspace less safe than it should be. Opens no keys and no records. */
export function doctor(house: House): readonly DoctorFinding[] {
  const { dir, info, read } = house.workspace;
  const sync = SYNC_FOLDERS.exec(dir)?.[2] ?? '';
  const last = [...read.events(Math.max(0, read.eventCount() - 1))].at(-1);
  const unfinished = read.bundles().filter((bundle) => bundle.state === 'began').length;
  const finding = (check: DoctorCheck, isGood: boolean, detail = ''): DoctorFinding => ({
    check,
    state: isGood ? 'good' : 'warning',
    detail,
  });
  return [
    finding('node', true, versions.node),
    finding('identity', !existsSync(house.path('keys', IDENTITY_CLEAR))),
    finding('card', isCurrent(house), info.cardDigest.slice(0, 12)),
    finding('clock', last === undefined || last.time <= house.now, last?.time ?? ''),
    finding('sync-folder', sync === '', sync),
    finding('unfinished', unfinished === 0, String(unfinished)),
    lawsFinding(house.now),
  ];
}

/** Whether the catalogue of laws was gone through lately: also where there is no workspace. */
export function lawsFinding(now: Instant): DoctorFinding {
  const state = isCatalogueOld(dayOf(now)) ? 'warning' : 'good';
  return { check: 'laws', state, detail: CATALOGUE_DATE };
}

function isCurrent(house: House): boolean {
  try {
    requireCurrent(ownCard(house.workspace.info), house.now);
    return true;
  } catch (error) {
    if (error instanceof HandoverError) return false;
    throw error;
  }
}
