import { describe, expect, it } from 'vitest';
import { encodeGb18030 } from '../../src/dataset/gb18030.js';
import { CONSENTS } from '../../src/dataset/profile.js';
import { importAll, type ImportAllOptions } from './import-all.js';
import { problemOf } from './problem-of.js';

/** A file as people's systems write it, and what has to come of it. */
interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  /** The records, in the order of `columns` if there is one. */
  readonly records: readonly (readonly string[])[];
  readonly columns?: readonly string[];
  /** Findings of rows and cells, as code and line. */
  readonly findings?: readonly string[];
  /** Findings of the header. */
  readonly header?: readonly string[];
  readonly aside?: number;
  readonly rejected?: number;
  readonly options?: ImportAllOptions;
}

const HEADER = '客户编号,姓名,手机号';

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'the width of a file': [
    {
      name: 'a comma too many shifts the row, though the last cell is empty',
      lines: [
        '客户编号,姓名,手机号,服务地址,门禁密码,服务项目,备注',
        'K01,甲一,13900000001,和平路2号,5层,9876#,擦窗,',
        'K02,乙二,13900000002,和平路3号,,保洁,',
      ],
      records: [['K02', '乙二', '13900000002', '和平路3号', '', '保洁', '']],
      findings: ['ROW_CELLS 2'],
    },
    {
      name: 'a thousands comma without quotes shifts the row',
      lines: ['客户编号,姓名,余额,备注', 'K01,甲一,1,280,', 'K02,乙二,"1,280.50",老'],
      records: [['K02', '乙二', '128050', '老']],
      findings: ['ROW_CELLS 2'],
    },
    {
      name: 'a single row is no proof that all end with a comma',
      lines: [HEADER, 'K01,甲一,13900000001,'],
      records: [],
      findings: ['ROW_CELLS 2'],
    },
    {
      name: 'all rows end with a comma',
      lines: [HEADER, 'K01,甲一,13900000001,', 'K02,乙二,13900000002,'],
      records: [
        ['K01', '甲一', '13900000001'],
        ['K02', '乙二', '13900000002'],
      ],
    },
    {
      name: 'the header alone ends with commas',
      lines: [`${HEADER},,`, 'K01,甲一,13900000001'],
      records: [['K01', '甲一', '13900000001']],
    },
    {
      name: 'only empty cells at the end are left out, as the last cell shows',
      lines: [
        '客户编号,姓名,手机号,服务地址,门禁密码,备注',
        'K01,甲一,13900000001',
        'K02,乙二,13900000002,和平路3号,,',
      ],
      records: [
        ['K01', '甲一', '13900000001', '', '', ''],
        ['K02', '乙二', '13900000002', '和平路3号', '', ''],
      ],
      findings: ['ROW_SHORT 2'],
    },
    {
      name: 'a separator may be lost ahead, or the row cut off before a no: nothing is filled up',
      lines: [
        '客户编号,姓名,手机号,服务地址,门禁密码,备用电话,同意状态,最近服务',
        'K01,甲一,13900000001,9876#,13900000002,同意,2026-05-01',
        'K02,乙二,13900000002,和平路3号,9876#,13900000003',
        'K03,丙三,13900000003,和平路3号',
        'K04,丁四,13900000004,和平路3号,,,同意',
        'K05,戊五,13900000005,和平路3号,,,同意,2026-05-01',
      ],
      records: [
        ['K04', '丁四', '13900000004', '和平路3号', '', '', 'given', ''],
        ['K05', '戊五', '13900000005', '和平路3号', '', '', 'given', '2026-05-01'],
      ],
      findings: ['ROW_CELLS 2', 'ROW_CELLS 3', 'ROW_CELLS 4', 'ROW_SHORT 5'],
    },
    {
      name: 'a row of the wrong width among rows that all end with a comma',
      lines: [HEADER, 'K01,甲一,13900000001,', 'K02,乙二,13900000002', 'K03,丙三,13900000003,'],
      records: [['K02', '乙二', '13900000002']],
      findings: ['ROW_CELLS 2', 'ROW_CELLS 4'],
    },
  ],
  'cells that cannot be used': [
    {
      name: 'cost no customer where the row can do without',
      lines: [
        '客户编号,姓名,手机号,身份证号,余额,同意时间',
        'K01,甲一,13900000001,1.10105E+17,已用完,去年底',
      ],
      records: [['K01', '甲一', '13900000001', '', '', '']],
      findings: ['VALUE_EXCEL_NUMBER 2', 'VALUE_MONEY 2', 'VALUE_DATE 2'],
    },
    {
      name: 'cost the row where they are the number, or limit what may be done',
      lines: [
        '客户编号,姓名,保存期限至',
        '1.23457E+11,甲一,2030-01-01',
        'K02,乙二,明年',
        'K03,丙三,2030-01-01',
      ],
      records: [['K03', '丙三', '2030-01-01']],
      findings: ['VALUE_EXCEL_NUMBER 2', 'VALUE_DATE 3'],
    },
    {
      name: 'cost the row where a text that leaves was destroyed, and else the cell',
      lines: ['客户编号,姓名,备注', 'K01,锟斤拷,好', 'K02,乙二,锟斤拷'],
      records: [['K02', '乙二', '']],
      findings: ['VALUE_MOJIBAKE 2', 'VALUE_MOJIBAKE 3'],
    },
    {
      name: 'are no silence where a person decided: it may have been a no',
      lines: [
        `${HEADER},同意状态,免打扰,撤回时间`,
        'K01,甲一,13900000001,鎷掔粷,,',
        'K02,乙二,13900000002,拒\ufffd,\u0002,',
        'K03,丙三,13900000003,同意,,锟斤拷',
      ],
      records: [
        ['K01', '甲一', '13900000001', 'unknown', '', ''],
        ['K02', '乙二', '13900000002', 'refused', 'yes', ''],
        ['K03', '丙三', '13900000003', 'given', '', '2026-11-20T08:00:00Z'],
      ],
      findings: [
        'VALUE_MOJIBAKE 2',
        'VALUE_CONSENT_STATUS 2',
        'VALUE_REPLACEMENT 3',
        'VALUE_CONSENT_STATUS 3',
        'VALUE_CONTROL 3',
        'VALUE_OPT_OUT_UNCLEAR 3',
        'VALUE_MOJIBAKE 4',
        'VALUE_NO_UNDATED 4',
      ],
    },
    {
      name: 'stay unread where the person says so',
      lines: [`${HEADER},余额`, 'K01,甲一,13900000001,已用完'],
      options: { skip: ['余额'] },
      records: [['K01', '甲一', '13900000001']],
    },
  ],
  'columns that say who may be contacted': [
    {
      name: 'are an opt-out the other way round, careful where a cell is not understood',
      lines: [
        `${HEADER},是否可触达`,
        'K01,甲一,13900000001,是',
        'K02,乙二,13900000002,否',
        'K03,丙三,13900000003,看情况',
        'K04,丁四,13900000004,',
        'K05,戊五,13900000005,可联系',
        'K06,己六,13900000006,勿扰',
      ],
      records: [
        ['K01', '甲一', '13900000001', 'no'],
        ['K02', '乙二', '13900000002', 'yes'],
        ['K03', '丙三', '13900000003', 'yes'],
        ['K04', '丁四', '13900000004', ''],
        ['K05', '戊五', '13900000005', 'no'],
        ['K06', '己六', '13900000006', 'yes'],
      ],
      header: ['HEADER_CONTACTABLE 4'],
      findings: ['VALUE_OPT_OUT_UNCLEAR 4'],
    },
    {
      name: 'do not undo the column of those who want to be left alone',
      lines: [`${HEADER},勿扰,可联系`, 'K01,甲一,13900000001,是,是', 'K02,乙二,13900000002,否,否'],
      records: [
        ['K01', '甲一', '13900000001', 'yes'],
        ['K02', '乙二', '13900000002', 'yes'],
      ],
      header: ['HEADER_CONTACTABLE 5', 'HEADER_SECOND_READ 5'],
    },
  ],
  'columns without a field': [
    {
      name: 'in which customers ask to be left alone are named',
      lines: [`${HEADER},情况`, 'K01,甲一,13900000001,请勿打扰', 'K02,乙二,13900000002,拒接'],
      records: [
        ['K01', '甲一', '13900000001'],
        ['K02', '乙二', '13900000002'],
      ],
      header: ['HEADER_UNMAPPED 4', 'HEADER_NO_WORDS 4'],
    },
    {
      name: 'in which customers say to what they say no are named',
      lines: [
        `${HEADER},备注2`,
        'K01,甲一,13900000001,不同意转让资料',
        'K02,乙二,13900000002,拒绝提供个人信息给别人',
      ],
      records: [
        ['K01', '甲一', '13900000001'],
        ['K02', '乙二', '13900000002'],
      ],
      header: ['HEADER_UNMAPPED 4', 'HEADER_NO_WORDS 4'],
    },
    {
      name: 'in which customers say no are named, and only those',
      lines: [
        `${HEADER},回访结果,订单情况`,
        'K01,甲一,13900000001,客户拒绝,已取消',
        'K02,乙二,13900000002,不同意转移,拒绝加班',
      ],
      records: [
        ['K01', '甲一', '13900000001'],
        ['K02', '乙二', '13900000002'],
      ],
      header: ['HEADER_UNMAPPED 4', 'HEADER_UNMAPPED 5', 'HEADER_NO_WORDS 4'],
    },
  ],
  'lines that are no customers': [
    {
      name: 'totals, signatures and remarks below',
      lines: [
        `${HEADER},服务地址`,
        'K01,甲一,13900000001,和平路2号',
        '合计,1,,',
        'Grand Total,,,2',
        '以上共1位客户,,,',
        '制表人：丁四,,,',
        '第1页 共1页',
        '打印日期:2026-11-01,,,',
        '（以下空白）,,,',
        '以上数据仅供内部使用,,,',
      ],
      records: [['K01', '甲一', '13900000001', '和平路2号']],
      findings: [
        'ROW_SUMMARY 3',
        'ROW_SUMMARY 4',
        'ROW_FOOTER 5',
        'ROW_FOOTER 6',
        'ROW_FOOTER 7',
        'ROW_FOOTER 8',
        'ROW_FOOTER 9',
        'ROW_FOOTER 10',
      ],
      aside: 8,
    },
    {
      name: 'more words for totals and signatures',
      lines: [
        `${HEADER},服务地址`,
        'K01,甲一,13900000001,和平路2号',
        '合計,,,1',
        '總計,1,,',
        '总人数：1,,,',
        '总计人数,1,,',
        'TOTAL CUSTOMERS,1,,',
        'Count,1,,',
        '数据来源：某平台,,,',
        '"以上客户共计1位",,,',
        '单位（盖章）：,,,',
        '负责人签字：,,,',
        '截止2026年10月1日,,,',
        '数据截至2026-10-01,,,',
        '某家政客户表,,,',
      ],
      records: [['K01', '甲一', '13900000001', '和平路2号']],
      findings: [
        'ROW_SUMMARY 3',
        'ROW_SUMMARY 4',
        'ROW_SUMMARY 5',
        'ROW_SUMMARY 6',
        'ROW_SUMMARY 7',
        'ROW_SUMMARY 8',
        'ROW_FOOTER 9',
        'ROW_FOOTER 10',
        'ROW_FOOTER 11',
        'ROW_FOOTER 12',
        'ROW_FOOTER 13',
        'ROW_FOOTER 14',
        'ROW_FOOTER 15',
      ],
      aside: 13,
    },
    {
      name: 'words alone in the place of a number, where numbers have digits',
      lines: [
        `${HEADER},余额`,
        'K01,甲一,13900000001,300',
        'K02,,,',
        '------,,,',
        '机密,,,',
        '接下页,,,',
        '共计人民币叁佰元整,,,',
        'Confidential - internal use only,,,',
        '金额合计：300元,,,',
        '总余额,,,300',
        '合计金额,,,300',
        'Number of customers: 1,,,',
        'Rows: 1,,,',
      ],
      records: [
        ['K01', '甲一', '13900000001', '30000'],
        ['K02', '', '', ''],
      ],
      aside: 10,
      rejected: 0,
    },
    {
      name: 'amounts under a heading that names another currency',
      lines: ['客户编号,姓名,余额（美元）', 'K01,甲一,100', 'K02,乙二,100元', 'K03,丙三,'],
      records: [
        ['K01', '甲一', ''],
        ['K02', '乙二', '10000'],
        ['K03', '丙三', ''],
      ],
      findings: ['VALUE_MONEY 2'],
    },
    {
      name: 'a total behind its serial number',
      lines: ['序号,姓名,手机号', '1,甲一,13900000001', '2,合计,1'],
      records: [['1', '甲一', '13900000001']],
      findings: ['ROW_SUMMARY 3'],
    },
    {
      name: 'the header once more, in other letters',
      lines: [
        'Customer ID,Name,Mobile',
        'K01,Jia,13900000001',
        'CUSTOMER ID,NAME, mobile',
        'K02,Yi,13900000002',
      ],
      records: [
        ['K01', 'Jia', '13900000001'],
        ['K02', 'Yi', '13900000002'],
      ],
      findings: ['ROW_HEADER_AGAIN 3'],
      aside: 1,
    },
    {
      name: 'customers whose names look like it stay',
      lines: [
        HEADER,
        '浦东新区张江路的甲一,,13900000004',
        '浦东老客户甲一,,',
        'K01,合计,13900000001',
        '完,乙二,13900000002',
        'K03,负责人,13900000003',
      ],
      records: [
        ['浦东新区张江路的甲一', '', '13900000004'],
        ['浦东老客户甲一', '', ''],
        ['K01', '合计', '13900000001'],
        ['完', '乙二', '13900000002'],
        ['K03', '负责人', '13900000003'],
      ],
      aside: 0,
    },
    {
      name: 'titles and a date above',
      lines: ['某家政客户表,,', '制表日期,2026-10-01,', HEADER, 'K01,甲一,13900000001'],
      records: [['K01', '甲一', '13900000001']],
      header: ['title 1', 'title 2'],
    },
    {
      name: 'the header once more',
      lines: [HEADER, 'K01,甲一,13900000001', HEADER, 'K02,乙二,13900000002'],
      records: [
        ['K01', '甲一', '13900000001'],
        ['K02', '乙二', '13900000002'],
      ],
      findings: ['ROW_HEADER_AGAIN 3'],
      aside: 1,
    },
    {
      name: 'the header once more, in other words',
      lines: [
        'customer_no,name,mobile',
        '客户编号,姓名,手机号',
        'K01,甲一,13900000001',
        '编号,客户姓名,手机',
      ],
      records: [['K01', '甲一', '13900000001']],
      findings: ['ROW_HEADER_AGAIN 2', 'ROW_HEADER_AGAIN 4'],
    },
    {
      name: 'customers whose cells are words for columns',
      lines: [
        '客户编号,姓名,同意方式,服务项目,是否同意',
        '张三,张三,电话,微信,同意',
        'K02,备注,微信,电话,同意',
      ],
      columns: ['customer_no', 'name', 'consent_method', 'service', 'consent_status'],
      records: [
        ['张三', '张三', 'verbal', '微信', 'given'],
        ['K02', '备注', 'wechat', '电话', 'given'],
      ],
      aside: 0,
    },
    {
      name: 'a final Ctrl-Z',
      lines: [HEADER, 'K01,甲一,13900000001', '\x1a'],
      records: [['K01', '甲一', '13900000001']],
      rejected: 0,
    },
  ],
  headers: [
    {
      name: 'groups above',
      lines: [
        '客户编号,客户信息,,地址信息,',
        ',姓名,手机号,小区,门牌',
        'K01,甲一,13900000001,和平花园,3号楼',
      ],
      columns: ['customer_no', 'name', 'mobile', 'community', 'room'],
      records: [['K01', '甲一', '13900000001', '和平花园', '3号楼']],
    },
    {
      name: 'columns below a group',
      lines: ['客户编号,姓名,联系方式,,服务地址', ',,手机,微信,', 'K01,甲一,13900000001,wx1,和平路2号'],
      columns: ['customer_no', 'name', 'mobile', 'wechat', 'address'],
      records: [['K01', '甲一', '13900000001', 'wx1', '和平路2号']],
    },
    {
      name: 'a group that speaks of somebody else',
      lines: [
        '客户编号,客户信息,,家属信息,',
        ',姓名,手机号,姓名,电话',
        'K01,甲一,13900000001,乙二,13900000002',
      ],
      columns: ['customer_no', 'name', 'mobile'],
      records: [['K01', '甲一', '13900000001']],
      header: ['HEADER_UNMAPPED 4', 'HEADER_UNMAPPED 5'],
    },
    {
      name: 'serial numbers only',
      lines: ['序号,姓名,手机号', '1,甲一,13900000001', '2,乙二,13900000002', '合计,2,'],
      records: [
        ['1', '甲一', '13900000001'],
        ['2', '乙二', '13900000002'],
      ],
      header: ['HEADER_SERIAL 1'],
      findings: ['ROW_SUMMARY 4'],
    },
    {
      name: 'serial numbers under a mark',
      lines: ['#,Name,Mobile', '1,Jia,13900000001', '2,Yi,13900000002'],
      records: [
        ['1', 'Jia', '13900000001'],
        ['2', 'Yi', '13900000002'],
      ],
      header: ['HEADER_SERIAL 1'],
    },
    {
      name: 'no number at all: the phone',
      lines: ['客户姓名,手机号', '甲一,13900000001', '乙二,'],
      columns: ['name', 'mobile', 'customer_no'],
      records: [
        ['甲一', '13900000001', '13900000001'],
        ['乙二', '', '#3'],
      ],
      header: ['HEADER_BY_PHONE 0'],
    },
    {
      name: 'first and last name apart',
      lines: [
        'Record ID,First Name,Last Name,Phone Number',
        '51,Wei,Zhang,+86 139 0000 0001',
        '52,伟,张,13900000002',
      ],
      columns: ['customer_no', 'mobile', 'name'],
      records: [
        ['51', '13900000001', 'Wei Zhang'],
        ['52', '13900000002', '张伟'],
      ],
      header: ['HEADER_NAME_PARTS 2'],
    },
    {
      name: 'the customer before the contact, the mobile before the phone',
      lines: ['客户代码,客户全称,联系人,联系电话,移动电话', '01.001,甲一,甲太太,021-58881234,13900000001'],
      columns: ['customer_no', 'name', 'mobile_2', 'mobile'],
      records: [['01.001', '甲一', '021-58881234', '13900000001']],
      header: ['HEADER_SECOND 3', 'HEADER_SECOND_PHONE 4'],
    },
    {
      name: 'three numbered phone columns',
      lines: [
        '客户编号,姓名,电话1,电话2,电话3',
        'K01,甲一,13900000001,13900000002,13900000003',
        'K02,乙二,,,13900000004',
      ],
      columns: ['customer_no', 'name', 'mobile', 'mobile_2', 'landline'],
      records: [
        ['K01', '甲一', '13900000001', '13900000002', '13900000003'],
        ['K02', '乙二', '13900000004', '', ''],
      ],
      header: ['HEADER_SECOND_PHONE 5'],
    },
    {
      name: 'two phone columns of one name',
      lines: ['客户编号,姓名,电话,电话', 'K01,甲一,13900000001,021-58881234', 'K02,乙二,,13900000002'],
      columns: ['customer_no', 'name', 'mobile', 'mobile_2'],
      records: [
        ['K01', '甲一', '13900000001', '021-58881234'],
        ['K02', '乙二', '13900000002', ''],
      ],
    },
  ],
  'a no in two columns': [
    {
      name: 'wins over a yes, and words nobody knows are no yes',
      lines: [
        '客户编号,姓名,是否同意,授权状态',
        'K01,甲一,同意,已授权',
        'K02,乙二,同意,已取消授权',
        'K03,丙三,拒绝,已授权',
        'K04,丁四,同意,以后再说',
      ],
      records: [
        ['K01', '甲一', 'given'],
        ['K02', '乙二', 'withdrawn'],
        ['K03', '丙三', 'refused'],
        ['K04', '丁四', 'unknown'],
      ],
    },
    {
      name: 'a customer who is switched off is asked',
      lines: ['客户编号,姓名,是否同意,禁用', 'K01,甲一,同意,否', 'K02,乙二,同意,是'],
      records: [
        ['K01', '甲一', 'given'],
        ['K02', '乙二', 'unknown'],
      ],
      findings: ['VALUE_SWITCHED_OFF 3', 'CONSENT_DISAGREES 3'],
    },
    {
      name: 'and so is one on the black list of the shop',
      lines: ['客户编号,姓名,是否同意,黑名单', 'K01,甲一,同意,', 'K02,乙二,同意,是', 'K03,丙三,同意,否'],
      columns: ['customer_no', 'name', 'consent_status'],
      records: [
        ['K01', '甲一', 'given'],
        ['K02', '乙二', 'unknown'],
        ['K03', '丙三', 'given'],
      ],
      header: ['HEADER_SWITCH 4'],
    },
  ],
  'cells as web systems write them': [
    {
      name: 'equals and quotes',
      lines: [HEADER, '="K01",甲一,="13900000001"', '="K02","乙,二",="13900000002"'],
      records: [
        ['K01', '甲一', '13900000001'],
        ['K02', '乙,二', '13900000002'],
      ],
    },
    {
      name: 'a guard that every row has',
      lines: [HEADER, '`K01,甲一,`13900000001', '`K02,乙二,`13900000002'],
      records: [
        ['K01', '甲一', '13900000001'],
        ['K02', '乙二', '13900000002'],
      ],
    },
    {
      name: 'a guard that one row has',
      lines: [HEADER, '`K01,甲一,13900000001', 'K02,乙二,13900000002'],
      records: [['K02', '乙二', '13900000002']],
      findings: ['VALUE_GUARD 2'],
    },
    {
      name: 'several phones in a cell',
      lines: [HEADER, 'K01,甲一,13900000001/13800000009', 'K02,乙二,13900000002'],
      columns: ['customer_no', 'name', 'mobile', 'mobile_2'],
      records: [
        ['K01', '甲一', '13900000001', '13800000009'],
        ['K02', '乙二', '13900000002', ''],
      ],
    },
    {
      name: 'dates settled by those that are clear',
      lines: ['客户编号,最近服务', 'K01,13/5/2026', 'K02,4/5/2026'],
      records: [
        ['K01', '2026-05-13'],
        ['K02', '2026-05-04'],
      ],
      header: ['HEADER_DAY_FIRST 2'],
    },
    {
      name: 'dates that contradict each other settle nothing',
      lines: ['客户编号,最近服务', 'K01,13/5/2026', 'K02,5/13/2026', 'K03,4/5/2026'],
      records: [
        ['K01', '2026-05-13'],
        ['K02', '2026-05-13'],
        ['K03', ''],
      ],
      findings: ['VALUE_DATE_ORDER 2', 'VALUE_DATE_ORDER 3', 'VALUE_DATE_AMBIGUOUS 4'],
    },
    {
      name: 'dates in the order that the person named',
      lines: ['客户编号,最近服务', 'K01,4/5/2026'],
      options: { order: 'mdy' },
      records: [['K01', '2026-04-05']],
    },
  ],
  ledgers: [
    {
      name: 'without recipient and purpose',
      lines: ['客户编号,事件,同意日期,方式', 'K01,同意,2026-09-01,微信'],
      options: { profile: CONSENTS },
      records: [['K01', 'given', '2026-08-31T16:00:00Z', 'wechat']],
      header: ['LEDGER_NO_RECIPIENT 0', 'LEDGER_NO_PURPOSE 0'],
    },
    {
      name: 'a list of unsubscribed people',
      lines: ['Email Address,First Name,UNSUB_TIME', 'Jia@Example.com,Jia,2026-05-04 03:20:31'],
      options: { profile: CONSENTS },
      columns: ['time', 'subject', 'event'],
      records: [['2026-05-03T19:20:31Z', 'email:jia@example.com', 'withdrawn']],
    },
    {
      name: 'numbers that a spreadsheet changed stay, because somebody can still tell who it was',
      lines: ['客户编号,状态,时间', '1001.0,撤回,2026-10-01', '"1,002",撤回,10月1日'],
      options: { profile: CONSENTS },
      records: [
        ['1001.0', 'withdrawn', '2026-09-30T16:00:00Z'],
        ['1,002', 'withdrawn', ''],
      ],
    },
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', (_name, each) => {
    const whole = importAll(Buffer.from(`${each.lines.join('\r\n')}\r\n`), each.options);
    expect(whole.records).toEqual(each.records);
    if (each.columns !== undefined) expect(whole.columns).toEqual(each.columns);
    const found = whole.chunks.flatMap((chunk) => chunk.findings.map(({ code, line }) => `${code} ${line}`));
    if (each.findings !== undefined) expect(found).toEqual(each.findings);
    const header = [
      ...whole.titles.map((line) => `title ${line}`),
      ...whole.findings.map(({ code, column }) => `${code} ${column}`),
    ];
    if (each.header !== undefined) expect(header).toEqual(each.header);
    const total = (key: 'aside' | 'rejected') => whole.chunks.reduce((sum, chunk) => sum + chunk[key], 0);
    if (each.aside !== undefined) expect(total('aside')).toBe(each.aside);
    if (each.rejected !== undefined) expect(total('rejected')).toBe(each.rejected);
  });
});

it.each([
  [
    'in another order',
    [
      '客户编号,姓名,手机号,备注',
      'K01,甲一,13900000001,',
      '客户编号,手机号,姓名,备注',
      'K02,13900000002,乙二,',
    ],
  ],
  ['of another table', [HEADER, 'K01,甲一,13900000001', '', '订单号,客户编号,金额', 'D1,K01,300']],
  [
    'in English',
    ['Customer ID,Name,Mobile', 'K01,Jia,13900000001', 'Order no,Customer ID,Amount', 'D1,K01,300'],
  ],
])('a second header %s refuses the file', (_, lines) => {
  const problem = problemOf(() => importAll(Buffer.from(`${lines.join('\n')}\n`)));
  expect(problem).toEqual({ code: 'CSV_HEADER_OTHER', line: lines.length - 1 });
});

describe('bytes of another encoding', () => {
  const rows = (from: number, count: number) =>
    Array.from(
      { length: count },
      (_, i) => `K${from + i},欧阳甲乙,1390000${1000 + from + i},和平路二号院\n`,
    ).join('');
  const header = '客户编号,姓名,手机号,服务地址\n';

  it('cost the row that holds half a character, and name its byte', () => {
    const good = encodeGb18030(`${header}${rows(1, 3)}`);
    const bad = Buffer.from([...encodeGb18030('K9,李'), 0xc0, ...encodeGb18030(',13900000009,和平路\n')]);
    const whole = importAll(Buffer.concat([good, bad, encodeGb18030(rows(20, 2))]));
    expect(whole.records).toHaveLength(5);
    expect(whole.chunks[0]?.findings).toMatchObject([{ code: 'ROW_BYTES', line: 5, got: 0xc0 }]);
  });

  it('cost a row of UTF-8 in a file of GBK, and the other way round', () => {
    const gbk = Buffer.concat([
      encodeGb18030(header + rows(1, 9)),
      Buffer.from(rows(50, 1)),
      encodeGb18030(rows(60, 9)),
    ]);
    const utf8 = Buffer.concat([
      Buffer.from(header + rows(1, 9)),
      encodeGb18030(rows(50, 1)),
      Buffer.from(rows(60, 9)),
    ]);
    for (const bytes of [gbk, utf8]) {
      const whole = importAll(bytes);
      expect(whole.records).toHaveLength(18);
      expect(whole.chunks[0]?.findings).toMatchObject([{ code: 'ROW_OTHER_ENCODING', line: 11 }]);
    }
  });

  it('refuse the file where they stand in its header', () => {
    const bytes = Buffer.concat([
      encodeGb18030('客户编号,姓名'),
      Buffer.from([0xc0, 0x2c]),
      encodeGb18030(`手机号\n${rows(1, 9)}`),
    ]);
    expect(problemOf(() => importAll(bytes, { encoding: 'gb18030' })).code).toBe('CSV_BAD_BYTES');
  });
});

it.each([
  ['html', '<html><body><table><tr><td>客户编号</td></tr></table></body></html>'],
  ['html', '\ufeff\r\n<!DOCTYPE html><html></html>'],
  ['html', '<table border=1><tr><td>a</td></tr></table>'],
  ['xml', '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'],
])('a table in %s is said what it is', (kind, text) => {
  expect(problemOf(() => importAll(Buffer.from(text)))).toEqual({ code: 'CSV_NOT_TEXT', kind });
});
