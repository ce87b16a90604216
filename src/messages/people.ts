import type { Lang } from './lang.js';

/**
 * What somebody has to do with customers' data: `lead` answers for it, `clerk` handles it, `approver` signs as the second person, `home-visit`
 * goes to customers, `incident-lead` decides in an incident, `custodian` keeps the evidence when the firm is gone, `broker` brought the
 * parties together, `entrusted` handles data for the firm.
 */
export const PEOPLE_ROLES = [
  'lead',
  'clerk',
  'approver',
  'home-visit',
  'incident-lead',
  'custodian',
  'broker',
  'entrusted',
] as const;
export type PeopleRole = (typeof PEOPLE_ROLES)[number];

/** How it was made sure who a broker or an entrusted party is. */
export const IDENTIFICATIONS = ['licence', 'registry', 'id-card', 'callback'] as const;
export type Identification = (typeof IDENTIFICATIONS)[number];

const peopleRoles: Readonly<Record<Lang, Readonly<Record<PeopleRole, string>>>> = {
  zh: {
    lead: '个人信息保护负责人',
    clerk: '经办人',
    approver: '复核人',
    'home-visit': '上门服务人员',
    'incident-lead': '应急负责人',
    custodian: '注销后的保管人',
    broker: '中介',
    entrusted: '受托方',
  },
  en: {
    lead: 'responsible person',
    clerk: 'clerk',
    approver: 'approver',
    'home-visit': 'home-visit staff',
    'incident-lead': 'lead in an incident',
    custodian: 'custodian after deregistration',
    broker: 'broker',
    entrusted: 'entrusted party',
  },
};

export const identifications: Readonly<Record<Lang, Readonly<Record<Identification, string>>>> = {
  zh: {
    licence: '看过营业执照',
    registry: '查过公示系统',
    'id-card': '看过身份证',
    callback: '回拨过电话',
  },
  en: {
    licence: 'saw the business licence',
    registry: 'looked it up in the public register',
    'id-card': 'saw the identity card',
    callback: 'called back',
  },
};

/** How an identity was made sure, in words; nothing where it was not. */
export function identificationName(how: Identification | null, lang: Lang): string {
  return how === null ? '' : identifications[lang][how];
}

/** A role as it is stored, in words. */
export function roleName(role: string, lang: Lang): string {
  const known = PEOPLE_ROLES.find((each) => each === role);
  return known === undefined ? role : peopleRoles[lang][known];
}
