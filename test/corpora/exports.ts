import { encodeGb18030 } from '../../src/dataset/gb18030.js';
import type { Customer } from './read.js';

/* Exports as the systems write them that small firms use: their columns, encodings, guards and habits. Invented people. */

/** An export with the customers that are in it, by the fields that have to be read. */
export interface Export {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly truth: readonly Customer[];
}

const csv = (rows: readonly (readonly string[])[], end = '\r\n'): string =>
  rows
    .map(
      (row) =>
        row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',') + end,
    )
    .join('');

const PEOPLE = [
  { name: '张三', mobile: '13800138001', address: '上海市浦东新区建国路1号' },
  { name: '李四', mobile: '13800138002', address: '上海市徐汇区漕溪路88号' },
  { name: '欧阳娜娜', mobile: '13800138003', address: '' },
] as const;

/** A shop of 美团: GB18030, tabs before long numbers, a line about the export above the header. */
function meituan(): Export {
  const rows = PEOPLE.map(({ name, mobile, address }, i) => [
    `\t20260901000${i}`,
    name,
    `\t${mobile}`,
    address,
    '日常保洁3小时',
    `${168 + i}.00`,
    '2026-09-01 10:00:00',
  ]);
  const header = ['会员编号', '会员姓名', '手机号码', '服务地址', '服务项目', '实收金额', '登记时间'];
  return {
    file: '美团会员.csv',
    bytes: encodeGb18030(csv([['导出时间：2026-10-01 12:00:00', '', '', '', '', '', ''], header, ...rows])),
    truth: PEOPLE.map(({ name, mobile, address }, i) => ({
      customer_no: `20260901000${i}`,
      name,
      mobile,
      address,
      service: '日常保洁3小时',
      amount_paid: `${(168 + i) * 100}`,
    })),
  };
}

/** 有赞: UTF-8 with a mark, no customer number, balances, a tab behind each cell. */
function youzan(): Export {
  const rows = PEOPLE.map(({ name, mobile }, i) => [
    `${name}\t`,
    `${mobile}\t`,
    'VIP1\t',
    `${1280 + i}.50\t`,
    '2024-01-05 13:45:12\t',
  ]);
  const header = ['客户姓名', '手机号', '会员等级', '储值余额', '成为客户时间'];
  return {
    file: '有赞客户.csv',
    bytes: Buffer.from(`\ufeff${csv([header, ...rows])}`),
    truth: PEOPLE.map(({ name, mobile }, i) => ({ name, mobile, prepaid_balance: `${128050 + i * 100}` })),
  };
}

/** 金蝶: numbers with dots, a contact beside the name, a switch, a total at the end. */
function kingdee(): Export {
  const rows = PEOPLE.map(({ name, mobile, address }, i) => [
    `01.00${i + 1}`,
    name,
    name,
    '王太太',
    mobile,
    '',
    address,
    '0',
    '否',
  ]);
  const header = [
    '客户代码',
    '客户全称',
    '简称',
    '联系人',
    '移动电话',
    '联系电话',
    '地址',
    '信用额度',
    '禁用',
  ];
  return {
    file: '金蝶客户.csv',
    bytes: encodeGb18030(
      csv([
        ['客户资料', '', '', '', '', '', '', '', ''],
        header,
        ...rows,
        ['合计', '3', '', '', '', '', '', '0', ''],
      ]),
    ),
    truth: PEOPLE.map(({ name, mobile, address }, i) => ({
      customer_no: `01.00${i + 1}`,
      name,
      mobile,
      address,
    })),
  };
}

/** HubSpot: English columns, names in two, numbers with the country, ISO days. */
function hubspot(): Export {
  const rows = [
    ['51', 'Wei', 'Zhang', '+86 138 0013 8001', 'wei@example.cn', '2024-01-05 13:45'],
    ['52', '四', '李', '+86 138 0013 8002', 'li@example.cn', '2024-02-05 09:00'],
  ];
  const header = ['Record ID - Contact', 'First Name', 'Last Name', 'Phone Number', 'Email', 'Create Date'];
  return {
    file: 'hubspot.csv',
    bytes: Buffer.from(csv([header, ...rows], '\n')),
    truth: [
      {
        customer_no: '51',
        name: 'Wei Zhang',
        mobile: '13800138001',
        email: 'wei@example.cn',
        created_at: '2024-01-05',
      },
      {
        customer_no: '52',
        name: '李四',
        mobile: '13800138002',
        email: 'li@example.cn',
        created_at: '2024-02-05',
      },
    ],
  };
}

/** A web system that writes `="…"` so that Excel leaves numbers alone. */
function guarded(): Export {
  const rows = PEOPLE.map(({ name, mobile }, i) => `="00${i + 1}",${name},="${mobile}"\r\n`).join('');
  return {
    file: '会员.csv',
    bytes: encodeGb18030(`会员卡号,姓名,手机号\r\n${rows}`),
    truth: PEOPLE.map(({ name, mobile }, i) => ({ customer_no: `00${i + 1}`, name, mobile })),
  };
}

/** A web table that is named as a workbook. */
function webTable(): Export {
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag} style="vnd.ms-excel.numberformat:@">${cell}</${tag}>`).join('')}</tr>`;
  const rows = PEOPLE.map(({ name, mobile, address }, i) => cells([`C${i}`, name, mobile, address], 'td'));
  const page = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body><table border="1">${cells(['客户编号', '姓名', '手机号', '地址'], 'th')}${rows.join('\r\n')}<tr><td colspan="4">共3条</td></tr></table></body></html>`;
  return {
    file: '客户.xls',
    bytes: encodeGb18030(page),
    truth: PEOPLE.map(({ name, mobile, address }, i) => ({ customer_no: `C${i}`, name, mobile, address })),
  };
}

/** Excel's “Unicode text”: UTF-16 with tabs. */
function unicodeText(): Export {
  const rows = PEOPLE.map(({ name, mobile, address }, i) => [`C${i}`, name, mobile, address].join('\t'));
  return {
    file: '客户.txt',
    bytes: Buffer.from(`\ufeff${['客户编号\t姓名\t手机号\t地址', ...rows].join('\r\n')}\r\n`, 'utf16le'),
    truth: PEOPLE.map(({ name, mobile, address }, i) => ({ customer_no: `C${i}`, name, mobile, address })),
  };
}

export const EXPORTS: readonly Export[] = [
  meituan(),
  youzan(),
  kingdee(),
  hubspot(),
  guarded(),
  webTable(),
  unicodeText(),
];
