import { describe, expect, test } from 'vitest';
import { type Readable, readableOf, tierOf } from '../../src/incident/exposure.js';
import type { IncidentFacts } from '../../src/incident/facts.js';
import { BUNDLE, incident, SCOPE } from './sample.js';

const OWN = { who: 'own', name: '甲', kind: 'classic' } as const;
const BUYER = { who: 'buyer', name: '乙', kind: 'hybrid' } as const;
const clear = { recipients: [OWN], identity: 'unprotected' } as const;
const forBuyer = { recipients: [BUYER], identity: 'unprotected' } as const;
const forUs = { recipients: [OWN], identity: 'protected' } as const;

describe('what a finder could read', () => {
  test.each<[string, Partial<IncidentFacts>, Readable]>([
    ['a device with a passphrase', {}, 'with-passphrase'],
    ['a device without one', { sealing: { ...clear, recipients: [...clear.recipients] } }, 'everything'],
    [
      'a bundle for the buyer',
      { what: 'lost-bundle', bundle: BUNDLE, sealing: { ...forBuyer, recipients: [BUYER] } },
      'nothing',
    ],
    [
      'a bundle for us, lost',
      { what: 'lost-bundle', bundle: BUNDLE, sealing: { ...forUs, recipients: [OWN] } },
      'nothing',
    ],
    [
      'a bundle for us, and an intruder',
      { what: 'intrusion', bundle: BUNDLE, sealing: { ...forUs, recipients: [OWN] } },
      'with-passphrase',
    ],
    [
      'an intruder and no passphrase',
      { what: 'intrusion', sealing: { ...clear, recipients: [OWN] } },
      'everything',
    ],
    ['a passphrase alone', { what: 'lost-passphrase' }, 'with-device'],
    ['something else', { what: 'other' }, 'unknown'],
  ])('%s: %s', (_, facts, readable) => expect(readableOf(incident(facts).facts)).toBe(readable));
});

describe('tiers', () => {
  test.each([
    [249, false],
    [250, true],
  ])('%i records of tier 2', (records, reached) =>
    expect(tierOf(incident({ scope: { ...SCOPE, records } }).facts)).toEqual({ tier: 2, from: 250, reached }),
  );

  test('without fields there is none', () =>
    expect(tierOf(incident({ scope: { ...SCOPE, fields: [] } }).facts).tier).toBeNull());
});
