import type { Duration } from '../base/time.js';
import type { DealKind } from '../messages/deal-kinds.js';
import type { Duty, KindRule, PolicyPack, Route } from './rules.js';

/*
 * The rules as data, one pack for each place whose rules differ. A version is never changed once it is published: deals are signed over it.
 */

/** Each customer must be asked. Also the rule for a kind of deal that a pack does not name. */
export const ASKED: KindRule = {
  bundle: true,
  consent: 'separate',
  notice: 'before-consent',
  contract: true,
  laws: ['PIPL-23', 'PIPL-14', 'NDSR-62-7', 'CC-551', 'CC-555'],
};

/** Rights and duties pass by law (CC-67): what was prepaid goes along. */
const SUCCESSION: KindRule = {
  bundle: true,
  consent: 'none',
  notice: 'delivered',
  contract: false,
  laws: ['PIPL-22', 'NDSR-14', 'CC-67'],
};

/** Data may follow on notice, but a contract changes hands only by agreement of the customer. */
const TAKING_OVER: KindRule = {
  ...SUCCESSION,
  contract: true,
  laws: ['PIPL-22', 'NDSR-14', 'CC-551', 'CC-555'],
};

/** The national rules of mainland China, as catalogued in law.md in September 2026. */
const CN_PIPL_09: PolicyPack = {
  id: 'cn-pipl',
  version: '2026-09',
  kinds: {
    'asset-sale': ASKED,
    merger: { ...SUCCESSION, laws: [...SUCCESSION.laws, 'CL-220'] },
    division: { ...SUCCESSION, laws: [...SUCCESSION.laws, 'CL-222'] },
    dissolution: TAKING_OVER,
    bankruptcy: TAKING_OVER,
    'operator-change': { ...ASKED, withOpinion: 'dissolution', laws: ['SOHO-13', ...ASKED.laws] },
    equity: { bundle: false, consent: 'none', notice: 'none', contract: false, laws: ['PIPL-17'] },
  } satisfies Partial<Record<DealKind, KindRule>>,
  guardianUnder: 'P14Y' as Duration,
  guardianLaws: ['PIPL-28', 'PIPL-31'],
  contractUnder: 'P18Y' as Duration,
  silentMethods: ['default', 'pre-ticked', 'no-response'],
  recordedMethods: ['verbal'],
};

const days = (count: number): Duration => `P${count}D` as Duration;

/** What the national rules ask for besides, around the day on which the deal takes effect. */
const NATIONAL: readonly Duty[] = [
  { what: 'premises', law: 'CPR-21', who: 'seller', anchor: 'effective', side: 'before', within: days(30) },
  {
    what: 'creditors',
    law: 'CL-220',
    who: 'seller',
    anchor: 'resolution',
    side: 'after',
    within: days(10),
    kinds: ['merger'],
  },
  {
    what: 'creditors',
    law: 'CL-222',
    who: 'seller',
    anchor: 'resolution',
    side: 'after',
    within: days(10),
    kinds: ['division'],
  },
  {
    what: 'liquidation-group',
    law: 'CL-232',
    who: 'seller',
    anchor: 'resolution',
    side: 'after',
    within: days(15),
    kinds: ['dissolution'],
  },
  {
    what: 'creditors',
    law: 'CL-235',
    who: 'seller',
    anchor: 'resolution',
    side: 'after',
    within: days(10),
    kinds: ['dissolution'],
  },
  { what: 'refund', law: 'INFR-10', who: 'both', anchor: 'demand', side: 'after', within: days(15) },
  { what: 'cooling-off', law: 'SPC-PP-14', who: 'seller', anchor: 'payment', side: 'after', within: days(7) },
  {
    what: 'supervision',
    law: 'NDSR-12',
    who: 'seller',
    anchor: 'effective',
    side: 'after',
    within: days(30),
  },
  {
    what: 'supervision',
    law: 'NDSR-12',
    who: 'seller',
    anchor: 'effective',
    side: 'after',
    within: days(90),
  },
  {
    what: 'registration',
    law: 'REG-24',
    who: 'both',
    anchor: 'registration',
    side: 'after',
    within: days(30),
  },
];

/** A file that names no delivery proves none, and an identity number is sensitive: what is not settled is taken strictly. */
const CN_PIPL: PolicyPack = {
  ...CN_PIPL_09,
  version: '2026-11',
  delivery: 'each',
  profile: 'gbt35273',
  duties: NATIONAL,
};

/** The same by the later standard: an identity number alone is not sensitive, a picture of the document is. */
const CN_PIPL_45574: PolicyPack = { ...CN_PIPL, id: 'cn-pipl-45574', profile: 'gbt45574' };

const province = (id: string, ...duties: readonly Duty[]): PolicyPack => ({
  ...CN_PIPL,
  id,
  duties: [...NATIONAL, ...duties],
});

const SHANGHAI = province(
  'cn-sh',
  { what: 'holders', law: 'SH-PP-17', who: 'seller', anchor: 'effective', side: 'before', within: days(30) },
  { what: 'platform', law: 'SH-HS-19', who: 'both', anchor: 'registration', side: 'after', within: days(15) },
);

const BEIJING = province(
  'cn-bj',
  {
    what: 'cooling-off-refund',
    law: 'BJ-PP-16',
    who: 'both',
    anchor: 'demand',
    side: 'after',
    within: days(5),
  },
  { what: 'refund', law: 'BJ-PP-17', who: 'both', anchor: 'demand', side: 'after', within: days(15) },
);

const ZHEJIANG = province(
  'cn-zj',
  { what: 'holders', law: 'ZJ-CON-11', who: 'seller', anchor: 'effective', side: 'before', within: days(30) },
  { what: 'refund', law: 'ZJ-CON-11', who: 'both', anchor: 'demand', side: 'after', within: days(5) },
);

const SHANDONG = province('cn-sd', {
  what: 'holders',
  law: 'SD-CON-30',
  who: 'seller',
  anchor: 'effective',
  side: 'before',
  within: days(30),
});

/** An agency may serve nobody whose identity it has not verified: each party for itself, so it eases no consent to the handover. */
const GUANGDONG = province('cn-gd', {
  what: 'identity',
  law: 'GD-11',
  who: 'buyer',
  anchor: 'service',
  side: 'before',
  within: days(0),
});

/**
 * Customers in the European Union beside those at home: never less than the national rules, and besides them sixteen as the age of consent
 * (GDPR-8), the buyer's notice within a month (GDPR-14) and an answer within a month (GDPR-12). Its clauses are from memory.
 */
const EU_GDPR: PolicyPack = {
  ...CN_PIPL,
  id: 'eu-gdpr',
  kinds: Object.fromEntries(
    Object.entries(CN_PIPL.kinds).map(([kind, rule]) => [
      kind,
      { ...rule, laws: [...rule.laws, 'GDPR-6', 'GDPR-7', 'GDPR-9', 'GDPR-13', 'GDPR-21'] },
    ]),
  ),
  guardianUnder: 'P16Y' as Duration,
  guardianLaws: [...CN_PIPL.guardianLaws, 'GDPR-8'],
  duties: [
    ...NATIONAL,
    {
      what: 'buyer-notice',
      law: 'GDPR-14',
      who: 'buyer',
      anchor: 'effective',
      side: 'after',
      within: 'P1M' as Duration,
    },
    {
      what: 'answer',
      law: 'GDPR-12',
      who: 'both',
      anchor: 'demand',
      side: 'after',
      within: 'P1M' as Duration,
    },
  ],
};

/** What the buyer needs to perform a contract that runs: whom to serve, where, what was agreed, what is owed. Nothing of it is sensitive. */
const CONTRACT_FIELDS: readonly string[] = [
  'customer_no',
  'name',
  'mobile',
  'landline',
  'address',
  'service',
  'frequency',
  'schedule',
  'contract_no',
  'contract_signed',
  'contract_ends',
  'contract_status',
  'card_type',
  'prepaid_balance',
  'prepaid_bonus',
  'remaining_sessions',
  'marketing_opt_out',
];

/** A deal may name it where each customer has to be asked; by itself it opens nothing. */
const ROUTES: readonly Route[] = [
  {
    basis: 'contract',
    kinds: ['asset-sale', 'operator-change'],
    fields: CONTRACT_FIELDS,
    laws: ['PIPL-13', 'CC-551', 'CC-555'],
  },
];

/** What a home-service agency has to do besides, by the regulations of its province: for its workers, and for whoever is served. */
const HOME_SERVICE: Readonly<Record<string, readonly Duty[]>> = {
  'cn-sh': [
    {
      what: 'worker-filing',
      law: 'SH-HS-20',
      who: 'buyer',
      anchor: 'service',
      side: 'before',
      within: days(0),
    },
    {
      what: 'platform-reports',
      law: 'SH-HS-21',
      who: 'buyer',
      anchor: 'service',
      side: 'after',
      within: days(0),
    },
    {
      what: 'complaint-phone',
      law: 'SH-HS-23',
      who: 'buyer',
      anchor: 'effective',
      side: 'before',
      within: days(0),
    },
  ],
  'cn-gd': [
    {
      what: 'recipient-needs',
      law: 'GD-11',
      who: 'buyer',
      anchor: 'service',
      side: 'before',
      within: days(0),
    },
    { what: 'worker-file', law: 'GD-9', who: 'buyer', anchor: 'service', side: 'before', within: days(0) },
    {
      what: 'complaint-phone',
      law: 'GD-21',
      who: 'buyer',
      anchor: 'effective',
      side: 'before',
      within: days(0),
    },
  ],
};

/** The next version of each: routes that a deal may name, and what the home-service regulations of a province ask for. */
function inDecember(pack: PolicyPack): PolicyPack {
  const more = HOME_SERVICE[pack.id] ?? [];
  return { ...pack, version: '2026-12', duties: [...(pack.duties ?? []), ...more], routes: ROUTES };
}

const IN_NOVEMBER: readonly PolicyPack[] = [
  CN_PIPL,
  CN_PIPL_45574,
  SHANGHAI,
  BEIJING,
  ZHEJIANG,
  SHANDONG,
  GUANGDONG,
  EU_GDPR,
];

/** The pack that a new deal refers to. */
export const CURRENT_POLICY: PolicyPack = inDecember(CN_PIPL);

/** Every pack that this program knows, of each the older version first. */
export const POLICY_PACKS: readonly PolicyPack[] = [
  CN_PIPL_09,
  ...IN_NOVEMBER,
  CURRENT_POLICY,
  ...IN_NOVEMBER.slice(1).map(inDecember),
];
