import { type CalendarDate, daysBetween, type Duration } from '../base/time.js';
import { citation } from '../messages/citation.js';
import type { Lang } from '../messages/lang.js';

/** How well a text is known: read itself, known from other people's accounts of it, or only remembered. */
export const LAW_SOURCES = ['read', 'secondary', 'recalled'] as const;
export type LawSource = (typeof LAW_SOURCES)[number];

/** A law, regulation, interpretation or standard that requirement ids refer to. */
export interface Law {
  /** What the ids of its requirements begin with: `PIPL` in `PIPL-47`. Never renamed. */
  readonly id: string;
  /** Official title, with the number of the order or standard where it has one. */
  readonly title: Readonly<Record<Lang, string>>;
  /** As it is cited before an article. */
  readonly short: Readonly<Record<Lang, string>>;
  /** The day on which this wording was made; null where it is not known for certain. */
  readonly made: CalendarDate | null;
  readonly inForce: CalendarDate;
  readonly source: LawSource;
  /** When somebody last compared this entry with what it describes. */
  readonly verified: CalendarDate;
  /** What it took the place of. */
  readonly supersedes?: Readonly<Record<Lang, string>>;
  /** Articles that had another number before this wording: `[now, before]`. */
  readonly renumbered?: readonly (readonly [number, number])[];
  /** How the rest of an id is cited: `articles` of a law (`-A1` is its first annex), `clauses` of a standard, or not at all. */
  readonly parts: 'articles' | 'clauses' | 'none';
}

/** When the whole catalogue was last gone through. */
export const CATALOGUE_DATE = '2026-11-23' as CalendarDate;

/** A catalogue older than this has to be gone through again: laws change. */
const CATALOGUE_DAYS = 180;
export const CATALOGUE_HOLDS = `P${CATALOGUE_DAYS}D` as Duration;

function law(
  id: string,
  [made, inForce]: readonly [string | null, string],
  source: LawSource,
  titles: Pick<Law, 'title' | 'short'> & Partial<Pick<Law, 'supersedes' | 'renumbered' | 'parts'>>,
): Law {
  return {
    id,
    made: made as CalendarDate | null,
    inForce: inForce as CalendarDate,
    source,
    verified: CATALOGUE_DATE,
    parts: 'articles',
    ...titles,
  };
}

/** Every law and standard that a requirement id of this program or of docs/law.md refers to. National laws first, then provinces, standards, abroad. */
export const LAWS: readonly Law[] = [
  law('PIPL', ['2021-08-20', '2021-11-01'], 'read', {
    title: {
      zh: '中华人民共和国个人信息保护法',
      en: 'Personal Information Protection Law of the People’s Republic of China',
    },
    short: { zh: '个人信息保护法', en: 'PIPL' },
  }),
  law('NDSR', ['2024-09-24', '2025-01-01'], 'read', {
    title: {
      zh: '网络数据安全管理条例（国务院令第790号）',
      en: 'Network Data Security Management Regulations (State Council Order 790)',
    },
    short: { zh: '网络数据安全管理条例', en: 'NDSR' },
  }),
  law('SPI', ['2026-07-24', '2026-09-01'], 'secondary', {
    title: {
      zh: '小型个人信息处理者个人信息保护简化措施规定（国家互联网信息办公室、公安部令第25号）',
      en: 'Provisions on simplified measures for small handlers of personal information (CAC and Ministry of Public Security Order 25)',
    },
    short: { zh: '小型个人信息处理者简化措施规定', en: 'Small Handler Provisions' },
  }),
  law('AUD', ['2025-02-12', '2025-05-01'], 'secondary', {
    title: {
      zh: '个人信息保护合规审计管理办法（国家互联网信息办公室令第18号）',
      en: 'Measures for compliance audits of personal information protection (CAC Order 18)',
    },
    short: { zh: '个人信息保护合规审计管理办法', en: 'Audit Measures' },
  }),
  law('CSL', ['2025-10-28', '2026-01-01'], 'read', {
    title: {
      zh: '中华人民共和国网络安全法（2025年修正）',
      en: 'Cybersecurity Law of the People’s Republic of China (as amended in 2025)',
    },
    short: { zh: '网络安全法', en: 'Cybersecurity Law' },
    supersedes: {
      zh: '2017年6月1日起施行的文本，条文序号已经改变',
      en: 'the wording in force from 2017-06-01, whose articles had other numbers',
    },
    renumbered: [
      [23, 21],
      [27, 25],
      [39, 37],
      [42, 40],
      [43, 41],
      [44, 42],
      [45, 43],
      [46, 44],
    ],
  }),
  law('DSL', ['2021-06-10', '2021-09-01'], 'read', {
    title: {
      zh: '中华人民共和国数据安全法',
      en: 'Data Security Law of the People’s Republic of China',
    },
    short: { zh: '数据安全法', en: 'Data Security Law' },
  }),
  law('MIN', ['2023-10-16', '2024-01-01'], 'read', {
    title: {
      zh: '未成年人网络保护条例（国务院令第766号）',
      en: 'Regulations on the protection of minors in cyberspace (State Council Order 766)',
    },
    short: { zh: '未成年人网络保护条例', en: 'Minors Regulations' },
  }),
  law('INC', [null, '2025-11-01'], 'secondary', {
    title: {
      zh: '国家网络安全事件报告管理办法',
      en: 'National measures for the reporting of cybersecurity incidents',
    },
    short: { zh: '国家网络安全事件报告管理办法', en: 'Incident Reporting Measures' },
  }),
  law('CC', ['2020-05-28', '2021-01-01'], 'read', {
    title: { zh: '中华人民共和国民法典', en: 'Civil Code of the People’s Republic of China' },
    short: { zh: '民法典', en: 'Civil Code' },
  }),
  law('CON', ['2013-10-25', '2014-03-15'], 'read', {
    title: {
      zh: '中华人民共和国消费者权益保护法（2013年修正）',
      en: 'Consumer Protection Law of the People’s Republic of China (as amended in 2013)',
    },
    short: { zh: '消费者权益保护法', en: 'Consumer Protection Law' },
  }),
  law('CPR', ['2024-03-15', '2024-07-01'], 'read', {
    title: {
      zh: '中华人民共和国消费者权益保护法实施条例（国务院令第778号）',
      en: 'Regulations implementing the Consumer Protection Law (State Council Order 778)',
    },
    short: { zh: '消费者权益保护法实施条例', en: 'Consumer Protection Regulations' },
  }),
  law('INFR', ['2015-01-05', '2015-03-15'], 'read', {
    title: {
      zh: '侵害消费者权益行为处罚办法',
      en: 'Measures for punishing infringements of consumer rights',
    },
    short: { zh: '侵害消费者权益行为处罚办法', en: 'Consumer Infringement Measures' },
  }),
  law('SPC-PP', ['2025-03-13', '2025-05-01'], 'read', {
    title: {
      zh: '最高人民法院关于审理预付式消费民事纠纷案件适用法律若干问题的解释（法释〔2025〕4号）',
      en: 'Supreme People’s Court: interpretation on civil disputes over prepaid consumption (Fa Shi [2025] No. 4)',
    },
    short: { zh: '预付式消费司法解释', en: 'SPC Prepaid Interpretation' },
  }),
  law('SPC-CR', ['2017-05-08', '2017-06-01'], 'read', {
    title: {
      zh: '最高人民法院、最高人民检察院关于办理侵犯公民个人信息刑事案件适用法律若干问题的解释（法释〔2017〕10号）',
      en: 'Supreme People’s Court and Procuratorate: interpretation on criminal cases of infringing citizens’ personal information (Fa Shi [2017] No. 10)',
    },
    short: { zh: '侵犯公民个人信息刑事案件司法解释', en: 'SPC Criminal Interpretation' },
  }),
  law('CL', ['2023-12-29', '2024-07-01'], 'read', {
    title: {
      zh: '中华人民共和国公司法（2023年修订）',
      en: 'Company Law of the People’s Republic of China (as revised in 2023)',
    },
    short: { zh: '公司法', en: 'Company Law' },
  }),
  law('SOHO', ['2022-10-01', '2022-11-01'], 'read', {
    title: {
      zh: '促进个体工商户发展条例（国务院令第755号）',
      en: 'Regulations promoting individual businesses (State Council Order 755)',
    },
    short: { zh: '促进个体工商户发展条例', en: 'Individual Business Regulations' },
  }),
  law('REG', ['2021-07-27', '2022-03-01'], 'read', {
    title: {
      zh: '中华人民共和国市场主体登记管理条例（国务院令第746号）',
      en: 'Regulations on the registration of market entities (State Council Order 746)',
    },
    short: { zh: '市场主体登记管理条例', en: 'Registration Regulations' },
  }),
  law('TAX', [null, '2002-10-15'], 'read', {
    title: {
      zh: '中华人民共和国税收征收管理法实施细则',
      en: 'Rules implementing the Tax Collection Law of the People’s Republic of China',
    },
    short: { zh: '税收征收管理法实施细则', en: 'Tax Collection Rules' },
  }),
  law('LCL', ['2012-12-28', '2013-07-01'], 'read', {
    title: {
      zh: '中华人民共和国劳动合同法（2012年修正）',
      en: 'Labour Contract Law of the People’s Republic of China (as amended in 2012)',
    },
    short: { zh: '劳动合同法', en: 'Labour Contract Law' },
  }),
  law('ECL', ['2018-08-31', '2019-01-01'], 'read', {
    title: {
      zh: '中华人民共和国电子商务法',
      en: 'E-Commerce Law of the People’s Republic of China',
    },
    short: { zh: '电子商务法', en: 'E-Commerce Law' },
  }),
  law('ESIG', ['2019-04-23', '2019-04-23'], 'read', {
    title: {
      zh: '中华人民共和国电子签名法（2019年修正）',
      en: 'Electronic Signature Law of the People’s Republic of China (as amended in 2019)',
    },
    short: { zh: '电子签名法', en: 'Electronic Signature Law' },
  }),
  law('IDC', ['2011-10-29', '2012-01-01'], 'read', {
    title: {
      zh: '中华人民共和国居民身份证法（2011年修正）',
      en: 'Resident Identity Card Law of the People’s Republic of China (as amended in 2011)',
    },
    short: { zh: '居民身份证法', en: 'Identity Card Law' },
  }),
  law('CR', ['2023-12-29', '2024-03-01'], 'read', {
    title: {
      zh: '中华人民共和国刑法（含修正案）',
      en: 'Criminal Law of the People’s Republic of China (with its amendments)',
    },
    short: { zh: '刑法', en: 'Criminal Law' },
  }),
  law('PSA', [null, '2026-01-01'], 'read', {
    title: {
      zh: '中华人民共和国治安管理处罚法（2025年修订）',
      en: 'Public Security Penalties Law of the People’s Republic of China (as revised in 2025)',
    },
    short: { zh: '治安管理处罚法', en: 'Public Security Penalties Law' },
  }),
  law('XB', ['2024-03-22', '2024-03-22'], 'secondary', {
    title: {
      zh: '促进和规范数据跨境流动规定（国家互联网信息办公室令第16号）',
      en: 'Provisions on promoting and regulating cross-border data flows (CAC Order 16)',
    },
    short: { zh: '促进和规范数据跨境流动规定', en: 'Cross-Border Provisions' },
  }),
  law('MOF-PP', ['2012-09-21', '2012-11-01'], 'secondary', {
    title: {
      zh: '单用途商业预付卡管理办法（试行）（商务部令2012年第9号）',
      en: 'Trial measures for single-purpose commercial prepaid cards (Ministry of Commerce Order 9 of 2012)',
    },
    short: { zh: '单用途商业预付卡管理办法', en: 'MOFCOM Prepaid Card Measures' },
  }),
  law('SH-PP', ['2018-07-27', '2019-01-01'], 'read', {
    title: {
      zh: '上海市单用途预付消费卡管理规定',
      en: 'Shanghai provisions on single-purpose prepaid cards',
    },
    short: { zh: '上海市单用途预付消费卡管理规定', en: 'Shanghai Prepaid Card Provisions' },
  }),
  law('SH-CON', [null, '2015-03-15'], 'read', {
    title: {
      zh: '上海市消费者权益保护条例（2022年修订前的文本）',
      en: 'Shanghai consumer protection regulations (the wording before the revision of 2022)',
    },
    short: { zh: '上海市消费者权益保护条例', en: 'Shanghai Consumer Regulations' },
  }),
  law('SH-HS', ['2019-12-19', '2020-05-01'], 'read', {
    title: { zh: '上海市家政服务条例', en: 'Shanghai home services regulations' },
    short: { zh: '上海市家政服务条例', en: 'Shanghai Home Services Regulations' },
  }),
  law('BJ-PP', [null, '2022-06-01'], 'read', {
    title: {
      zh: '北京市单用途预付卡管理条例',
      en: 'Beijing regulations on single-purpose prepaid cards',
    },
    short: { zh: '北京市单用途预付卡管理条例', en: 'Beijing Prepaid Card Regulations' },
  }),
  law('GD', ['2023-03-30', '2023-07-01'], 'read', {
    title: { zh: '广东省家政服务条例', en: 'Guangdong home services regulations' },
    short: { zh: '广东省家政服务条例', en: 'Guangdong Home Services Regulations' },
  }),
  law('ZJ-CON', ['2017-03-31', '2017-05-01'], 'read', {
    title: {
      zh: '浙江省实施《中华人民共和国消费者权益保护法》办法',
      en: 'Zhejiang measures implementing the Consumer Protection Law',
    },
    short: { zh: '浙江省实施消费者权益保护法办法', en: 'Zhejiang Consumer Measures' },
  }),
  law('SD-CON', ['2017-03-29', '2017-05-01'], 'read', {
    title: { zh: '山东省消费者权益保护条例', en: 'Shandong consumer protection regulations' },
    short: { zh: '山东省消费者权益保护条例', en: 'Shandong Consumer Regulations' },
  }),
  law('STD-35273', ['2020-03-06', '2020-10-01'], 'recalled', {
    title: {
      zh: 'GB/T 35273—2020 信息安全技术 个人信息安全规范',
      en: 'GB/T 35273-2020, personal information security specification',
    },
    short: { zh: 'GB/T 35273—2020', en: 'GB/T 35273-2020' },
    parts: 'clauses',
  }),
  law('STD-45574', ['2025-04-25', '2025-11-01'], 'secondary', {
    title: {
      zh: 'GB/T 45574—2025 数据安全技术 敏感个人信息处理安全要求',
      en: 'GB/T 45574-2025, security requirements for the processing of sensitive personal information',
    },
    short: { zh: 'GB/T 45574—2025', en: 'GB/T 45574-2025' },
    parts: 'clauses',
  }),
  law('STD-46903', ['2025-12-31', '2026-07-01'], 'secondary', {
    title: {
      zh: 'GB/T 46903—2025 个人信息保护合规审计要求',
      en: 'GB/T 46903-2025, requirements for personal information protection compliance audits',
    },
    short: { zh: 'GB/T 46903—2025', en: 'GB/T 46903-2025' },
    parts: 'clauses',
  }),
  law('NIST', ['2025-09-26', '2025-09-26'], 'secondary', {
    title: {
      zh: 'NIST SP 800-88 Rev. 2 介质净化指南',
      en: 'NIST SP 800-88 Rev. 2, Guidelines for Media Sanitization',
    },
    short: { zh: 'NIST SP 800-88 Rev. 2', en: 'NIST SP 800-88 Rev. 2' },
    supersedes: {
      zh: 'NIST SP 800-88 Rev. 1（同日废止）',
      en: 'NIST SP 800-88 Rev. 1, withdrawn on the same day',
    },
    parts: 'none',
  }),
  law('IEEE-2883', [null, '2022-08-17'], 'recalled', {
    title: { zh: 'IEEE 2883-2022 存储介质净化标准', en: 'IEEE 2883-2022, Standard for Sanitizing Storage' },
    short: { zh: 'IEEE 2883-2022', en: 'IEEE 2883-2022' },
    parts: 'none',
  }),
  law('GDPR', ['2016-04-27', '2018-05-25'], 'recalled', {
    title: {
      zh: '欧盟《通用数据保护条例》（(EU) 2016/679）',
      en: 'General Data Protection Regulation, Regulation (EU) 2016/679',
    },
    short: { zh: '欧盟通用数据保护条例', en: 'GDPR' },
  }),
];

/** A question that the texts leave open, and how the program behaves meanwhile (law.md §7). */
export interface OpenQuestion {
  readonly number: number;
  /** The requirements and whole laws that it is about; empty for all. */
  readonly laws: readonly string[];
  readonly text: Readonly<Record<Lang, string>>;
}

export const QUESTIONS: readonly OpenQuestion[] = [
  {
    number: 1,
    laws: ['PIPL-22', 'PIPL-23', 'STD-35273'],
    text: {
      zh: '整体转让营业是否属于第二十二条的“等”，尚无定论：从严按第二十三条取得单独同意；另有处理的，须在协议里载明律师意见。',
      en: 'Whether the sale of a whole business falls under the “etc.” of article 22 is not settled: it is treated as article 23, with separate consent; counsel’s opinion in the deal opens another way.',
    },
  },
  {
    number: 2,
    laws: ['PIPL-13', 'PIPL-23'],
    text: {
      zh: '依据不是同意的（第十三条第二至七项），是否仍要单独同意，理解不一：本程序一律要求。',
      en: 'Whether separate consent is needed where the basis is not consent (article 13, items 2 to 7) is read in different ways: this program always asks for it.',
    },
  },
  {
    number: 3,
    laws: ['STD-35273', 'STD-45574'],
    text: {
      zh: '身份证号码是否属于敏感个人信息，GB/T 35273 列入，GB/T 45574 没有单独列入（证件照片仍列入）：从严按敏感处理。',
      en: 'Whether an identity number alone is sensitive: GB/T 35273 lists it, GB/T 45574 does not (a picture of the card it does). The stricter is followed.',
    },
  },
  {
    number: 4,
    laws: ['SPI'],
    text: {
      zh: '没有取得正式文本；附件一的自查事项有24项和19项两种说法：按24项，文字为本程序自拟。',
      en: 'The official text was not obtained; accounts of annex 1 name 24 or 19 items. 24 are used, in our own words.',
    },
  },
  {
    number: 5,
    laws: ['AUD'],
    text: {
      zh: '没有读到附件全文；第五条所列情形和人数凭记忆。',
      en: 'The annex was not read in full; the cases and numbers of article 5 are from memory.',
    },
  },
  {
    number: 6,
    laws: ['SH-CON'],
    text: {
      zh: '证据保存五年出自2022年修订以前的文本，现行文本没有核对。',
      en: 'The five years for evidence are from the wording before 2022; the present one was not compared.',
    },
  },
  {
    number: 7,
    laws: ['MOF-PP', 'BJ-PP', 'SH-PP'],
    text: {
      zh: '办法适用于所列居民服务业的企业法人；某一家政公司或者个体工商户是否适用，须逐一确认，各省规定也不同。',
      en: 'The measures apply to corporate issuers in listed trades; whether a given firm or individual business is one has to be confirmed, and provinces differ.',
    },
  },
  {
    number: 8,
    laws: ['SPC-PP'],
    text: {
      zh: '解释没有点名家政服务，但列举之后有“等”字：按适用处理。',
      en: 'The interpretation does not name home services, but its list is open: it is taken to apply.',
    },
  },
  {
    number: 9,
    laws: ['MIN'],
    text: {
      zh: '条例规范网络保护；第三十四条至第三十七条对线下门店是否适用有争议：以电子方式保存未成年人信息的，按适用处理。',
      en: 'The regulations are about cyberspace; whether articles 34 to 37 reach a shop is arguable. They are taken to apply where minors’ data is kept electronically.',
    },
  },
  {
    number: 10,
    laws: ['PIPL-15', 'PIPL-44'],
    text: {
      zh: '拒绝者名单本身也是个人信息：不移交，由卖方保存，以防再次导出。',
      en: 'A list of those who refused is personal data itself: it is not handed over, and stays with the seller so that they are not exported again.',
    },
  },
  {
    number: 11,
    laws: ['PIPL-47', 'PIPL-56', 'NDSR-12'],
    text: {
      zh: '日志与删除的关系：日志不含个人信息，只有带密钥的标签；保存期满可以销毁标签密钥。',
      en: 'The log and erasure: the log holds no personal data, only keyed tags, whose key can be destroyed when its time is over.',
    },
  },
  {
    number: 12,
    laws: ['PIPL-22', 'PIPL-23', 'PIPL-57', 'NDSR-11'],
    text: {
      zh: '无法逐一通知时能否公告：安全事件可以（网络数据安全管理条例第十一条）；第二十二条没有写明；第二十三条不可以。',
      en: 'Whether those who cannot be reached may be told by announcement: for incidents yes (NDSR art. 11); article 22 does not say; for article 23 never.',
    },
  },
  {
    number: 13,
    laws: ['PIPL-22'],
    text: {
      zh: '第二十二条没有写“事先”：按交接之前处理。',
      en: 'Article 22 does not say “before”: it is taken to mean before the handover.',
    },
  },
  {
    number: 14,
    laws: ['PIPL-47', 'PIPL-50', 'PIPL-56', 'REG-24'],
    text: {
      zh: '卖方注销以后由谁答复个人、保存三年的记录，法律没有规定：最后一次销毁之前请指定保管人。',
      en: 'Who answers persons and keeps the three-year records of a seller that is deregistered, no law says: name a custodian before the last purge.',
    },
  },
  {
    number: 15,
    laws: ['SH-PP', 'SH-CON', 'SH-HS', 'BJ-PP', 'GD', 'ZJ-CON', 'SD-CON'],
    text: {
      zh: '地方规定会改变期限；没有列出的省份只按全国规定处理。部分地方规定的施行日期凭记忆，引用之前请核对。',
      en: 'Provinces change periods; for one that is not listed only the national rules are applied. From when some of theirs are in force is from memory: verify before quoting.',
    },
  },
  {
    number: 16,
    laws: ['GDPR', 'NIST', 'IEEE-2883', 'STD-35273'],
    text: {
      zh: '条款内容凭记忆，引用之前请核对原文。',
      en: 'Their clauses are from memory: read them again before quoting one.',
    },
  },
  {
    number: 17,
    laws: [],
    text: {
      zh: '大型个人信息处理者规定（2026年8月征求意见）、应用程序个人信息规则（2026年1月草案）尚未生效，没有采用。',
      en: 'Drafts on large handlers (August 2026) and on apps (January 2026) are not law and not followed.',
    },
  },
];

/** The law of a requirement id (`PIPL-47`) or of a law's own id (`PIPL`); undefined if there is none. */
export function lawOf(id: string): Law | undefined {
  return LAWS.filter((each) => id === each.id || id.startsWith(`${each.id}-`)).sort(
    (a, b) => b.id.length - a.id.length,
  )[0];
}

/** The questions that are open about a requirement (`PIPL-22`) or about anything in a law (`PIPL`); those about all laws are not among them. */
export function questionsOf(id: string): readonly OpenQuestion[] {
  const law = lawOf(id);
  return QUESTIONS.filter(({ laws }) =>
    laws.some((about) => about === id || about === law?.id || (id === law?.id && lawOf(about) === law)),
  );
}

/** A place in a law: article and item, annex, or clause. */
interface Place {
  readonly annex: number | null;
  readonly article: number | null;
  readonly item: number | null;
  readonly clause: string | null;
}

function placeOf(id: string, { id: prefix, parts }: Law): Place {
  const rest = id.slice(prefix.length + 1);
  const [, article, item] = /^(\d+)(?:-(\d+))?$/.exec(rest) ?? [];
  if (parts === 'articles' && article !== undefined)
    return {
      article: Number(article),
      item: item === undefined ? null : Number(item),
      annex: null,
      clause: null,
    };
  const [, annex] = parts === 'articles' ? (/^A(\d)$/.exec(rest) ?? []) : [];
  return {
    article: null,
    item: null,
    annex: annex === undefined ? null : Number(annex),
    clause: parts === 'clauses' && rest !== '' ? rest : null,
  };
}

/**
 * A requirement id as it is cited: `《个人信息保护法》第四十七条`, `PIPL art. 47`. An id that is no place in its law gives the law alone; one of no law of
 * the catalogue stays as it is.
 */
export function citationOf(id: string, lang: Lang): string {
  const law = lawOf(id);
  if (law === undefined) return id;
  const cite = citation[lang];
  const name = cite.named(law.short[lang]);
  const { article, item, annex, clause } = placeOf(id, law);
  if (article !== null) return name + cite.article(article, item, law.id === 'CR');
  if (annex !== null) return name + cite.annex(annex);
  if (clause !== null) return name + cite.clause(clause);
  return name;
}

/** As {@link citationOf}, with the wording that is meant: `《个人信息保护法》第四十七条（2021-11-01 施行）`, `PIPL art. 47 (in force 2021-11-01)`. */
export function fullCitationOf(id: string, lang: Lang): string {
  const law = lawOf(id);
  if (law === undefined) return id;
  return citationOf(id, lang) + citation[lang].inForce(law.inForce);
}

/** The number that an article had before the law was renumbered, or null. */
export function formerArticle(id: string): number | null {
  const law = lawOf(id);
  if (law === undefined) return null;
  const { article } = placeOf(id, law);
  return law.renumbered?.find(([now]) => now === article)?.[1] ?? null;
}

/** How many days ago the catalogue was gone through; negative if the clock is behind it. */
export function catalogueAge(today: CalendarDate): number {
  return daysBetween(CATALOGUE_DATE, today);
}

/** Whether nobody has compared the catalogue with the laws for longer than {@link CATALOGUE_DAYS}. */
export function isCatalogueOld(today: CalendarDate): boolean {
  return catalogueAge(today) > CATALOGUE_DAYS;
}
