import { daysBefore } from '../../fixtures/customers/days.js';
import { BUYER } from '../../fixtures/customers/generate.js';
import { type Change, let_, TODAY } from './verdicts.js';

/*
 * What stops a deal or an export before anything is sealed, as data: what of the deal is changed, and how the command then ends
 * (`4 CODE`; `0` where it may go on). Named like the verdicts.
 */

export interface Gate {
  readonly name: string;
  readonly laws: string;
  readonly change: Change;
  readonly end: string;
}

/** A day so many days after today. */
export const dayIn = (days: number): string => daysBefore(TODAY, -days);

/** The export is stopped today, and may go on once the day has come. */
export const DATED: readonly Gate[] = [
  {
    name: '12 an assessment of next week',
    laws: 'PIPL-55',
    change: (deal) => Object.assign(deal.assessment, { date: dayIn(3) }),
    end: '4 GATE_ASSESSMENT_LATER',
  },
  {
    name: '13 a confidentiality agreement of next week',
    laws: 'CC-501 NDSR-12',
    change: (deal) => Object.assign(deal.confidentiality, { signed: dayIn(3) }),
    end: '4 GATE_CONFIDENTIALITY_LATER',
  },
  {
    name: 'a notice of next week',
    laws: 'PIPL-17',
    change: (deal) => Object.assign(deal.notice, { sent: dayIn(3) }),
    end: '4 GATE_NOTICE_LATER',
  },
];

/** Every class that the deal lets leave. */
const LEAVING = ['identifier', 'general', 'contact', 'address', 'transaction', 'preference', 'free-text'];

const purpose =
  (zh: string, en: string): Change =>
  (deal) =>
    void deal.purposes.splice(0, 1, { id: 'service', zh, en });

/** What is asked of a deal before it is signed. */
export const UNSIGNED: readonly Gate[] = [
  {
    name: 'a deal in which nothing is wrong',
    laws: 'PIPL-6 PIPL-17 PIPL-19 PIPL-50 PIPL-55 CC-501 NDSR-12 STD-35273-9.2',
    change: () => undefined,
    end: '0',
  },
  {
    name: '19 a necessity that gives a reason',
    laws: 'PIPL-28',
    change: let_('notes', 'free-text', '交代上门时要注意的事情'),
    end: '0',
  },
  {
    name: 'the route of the contract in a merger, where nobody is asked',
    laws: 'PIPL-13',
    change: (deal) => {
      deal.kind = 'merger';
      deal['routes'] = [{ basis: 'contract', reason: '买方接着上门服务，要知道去哪里、做什么' }];
    },
    end: '4 POLICY_ROUTE_NONE',
  },
  {
    name: '19 necessity 要',
    laws: 'PIPL-28',
    change: let_('notes', 'free-text', '要'),
    end: '4 DEAL_NECESSITY_THIN',
  },
  {
    name: '19 necessity 业务需要',
    laws: 'PIPL-28',
    change: let_('notes', 'free-text', '因公司业务发展需要使用'),
    end: '4 DEAL_NECESSITY_THIN',
  },
  {
    name: '13 to be kept for 99 years',
    laws: 'PIPL-19 NDSR-22',
    change: (deal) => Object.assign(deal.retention.buyer, { after_effective: 'P99Y' }),
    end: '4 DEAL_PERIOD_LONG',
  },
  {
    name: '13 the purpose 其他用途',
    laws: 'PIPL-6 PIPL-17 STD-35273-5.2',
    change: purpose('其他用途', 'other purposes'),
    end: '4 DEAL_PURPOSE_VAGUE',
  },
  {
    name: '13 the complaint phone 无',
    laws: 'PIPL-50',
    change: (deal) => Object.assign(deal.complaints, { phone: '无' }),
    end: '4 DEAL_CONTACT_EMPTY',
  },
  {
    name: '13 one digest for three papers',
    laws: 'PIPL-55',
    change: (deal) => Object.assign(deal.assessment, { sha256: deal.notice.sha256 }),
    end: '4 GATE_PAPERS_SAME',
  },
  {
    name: 'an assessment of this buyer and of what leaves',
    laws: 'PIPL-55 SPI-A2 STD-35273-9.2',
    change: (deal) => Object.assign(deal.assessment, { buyer: BUYER, classes: LEAVING }),
    end: '0',
  },
  {
    name: 'an assessment of another buyer',
    laws: 'PIPL-55 SPI-A2',
    change: (deal) => Object.assign(deal.assessment, { buyer: '别家家政服务有限公司' }),
    end: '4 GATE_ASSESSMENT_RECIPIENT',
  },
  {
    name: 'an assessment that leaves out a class',
    laws: 'PIPL-55 SPI-A2',
    change: (deal) => Object.assign(deal.assessment, { classes: ['identifier'] }),
    end: '4 GATE_ASSESSMENT_CLASSES',
  },
  {
    name: '5 a deal without the digest of a notice',
    laws: 'PIPL-23 PIPL-17',
    change: (deal) => void Reflect.deleteProperty(deal.notice, 'sha256'),
    end: '2 DEAL_FIELD_MISSING',
  },
  {
    name: '5 a digest that is a placeholder',
    laws: 'PIPL-17',
    change: (deal) => Object.assign(deal.notice, { sha256: '0'.repeat(64) }),
    end: '4 GATE_PAPER_EMPTY',
  },
  {
    name: 'a deal without a confidentiality agreement',
    laws: 'CC-501 NDSR-12',
    change: (deal) => void Reflect.deleteProperty(deal, 'confidentiality'),
    end: '2 DEAL_FIELD_MISSING',
  },
  {
    name: 'a deal without an assessment',
    laws: 'PIPL-55 SPI-A2 STD-35273-9.2',
    change: (deal) => void Reflect.deleteProperty(deal, 'assessment'),
    end: '2 DEAL_FIELD_MISSING',
  },
  {
    name: 'a deal that names no purpose of a field',
    laws: 'PIPL-6 NDSR-12',
    change: (deal) => {
      for (const field of deal.resources[0]?.fields ?? []) Reflect.deleteProperty(field, 'purpose');
    },
    end: '2 DEAL_FIELD_MISSING',
  },
];

const USCC = '91310000MA1FL0000N';

/** The two parties: what of either card, by options of `init`, lets the deal be signed or not. */
export interface Parties {
  readonly name: string;
  readonly laws: string;
  readonly seller: readonly string[];
  readonly buyer: readonly string[];
  readonly end: string;
}

export const PARTIES: readonly Parties[] = [
  {
    name: '8 a buyer with a telephone in Hong Kong',
    laws: 'PIPL-38 PIPL-39 PIPL-40',
    seller: [],
    buyer: ['--phone', '+852 2345 6789'],
    end: '4 GATE_BUYER_ABROAD',
  },
  {
    name: '8 a buyer with an address in Hong Kong',
    laws: 'PIPL-38 XB-10',
    seller: [],
    buyer: ['--phone', '021-5550100', '--address', '香港九龙弥敦道1号'],
    end: '4 GATE_BUYER_ABROAD',
  },
  {
    name: '8 a buyer of whom nobody can tell',
    laws: 'PIPL-38',
    seller: [],
    buyer: ['--phone', '2345 6789'],
    end: '4 GATE_BUYER_UNCLEAR',
  },
  {
    name: '8 a buyer in a road after Macau',
    laws: 'PIPL-38 PIPL-39 PIPL-40 XB-10',
    seller: [],
    buyer: ['--phone', '021-5550100', '--address', '上海市普陀区澳门路1号'],
    end: '0',
  },
  {
    name: '8 one credit code on both sides',
    laws: 'PIPL-23',
    seller: ['--uscc', USCC],
    buyer: ['--phone', '021-5550100', '--uscc', USCC],
    end: '4 GATE_ONE_ENTERPRISE',
  },
];
