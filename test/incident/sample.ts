import type { Sha256 } from '../../src/base/crypto.js';
import type { Instant } from '../../src/base/time.js';
import type { Incident, IncidentFacts, IncidentScope, NoteFacts } from '../../src/incident/facts.js';

export const at = (text: string): Instant => text as Instant;

const DIGEST = 'ab'.repeat(32) as Sha256;

export const SCOPE: IncidentScope = {
  records: 300,
  persons: 300,
  exact: true,
  datasets: ['d'],
  fields: [
    { name: 'name', class: 'general', tier: 3 },
    { name: 'mobile', class: 'contact', tier: 3 },
    { name: 'address', class: 'address', tier: 2 },
  ],
  minors: 'no-field',
};

export const BUNDLE: NonNullable<IncidentFacts['bundle']> = {
  id: 'b',
  number: 1,
  direction: 'out',
  deal: DIGEST,
  tagRoot: DIGEST,
};

/** A lost laptop with a protected identity, discovered at 23:30 in Shanghai. */
export function incident(
  facts: Partial<IncidentFacts> = {},
  ...notes: readonly (NoteFacts & { readonly time?: Instant })[]
): Incident {
  return {
    facts: {
      what: 'lost-device',
      suspected: false,
      discovered: at('2026-11-20T15:30:00Z'),
      summary: '前台电脑在搬运途中遗失',
      grade: null,
      gdpr: false,
      bundle: null,
      scope: SCOPE,
      sealing: {
        recipients: [{ who: 'own', name: '上海甲家政服务有限公司', kind: 'hybrid' }],
        identity: 'protected',
      },
      files: [],
      openedBy: '李店长',
      ...facts,
    },
    notes: notes.map((note) => ({ time: at('2026-11-20T16:00:00Z'), person: '李店长', ...note })),
  };
}

/** Somebody was told. */
export function told(
  whom: NonNullable<NoteFacts['told']>['whom'],
  when: string,
  channel?: NonNullable<NoteFacts['told']>['channel'],
): NoteFacts {
  return { told: { whom, at: at(when), ...(channel === undefined ? {} : { channel }) } };
}
