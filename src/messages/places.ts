import type { Lang } from './lang.js';

/**
 * Places with customers that no program reaches (law.md §5.5). Of each somebody says that it is cleared, was never used, or that something
 * remains; a certificate lists what was said as attested, not verified.
 */
export const PLACES = [
  'staff-phones',
  'chat-accounts',
  'chat-groups',
  'platforms',
  'mini-programs',
  'spreadsheets',
  'paper',
  'key-tags',
  'device-apps',
  'message-lists',
  'call-recordings',
  'accounting',
  'payment-providers',
  'accountant',
  'mail',
  'cloud-disks',
  'old-phones',
] as const;
export type Place = (typeof PLACES)[number];

/** What may be said of a place. */
export const PLACE_STATES = ['cleared', 'never-there', 'remains'] as const;
export type PlaceState = (typeof PLACE_STATES)[number];

const PLACE_NAMES: Readonly<Record<Lang, Readonly<Record<Place, string>>>> = {
  zh: {
    'staff-phones': '员工手机',
    'chat-accounts': '员工的微信等私人账号',
    'chat-groups': '聊天群',
    platforms: '平台商家后台',
    'mini-programs': '小程序',
    spreadsheets: '前台电脑里的表格',
    paper: '纸质单据（派工单、合同、收据）',
    'key-tags': '钥匙牌',
    'device-apps': '摄像头、门锁的应用',
    'message-lists': '短信平台的联系人',
    'call-recordings': '通话录音',
    accounting: '财务软件',
    'payment-providers': '收款平台的商户记录',
    accountant: '代账公司',
    mail: '电子邮箱',
    'cloud-disks': '网盘',
    'old-phones': '旧手机',
  },
  en: {
    'staff-phones': 'telephones of staff',
    'chat-accounts': 'private chat accounts of staff',
    'chat-groups': 'chat groups',
    platforms: 'back ends of platforms',
    'mini-programs': 'mini programs',
    spreadsheets: 'spreadsheets on the front desk',
    paper: 'paper (orders, contracts, receipts)',
    'key-tags': 'key tags',
    'device-apps': 'apps of cameras and locks',
    'message-lists': 'contact lists of text message services',
    'call-recordings': 'call recordings',
    accounting: 'accounting software',
    'payment-providers': 'merchant records of payment providers',
    accountant: 'the accountant',
    mail: 'mail',
    'cloud-disks': 'cloud disks',
    'old-phones': 'old telephones',
  },
};

/** The name of a place; its id where it has none. */
export function placeName(place: string, lang: Lang): string {
  const known = PLACES.find((id) => id === place);
  return known === undefined ? place : PLACE_NAMES[lang][known];
}
