import { clockTime } from '../clock-time.js';
import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/**
 * Problems of bundles, approvals and receipts. `entry` and `part` are names of the format, `resource` and `party` names that were
 * checked; `row` counts from 1 within a part. Nothing here ever says what a row holds.
 */
export type BundleProblem =
  | { readonly code: 'BUNDLE_NOT_ZIP' }
  | { readonly code: 'BUNDLE_TRUNCATED' }
  | { readonly code: 'BUNDLE_TOO_LARGE'; readonly limit: number }
  | { readonly code: 'BUNDLE_BYTES_OUTSIDE'; readonly offset: number }
  | { readonly code: 'BUNDLE_DIRECTORY' }
  | { readonly code: 'BUNDLE_ENTRY_UNKNOWN'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_DUPLICATE'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_MISSING'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_COMPRESSED'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_ENCRYPTED'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_ORDER'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_HEADER'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_UNLISTED'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_SIZE'; readonly entry: string }
  | { readonly code: 'BUNDLE_ENTRY_DIGEST'; readonly entry: string }
  | { readonly code: 'BUNDLE_SCHEMA'; readonly resource: string }
  | { readonly code: 'BUNDLE_SIGNER'; readonly party: string }
  | { readonly code: 'BUNDLE_DEAL' }
  | { readonly code: 'BUNDLE_PARTY'; readonly role: 'seller' | 'buyer' }
  | { readonly code: 'BUNDLE_FIELDS' }
  | { readonly code: 'BUNDLE_PLAN' }
  | { readonly code: 'BUNDLE_ENVIRONMENT'; readonly bundle: string; readonly expected: string }
  | { readonly code: 'BUNDLE_POLICY' }
  | { readonly code: 'BUNDLE_KIND'; readonly kind: string }
  | { readonly code: 'BUNDLE_ACCOUNTING'; readonly resource: string }
  | { readonly code: 'BUNDLE_NOT_FOR_US' }
  | { readonly code: 'BUNDLE_KEY'; readonly entry: string }
  | { readonly code: 'BUNDLE_DECRYPT'; readonly entry: string }
  | { readonly code: 'BUNDLE_RECIPIENTS'; readonly entry: string }
  | { readonly code: 'BUNDLE_PAGES'; readonly part: string }
  | { readonly code: 'BUNDLE_ROW'; readonly part: string; readonly row: number }
  | { readonly code: 'BUNDLE_ROW_NUMBER'; readonly part: string; readonly row: number }
  | { readonly code: 'BUNDLE_ROW_TAG'; readonly part: string; readonly row: number }
  | { readonly code: 'BUNDLE_ROWS'; readonly resource: string }
  | { readonly code: 'BUNDLE_ROOT'; readonly resource: string }
  | { readonly code: 'BUNDLE_TAG_ROOT'; readonly resource: string }
  | { readonly code: 'BUNDLE_TAG_REPEATED'; readonly resource: string }
  | { readonly code: 'BUNDLE_ORPHAN'; readonly resource: string }
  | { readonly code: 'BUNDLE_SUMS'; readonly resource: string }
  | { readonly code: 'BUNDLE_TAG_KEY'; readonly deal: string }
  | { readonly code: 'BUNDLE_NUMBER'; readonly number: number }
  | { readonly code: 'BUNDLE_PREVIOUS'; readonly number: number }
  | { readonly code: 'BUNDLE_GAP'; readonly number: number; readonly missing: number }
  | { readonly code: 'BUNDLE_LATE'; readonly number: number; readonly last: number }
  | { readonly code: 'DATE_AHEAD'; readonly document: string; readonly time: string }
  | {
      readonly code: 'DATE_BEFORE';
      readonly document: string;
      readonly time: string;
      readonly since: string;
    }
  | { readonly code: 'APPROVAL_OTHER_PLAN'; readonly document: string }
  | { readonly code: 'APPROVAL_SELF' }
  | { readonly code: 'APPROVAL_REPEATED' }
  | { readonly code: 'APPROVAL_TOO_FEW'; readonly needed: number; readonly found: number }
  | { readonly code: 'RECEIPT_OTHER_BUNDLE'; readonly bundle: string }
  | { readonly code: 'RECEIPT_OTHER_DEAL'; readonly bundle: string }
  | { readonly code: 'RECEIPT_OTHER_PARTY'; readonly bundle: string }
  | { readonly code: 'RECEIPT_OTHER_ROOT'; readonly bundle: string }
  | { readonly code: 'RECEIPT_COUNTS'; readonly resource: string }
  | { readonly code: 'RECEIPT_DISPOSITION' };

export const bundleExits: Exits<BundleProblem> = {
  BUNDLE_NOT_ZIP: 'integrity',
  BUNDLE_TRUNCATED: 'integrity',
  BUNDLE_TOO_LARGE: 'integrity',
  BUNDLE_BYTES_OUTSIDE: 'integrity',
  BUNDLE_DIRECTORY: 'integrity',
  BUNDLE_ENTRY_UNKNOWN: 'integrity',
  BUNDLE_ENTRY_DUPLICATE: 'integrity',
  BUNDLE_ENTRY_MISSING: 'integrity',
  BUNDLE_ENTRY_COMPRESSED: 'integrity',
  BUNDLE_ENTRY_ENCRYPTED: 'integrity',
  BUNDLE_ENTRY_ORDER: 'integrity',
  BUNDLE_ENTRY_HEADER: 'integrity',
  BUNDLE_ENTRY_UNLISTED: 'integrity',
  BUNDLE_ENTRY_SIZE: 'integrity',
  BUNDLE_ENTRY_DIGEST: 'integrity',
  BUNDLE_SCHEMA: 'integrity',
  BUNDLE_SIGNER: 'authenticity',
  BUNDLE_DEAL: 'authenticity',
  BUNDLE_PARTY: 'authenticity',
  BUNDLE_FIELDS: 'refused',
  BUNDLE_PLAN: 'integrity',
  BUNDLE_ENVIRONMENT: 'refused',
  BUNDLE_POLICY: 'refused',
  BUNDLE_KIND: 'refused',
  BUNDLE_ACCOUNTING: 'integrity',
  BUNDLE_NOT_FOR_US: 'authenticity',
  BUNDLE_KEY: 'key',
  BUNDLE_DECRYPT: 'integrity',
  BUNDLE_RECIPIENTS: 'refused',
  BUNDLE_PAGES: 'integrity',
  BUNDLE_ROW: 'integrity',
  BUNDLE_ROW_NUMBER: 'integrity',
  BUNDLE_ROW_TAG: 'integrity',
  BUNDLE_ROWS: 'integrity',
  BUNDLE_ROOT: 'integrity',
  BUNDLE_TAG_ROOT: 'integrity',
  BUNDLE_TAG_REPEATED: 'integrity',
  BUNDLE_ORPHAN: 'integrity',
  BUNDLE_SUMS: 'integrity',
  BUNDLE_TAG_KEY: 'integrity',
  BUNDLE_NUMBER: 'authenticity',
  BUNDLE_PREVIOUS: 'authenticity',
  BUNDLE_GAP: 'authenticity',
  BUNDLE_LATE: 'authenticity',
  DATE_AHEAD: 'authenticity',
  DATE_BEFORE: 'authenticity',
  APPROVAL_OTHER_PLAN: 'refused',
  APPROVAL_SELF: 'refused',
  APPROVAL_REPEATED: 'refused',
  APPROVAL_TOO_FEW: 'refused',
  RECEIPT_OTHER_BUNDLE: 'authenticity',
  RECEIPT_OTHER_DEAL: 'authenticity',
  RECEIPT_OTHER_PARTY: 'authenticity',
  RECEIPT_OTHER_ROOT: 'integrity',
  RECEIPT_COUNTS: 'integrity',
  RECEIPT_DISPOSITION: 'integrity',
};

const AGAIN_ZH = '请不要使用这份文件，请卖方重新发送原文件。';
const AGAIN_EN = 'Do not use this file; ask the seller to send the original again.';
const REMAKE_ZH = '请不要使用这个交接包，把这条提示发给卖方，请卖方重新导出。';
const REMAKE_EN = 'Do not use this bundle; send this message to the seller and ask for a new export.';
const RECEIPT_ZH = '请不要据此销毁数据，请买方重新发送这个交接包的回执。';
const RECEIPT_EN =
  'Do not purge on the strength of it; ask the buyer to send the receipt for this bundle again.';

export const bundleSentences: Bilingual<BundleProblem> = {
  zh: {
    BUNDLE_NOT_ZIP: () => ({
      what: '这个文件不是交接包。',
      fix: '请确认选对了文件：交接包是 .handover.zip，对方发来的名片、协议、回执和通知函是 .html。',
    }),
    BUNDLE_TRUNCATED: () => ({
      what: '交接包不完整，后面一部分缺失。',
      fix: '可能是复制或下载中断，请重新复制，或请卖方重新发送。',
    }),
    BUNDLE_TOO_LARGE: (p) => ({
      what: `文件超过 ${p.limit} 字节的上限。`,
      fix: '请确认选对了文件。',
    }),
    BUNDLE_BYTES_OUTSIDE: (p) => ({
      what: `交接包里有不属于任何条目的内容，位置：第 ${p.offset} 字节。`,
      fix: AGAIN_ZH,
    }),
    BUNDLE_DIRECTORY: () => ({ what: '交接包的条目目录已损坏。', fix: AGAIN_ZH }),
    BUNDLE_ENTRY_UNKNOWN: (p) => ({
      what: `交接包里有格式之外的条目（${p.entry}）。`,
      fix: '请不要解压后重新打包，请卖方重新发送原文件。',
    }),
    BUNDLE_ENTRY_DUPLICATE: (p) => ({ what: `交接包里有两个同名条目：${p.entry}。`, fix: AGAIN_ZH }),
    BUNDLE_ENTRY_MISSING: (p) => ({ what: `交接包里缺少条目：${p.entry}。`, fix: AGAIN_ZH }),
    BUNDLE_ENTRY_COMPRESSED: (p) => ({
      what: `条目 ${p.entry} 被压缩过，不是原来的交接包。`,
      fix: '请不要解压后重新打包，请卖方重新发送原文件。',
    }),
    BUNDLE_ENTRY_ENCRYPTED: (p) => ({
      what: `条目 ${p.entry} 带有压缩软件的密码，不是原来的交接包。`,
      fix: '请不要用压缩软件加密，交接包本身已经加密；请卖方重新发送原文件。',
    }),
    BUNDLE_ENTRY_ORDER: (p) => ({
      what: `条目 ${p.entry} 的位置不对，不是原来的交接包。`,
      fix: '请不要解压后重新打包，请卖方重新发送原文件。',
    }),
    BUNDLE_ENTRY_HEADER: (p) => ({
      what: `条目 ${p.entry} 的文件头与格式或目录不一致。`,
      fix: '请不要解压后重新打包，请卖方重新发送原文件。',
    }),
    BUNDLE_ENTRY_UNLISTED: (p) => ({ what: `条目 ${p.entry} 不在签名清单里，是后来加入的。`, fix: AGAIN_ZH }),
    BUNDLE_ENTRY_SIZE: (p) => ({ what: `条目 ${p.entry} 的长度与签名清单不符。`, fix: AGAIN_ZH }),
    BUNDLE_ENTRY_DIGEST: (p) => ({ what: `条目 ${p.entry} 已损坏或被改动，校验值不符。`, fix: AGAIN_ZH }),
    BUNDLE_SCHEMA: (p) => ({ what: `清单里 ${p.resource} 的行结构与字段列表不一致。`, fix: REMAKE_ZH }),
    BUNDLE_SIGNER: (p) => ({
      what: `交接包不是 ${p.party} 用您核对过的名片签发的。`,
      fix: '请确认选对了卖方名片；如果对方换过密钥，请先当面或电话核对并信任新名片。',
    }),
    BUNDLE_DEAL: () => ({ what: '包里的交接协议与清单写明的不是同一份。', fix: REMAKE_ZH }),
    BUNDLE_PARTY: (p) => ({
      what: `交接协议里的${p.role === 'seller' ? '卖方' : '买方'}与清单或名片上的不是同一方。`,
      fix: REMAKE_ZH,
    }),
    BUNDLE_FIELDS: () => ({
      what: '包里的字段与双方签署的协议不一致。',
      fix: '超出协议的数据不能接收。请卖方按协议重新导出。',
    }),
    BUNDLE_PLAN: () => ({ what: '清单与它所依据的导出计划不一致。', fix: REMAKE_ZH }),
    BUNDLE_ENVIRONMENT: (p) => ({
      what: `交接包用于 ${p.bundle}，这里需要的是 ${p.expected}。`,
      fix: '测试包不能进入正式工作区，正式包也不能进入测试工作区。请换用对应的工作区。',
    }),
    BUNDLE_POLICY: () => ({
      what: '判定所用的规则包与协议约定的不同。',
      fix: '请卖方用协议约定的规则包重新检查并导出。',
    }),
    BUNDLE_KIND: () => ({
      what: '股权转让不改变个人信息处理者，不应产生客户交接包。',
      fix: '请不要接收。客户资料仍由原公司保管；如果实际是资产转让，请重新签署交接协议。',
    }),
    BUNDLE_ACCOUNTING: (p) => ({
      what: `${p.resource} 的行数对不上：读入的每一行必须有去向和原因。`,
      fix: REMAKE_ZH,
    }),
    BUNDLE_NOT_FOR_US: () => ({
      what: '这个交接包不是发给您的。',
      fix: '请不要尝试打开；请删除它，并告知卖方发错了对象。',
    }),
    BUNDLE_KEY: (p) => ({
      what: `您的密钥打不开 ${p.entry}。`,
      fix: '请确认用的是卖方导出时名片上的那套密钥；如果密钥已丢失，请发新名片并请卖方重新导出。',
    }),
    BUNDLE_DECRYPT: (p) => ({ what: `${p.entry} 不是完整的 age 加密文件。`, fix: REMAKE_ZH }),
    BUNDLE_RECIPIENTS: (p) => ({
      what: `${p.entry} 的收件人与协议不符，协议之外的人也可能打得开。`,
      fix: '请不要接收，并告知卖方：数据可能已经交给了别人。请卖方按协议重新导出。',
    }),
    BUNDLE_PAGES: (p) => ({ what: `${p.part} 解密后的分页与清单不符。`, fix: REMAKE_ZH }),
    BUNDLE_ROW: (p) => ({ what: `${p.part} 第 ${p.row} 行不符合签名的行结构。`, fix: REMAKE_ZH }),
    BUNDLE_ROW_NUMBER: (p) => ({
      what: `${p.part} 第 ${p.row} 行没有客户编号，而协议写明客户编号原样移交。`,
      fix: REMAKE_ZH,
    }),
    BUNDLE_ROW_TAG: (p) => ({
      what: `${p.part} 第 ${p.row} 行的当事人标签不是这一行客户编号的标签，以后的撤回会落到别人身上。`,
      fix: REMAKE_ZH,
    }),
    BUNDLE_ROWS: (p) => ({ what: `${p.resource} 的行数与清单不符。`, fix: REMAKE_ZH }),
    BUNDLE_ROOT: (p) => ({ what: `${p.resource} 的内容与清单里的数据根不符。`, fix: REMAKE_ZH }),
    BUNDLE_TAG_ROOT: (p) => ({ what: `${p.resource} 的当事人标签与清单里的标签根不符。`, fix: REMAKE_ZH }),
    BUNDLE_TAG_REPEATED: (p) => ({ what: `${p.resource} 里同一个当事人出现了两次。`, fix: REMAKE_ZH }),
    BUNDLE_ORPHAN: (p) => ({
      what: `${p.resource} 里有一行属于不在这个交接包里的客户。`,
      fix: REMAKE_ZH,
    }),
    BUNDLE_SUMS: (p) => ({
      what: `${p.resource} 各行的金额、次数或人数加起来，与卖方签署的合计不符。`,
      fix: REMAKE_ZH,
    }),
    BUNDLE_TAG_KEY: (p) => ({
      what: `这个交接包用的标签密钥与协议 ${p.deal} 以前的交接包不同，同一位客户会被当成两个人。`,
      fix: REMAKE_ZH,
    }),
    BUNDLE_NUMBER: (p) => ({
      what: `这份协议的第 ${p.number} 号交接包已经收到过，这是另一个。`,
      fix: '请不要使用它。请打电话问卖方，哪一个才是第二次发出的；新的交接包应有新的编号。',
    }),
    BUNDLE_PREVIOUS: (p) => ({
      what: `第 ${p.number} 号交接包写明的前一个交接包，不是您收到的那个。`,
      fix: '请不要使用它。请打电话问卖方发过哪些交接包，并请卖方重新导出。',
    }),
    BUNDLE_GAP: (p) => ({
      what: `这是第 ${p.number} 号交接包，第 ${p.missing} 号还没有收到。`,
      fix: `请先向卖方索取第 ${p.missing} 号并接收。确实拿不到时，加 --out-of-order 接收，日志会记下。`,
    }),
    BUNDLE_LATE: (p) => ({
      what: `这是第 ${p.number} 号交接包，而第 ${p.last} 号已经收到。`,
      fix: '请先问卖方为什么晚到。确认后加 --out-of-order 接收，日志会记下；后一号里的资料仍以后一号为准。',
    }),
    DATE_AHEAD: (p) => ({
      what: `${p.document} 写明的时间是 ${clockTime(p.time)}，比这台电脑的时间晚一天以上。`,
      fix: '请先核对这台电脑的日期和时间。如果没有错，请对方校正时钟后重新制作。',
    }),
    DATE_BEFORE: (p) => ({
      what: `${p.document} 写明的时间是 ${clockTime(p.time)}，早于它所依据的文件（${clockTime(p.since)}）。`,
      fix: '请不要使用它。请对方核对时钟后重新制作；如果是这台电脑当时的时间不对，请向对方说明。',
    }),
    APPROVAL_OTHER_PLAN: (p) => ({
      what: `${p.document} 批准的不是这份导出计划。`,
      fix: '计划在批准之后变过。请批准人重新查看并批准现在的计划。',
    }),
    APPROVAL_SELF: () => ({
      what: '批准人就是导出人，不算第二人批准。',
      fix: '请另一位负责人用自己的密钥批准。',
    }),
    APPROVAL_REPEATED: () => ({ what: '同一位批准人签了两次，只能算一次。', fix: '请另一位负责人批准。' }),
    APPROVAL_TOO_FEW: (p) => ({
      what: `协议要求 ${p.needed} 人批准，现有 ${p.found} 人。`,
      fix: '请其他负责人运行 handover approve 查看并批准。',
    }),
    RECEIPT_OTHER_BUNDLE: (p) => ({ what: `回执回答的不是交接包 ${p.bundle}。`, fix: RECEIPT_ZH }),
    RECEIPT_OTHER_DEAL: (p) => ({ what: `回执里的协议与交接包 ${p.bundle} 的不同。`, fix: RECEIPT_ZH }),
    RECEIPT_OTHER_PARTY: (p) => ({ what: `回执里的双方与交接包 ${p.bundle} 的不同。`, fix: RECEIPT_ZH }),
    RECEIPT_OTHER_ROOT: (p) => ({
      what: `买方算出的数据根与发出的交接包 ${p.bundle} 不同，对方收到的内容不一样。`,
      fix: RECEIPT_ZH,
    }),
    RECEIPT_COUNTS: (p) => ({ what: `回执里 ${p.resource} 的行数对不上。`, fix: RECEIPT_ZH }),
    RECEIPT_DISPOSITION: () => ({ what: '回执的结论与它的数字、原因或保留期限互相矛盾。', fix: RECEIPT_ZH }),
  },
  en: {
    BUNDLE_NOT_ZIP: () => ({
      what: 'This file is not a bundle.',
      fix: 'Check that it is the right file: a bundle is a .handover.zip, and cards, deals, receipts and notices come as .html.',
    }),
    BUNDLE_TRUNCATED: () => ({
      what: 'The bundle is cut short.',
      fix: 'Copying or downloading it probably broke off; copy it again, or ask the seller to send it again.',
    }),
    BUNDLE_TOO_LARGE: (p) => ({
      what: `The file is larger than ${p.limit} bytes.`,
      fix: 'Check that it is the right file.',
    }),
    BUNDLE_BYTES_OUTSIDE: (p) => ({
      what: `The bundle holds bytes that belong to no entry, at byte ${p.offset}.`,
      fix: AGAIN_EN,
    }),
    BUNDLE_DIRECTORY: () => ({ what: 'The directory of the bundle is damaged.', fix: AGAIN_EN }),
    BUNDLE_ENTRY_UNKNOWN: (p) => ({
      what: `The bundle holds an entry that its format does not know (${p.entry}).`,
      fix: 'Do not unpack and pack it again; ask the seller for the original file.',
    }),
    BUNDLE_ENTRY_DUPLICATE: (p) => ({
      what: `The bundle holds two entries named ${p.entry}.`,
      fix: AGAIN_EN,
    }),
    BUNDLE_ENTRY_MISSING: (p) => ({ what: `The bundle lacks the entry ${p.entry}.`, fix: AGAIN_EN }),
    BUNDLE_ENTRY_COMPRESSED: (p) => ({
      what: `The entry ${p.entry} is compressed: this is not the original bundle.`,
      fix: 'Do not unpack and pack it again; ask the seller for the original file.',
    }),
    BUNDLE_ENTRY_ENCRYPTED: (p) => ({
      what: `The entry ${p.entry} has a ZIP password: this is not the original bundle.`,
      fix: 'A bundle is encrypted already, no ZIP password is needed; ask the seller for the original file.',
    }),
    BUNDLE_ENTRY_ORDER: (p) => ({
      what: `The entry ${p.entry} stands in the wrong place: this is not the original bundle.`,
      fix: 'Do not unpack and pack it again; ask the seller for the original file.',
    }),
    BUNDLE_ENTRY_HEADER: (p) => ({
      what: `The header of the entry ${p.entry} does not agree with the format or the directory.`,
      fix: 'Do not unpack and pack it again; ask the seller for the original file.',
    }),
    BUNDLE_ENTRY_UNLISTED: (p) => ({
      what: `The entry ${p.entry} is not in the signed manifest: it was added later.`,
      fix: AGAIN_EN,
    }),
    BUNDLE_ENTRY_SIZE: (p) => ({
      what: `The length of the entry ${p.entry} is not the one in the signed manifest.`,
      fix: AGAIN_EN,
    }),
    BUNDLE_ENTRY_DIGEST: (p) => ({
      what: `The entry ${p.entry} is damaged or was changed: its checksum is wrong.`,
      fix: AGAIN_EN,
    }),
    BUNDLE_SCHEMA: (p) => ({
      what: `In the manifest, the row schema of ${p.resource} does not agree with its fields.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_SIGNER: (p) => ({
      what: `The bundle was not signed by ${p.party} with the card that you compared.`,
      fix: "Check that this is the right seller's card; if the seller has new keys, compare and trust the new card first.",
    }),
    BUNDLE_DEAL: () => ({
      what: 'The deal in the bundle is not the one that the manifest names.',
      fix: REMAKE_EN,
    }),
    BUNDLE_PARTY: (p) => ({
      what: `The ${p.role} of the deal is not the one in the manifest or on the card.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_FIELDS: () => ({
      what: 'The fields in the bundle are not those of the deal that both parties signed.',
      fix: 'Data beyond the deal may not be received. Ask the seller to export again under the deal.',
    }),
    BUNDLE_PLAN: () => ({ what: 'The manifest does not carry out the plan that it names.', fix: REMAKE_EN }),
    BUNDLE_ENVIRONMENT: (p) => ({
      what: `The bundle is for ${p.bundle}, and ${p.expected} is needed here.`,
      fix: 'A test bundle does not go into a production workspace, nor the other way round. Use the right workspace.',
    }),
    BUNDLE_POLICY: () => ({
      what: 'The policy pack that judged the records is not the one of the deal.',
      fix: "Ask the seller to check and export again with the deal's policy pack.",
    }),
    BUNDLE_KIND: (p) => ({
      what: `A deal of kind ${p.kind} changes no handler of personal data and makes no customer bundle.`,
      fix: 'Do not receive it. The company keeps its records; if assets are sold in fact, sign another deal.',
    }),
    BUNDLE_ACCOUNTING: (p) => ({
      what: `The rows of ${p.resource} do not add up: each row that was read must have gone somewhere, with a reason.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_NOT_FOR_US: () => ({
      what: 'This bundle was not made for you.',
      fix: 'Do not try to open it; delete it and tell the seller that it went astray.',
    }),
    BUNDLE_KEY: (p) => ({
      what: `Your key does not open ${p.entry}.`,
      fix: 'Use the keys of the card that the seller had at export; if they are lost, send a new card and ask for a new export.',
    }),
    BUNDLE_DECRYPT: (p) => ({ what: `${p.entry} is not a whole and genuine age file.`, fix: REMAKE_EN }),
    BUNDLE_RECIPIENTS: (p) => ({
      what: `${p.entry} is not encrypted to exactly the recipients of the deal: somebody else may be able to open it.`,
      fix: 'Do not receive it, and tell the seller that the data may be in other hands. Ask for a new export under the deal.',
    }),
    BUNDLE_PAGES: (p) => ({
      what: `The pages inside ${p.part} are not those of the manifest.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_ROW: (p) => ({
      what: `Row ${p.row} of ${p.part} does not follow the signed row schema.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_ROW_NUMBER: (p) => ({
      what: `Row ${p.row} of ${p.part} has no customer number, which by the deal leaves as it is.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_ROW_TAG: (p) => ({
      what: `The subject tag of row ${p.row} of ${p.part} is not that of its customer number: a later withdrawal would hit somebody else.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_ROWS: (p) => ({
      what: `The number of rows of ${p.resource} is not the one in the manifest.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_ROOT: (p) => ({
      what: `The rows of ${p.resource} do not give the root in the manifest.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_TAG_ROOT: (p) => ({
      what: `The subject tags of ${p.resource} do not give the tag root in the manifest.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_ORPHAN: (p) => ({
      what: `A row of ${p.resource} belongs to a customer who is not in this bundle.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_SUMS: (p) => ({
      what: `The amounts, sessions or persons in the rows of ${p.resource} do not add up to what the seller signed.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_TAG_REPEATED: (p) => ({
      what: `The same person stands in ${p.resource} twice.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_TAG_KEY: (p) => ({
      what: `The bundle has another tag key than those before it of deal ${p.deal}: one customer would become two persons.`,
      fix: REMAKE_EN,
    }),
    BUNDLE_NUMBER: (p) => ({
      what: `Another bundle number ${p.number} of this deal was received already.`,
      fix: 'Do not use this one. Ask the seller by telephone which is which; a further bundle has a number of its own.',
    }),
    BUNDLE_PREVIOUS: (p) => ({
      what: `Bundle number ${p.number} does not follow the bundle that you received.`,
      fix: 'Do not use it. Ask the seller by telephone which bundles were made, and for a new export.',
    }),
    BUNDLE_GAP: (p) => ({
      what: `This is bundle number ${p.number}, and number ${p.missing} has not been received.`,
      fix: `Ask the seller for number ${p.missing} and receive that first. If it cannot be had, --out-of-order takes this one all the same, and the log says so.`,
    }),
    BUNDLE_LATE: (p) => ({
      what: `This is bundle number ${p.number}, and number ${p.last} was received before it.`,
      fix: 'Ask the seller why it is late. If all is well, --out-of-order takes it, and the log says so; what the later bundle says of a person still counts.',
    }),
    DATE_AHEAD: (p) => ({
      what: `${p.document} is dated ${clockTime(p.time)}, more than a day ahead of this computer's clock.`,
      fix: 'Check date and time of this computer first. If they are right, ask the other party to set their clock and make it again.',
    }),
    DATE_BEFORE: (p) => ({
      what: `${p.document} is dated ${clockTime(p.time)}, before what it rests on (${clockTime(p.since)}).`,
      fix: 'Do not use it. Ask the other party to check their clock and make it again; tell them if it was this computer whose clock was wrong.',
    }),
    APPROVAL_OTHER_PLAN: (p) => ({
      what: `${p.document} approves another plan than this one.`,
      fix: 'The plan changed after it was approved. Ask the approver to look at the present plan and approve it.',
    }),
    APPROVAL_SELF: () => ({
      what: 'The approver is the one who exports, who does not count as a second person.',
      fix: 'Ask another responsible person to approve with a key of their own.',
    }),
    APPROVAL_REPEATED: () => ({
      what: 'One approver signed twice, which counts once.',
      fix: 'Ask another responsible person to approve.',
    }),
    APPROVAL_TOO_FEW: (p) => ({
      what: `The deal asks for ${p.needed} approval(s); there are ${p.found}.`,
      fix: 'Ask the other responsible persons to run handover approve.',
    }),
    RECEIPT_OTHER_BUNDLE: (p) => ({
      what: `The receipt does not answer bundle ${p.bundle}.`,
      fix: RECEIPT_EN,
    }),
    RECEIPT_OTHER_DEAL: (p) => ({
      what: `The receipt names another deal than bundle ${p.bundle}.`,
      fix: RECEIPT_EN,
    }),
    RECEIPT_OTHER_PARTY: (p) => ({
      what: `The receipt names other parties than bundle ${p.bundle}.`,
      fix: RECEIPT_EN,
    }),
    RECEIPT_OTHER_ROOT: (p) => ({
      what: `The buyer computed other roots than those of bundle ${p.bundle}: what arrived is not what was sent.`,
      fix: RECEIPT_EN,
    }),
    RECEIPT_COUNTS: (p) => ({
      what: `The rows of ${p.resource} in the receipt do not add up.`,
      fix: RECEIPT_EN,
    }),
    RECEIPT_DISPOSITION: () => ({
      what: "The receipt's answer contradicts its own counts, reason or retention date.",
      fix: RECEIPT_EN,
    }),
  },
};
