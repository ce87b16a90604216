import { type FurtherTable, tableWords } from '../tables.js';
import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** What can stop a step that has read its input well. Names are of firms, deals, files and staff, never of customers. */
export type StepsProblem =
  | { readonly code: 'WORKER_LOST' }
  | { readonly code: 'TRUST_OWN_CARD' }
  | { readonly code: 'TRUST_ENVIRONMENT'; readonly party: string; readonly workspace: string }
  | { readonly code: 'DEAL_NO_PARTNER' }
  | { readonly code: 'DEAL_NOT_PARTY'; readonly deal: string }
  | {
      readonly code: 'DEAL_ENVIRONMENT';
      readonly deal: string;
      readonly environment: string;
      readonly workspace: string;
    }
  | { readonly code: 'DEAL_ESCROW_WEAKER'; readonly deal: string; readonly name: string }
  | { readonly code: 'DEAL_SIGNATURE'; readonly deal: string; readonly role: 'seller' | 'buyer' }
  | { readonly code: 'DEAL_NONE' }
  | { readonly code: 'DEAL_WHICH'; readonly deals: readonly string[] }
  | { readonly code: 'DEAL_UNKNOWN'; readonly deal: string }
  | { readonly code: 'TABLE_UNCLEAR'; readonly table: FurtherTable; readonly file: string }
  | { readonly code: 'DATASET_NONE' }
  | { readonly code: 'DATASET_UNKNOWN' }
  | { readonly code: 'DATASET_KNOWN'; readonly file: string; readonly imported: string }
  | { readonly code: 'CABINET_OTHER'; readonly file: string; readonly isArchive: boolean }
  | { readonly code: 'IMPORT_ARCHIVED'; readonly persons: number }
  | { readonly code: 'ARCHIVE_OVER'; readonly until: string }
  | {
      readonly code: 'IMPORT_UNCLEAR';
      readonly added: number;
      readonly changed: number;
      readonly gone: number;
    }
  | { readonly code: 'PLAN_NONE'; readonly deal: string }
  | { readonly code: 'PLAN_STALE'; readonly deal: string }
  | { readonly code: 'APPROVAL_SAME_PERSON'; readonly person: string }
  | { readonly code: 'APPROVAL_TWICE'; readonly person: string }
  | { readonly code: 'EXPORT_NOBODY'; readonly deal: string }
  | { readonly code: 'LEDGER_UNMATCHED'; readonly noes: number; readonly deal: string }
  | { readonly code: 'NOES_UNREAD'; readonly noes: number; readonly deal: string }
  | { readonly code: 'NOES_UNDATED'; readonly noes: number; readonly deal: string }
  | { readonly code: 'EXPORT_SAME'; readonly bundle: string }
  | { readonly code: 'EXPORT_TOO_LARGE'; readonly deal: string }
  | { readonly code: 'BUNDLE_SENDER_UNKNOWN' }
  | { readonly code: 'BUNDLE_REPLAY'; readonly bundle: string }
  | { readonly code: 'RECEIPT_UNKNOWN_BUNDLE'; readonly bundle: string }
  | { readonly code: 'RECEIPT_SECOND'; readonly bundle: string }
  | { readonly code: 'EXTRACT_NONE' }
  | { readonly code: 'SUBJECT_UNKNOWN' }
  | { readonly code: 'ANCHOR_OTHER_LOG'; readonly document: string }
  | { readonly code: 'WRONG_ROLE'; readonly role: 'seller' | 'buyer' };

export const stepsExits: Exits<StepsProblem> = {
  WORKER_LOST: 'temporary',
  TRUST_OWN_CARD: 'usage',
  TRUST_ENVIRONMENT: 'refused',
  DEAL_NO_PARTNER: 'refused',
  DEAL_NOT_PARTY: 'authenticity',
  DEAL_ENVIRONMENT: 'refused',
  DEAL_ESCROW_WEAKER: 'refused',
  DEAL_SIGNATURE: 'authenticity',
  DEAL_NONE: 'usage',
  DEAL_WHICH: 'usage',
  DEAL_UNKNOWN: 'usage',
  TABLE_UNCLEAR: 'usage',
  DATASET_NONE: 'usage',
  DATASET_UNKNOWN: 'usage',
  DATASET_KNOWN: 'refused',
  CABINET_OTHER: 'refused',
  IMPORT_ARCHIVED: 'refused',
  ARCHIVE_OVER: 'refused',
  IMPORT_UNCLEAR: 'usage',
  PLAN_NONE: 'refused',
  PLAN_STALE: 'refused',
  APPROVAL_SAME_PERSON: 'refused',
  APPROVAL_TWICE: 'refused',
  EXPORT_NOBODY: 'refused',
  LEDGER_UNMATCHED: 'findings',
  NOES_UNREAD: 'findings',
  NOES_UNDATED: 'findings',
  EXPORT_SAME: 'refused',
  EXPORT_TOO_LARGE: 'refused',
  BUNDLE_SENDER_UNKNOWN: 'authenticity',
  BUNDLE_REPLAY: 'authenticity',
  RECEIPT_UNKNOWN_BUNDLE: 'authenticity',
  RECEIPT_SECOND: 'authenticity',
  EXTRACT_NONE: 'usage',
  SUBJECT_UNKNOWN: 'usage',
  ANCHOR_OTHER_LOG: 'usage',
  WRONG_ROLE: 'usage',
};

const ROLE = { zh: { seller: '卖方', buyer: '买方' }, en: { seller: 'seller', buyer: 'buyer' } } as const;

export const stepsSentences: Bilingual<StepsProblem> = {
  zh: {
    WORKER_LOST: () => ({
      what: '一个工作线程中途停止了，这条命令没有完成，也没有留下做了一半的结果。',
      fix: '多半是内存不足，或安装文件不完整。请关掉其他程序再运行一次；仍然这样时，请运行 handover doctor。',
    }),
    TRUST_OWN_CARD: () => ({ what: '这是您自己的名片。', fix: '请选择对方发来的名片文件。' }),
    TRUST_ENVIRONMENT: (p) => ({
      what: `${p.party} 的名片与本工作区不是同一环境（一个正式，一个测试）。`,
      fix: `本工作区是${p.workspace === 'test' ? '测试' : '正式'}环境，请对方用同一环境的工作区导出名片。`,
    }),
    DEAL_NO_PARTNER: () => ({
      what: '还没有核对过对方的名片，无法起草协议。',
      fix: '收到对方名片后，在电话里核对指纹，运行 handover trust add 名片文件。',
    }),
    DEAL_NOT_PARTY: (p) => ({
      what: `协议 ${p.deal} 写的不是本工作区的名片。`,
      fix: '请核对协议里的双方名片摘要（card），必要时用 handover deal init 重新起草。',
    }),
    DEAL_ENVIRONMENT: (p) => ({
      what: `协议 ${p.deal} 是${p.environment === 'test' ? '测试' : '正式'}环境的，本工作区是${p.workspace === 'test' ? '测试' : '正式'}环境。`,
      fix: '请用对应环境的工作区，测试资料与正式资料不能混用。',
    }),
    DEAL_ESCROW_WEAKER: (p) => ({
      what: `协议 ${p.deal} 的保管方 ${p.name} 用的是旧式密钥，会让买方的抗量子加密失去意义。`,
      fix: '请保管方提供 age1pq1 开头的收件地址，改好协议后再签；或者不设这个保管方。',
    }),
    DEAL_SIGNATURE: (p) => ({
      what: `协议 ${p.deal} 旁边的${ROLE.zh[p.role]}签名与协议内容不符。`,
      fix: '可能有人改动过协议，或签的是另一个版本。请双方核对同一份 deal.json 后重新签名。',
    }),
    DEAL_NONE: () => ({
      what: '本工作区还没有协议。',
      fix: '卖方运行 handover deal init 起草；买方对收到的 deal.json 运行 handover deal sign。',
    }),
    DEAL_WHICH: (p) => ({
      what: `有多份协议：${p.deals.join('、')}。`,
      fix: '请写明其中一份：用 --deal 加编号；deal show、deal amend 直接写编号。',
    }),
    DEAL_UNKNOWN: (p) => ({
      what: `没有签过名为 ${p.deal} 的协议。`,
      fix: '运行 handover deal show 查看现有协议；新协议要先运行 handover deal sign。',
    }),
    TABLE_UNCLEAR: (p) => ({
      what: `已经导入过${tableWords.zh[p.table].name}（${p.file}），看不出这个文件和它的关系。什么都没有导入。`,
      fix: '请用 --as 说明：newer 新的导出（代替以前的），addition 增补（加在以前的上面），correction 更正。',
    }),
    DATASET_NONE: () => ({ what: '还没有导入客户资料。', fix: '请先运行 handover import 客户资料.csv。' }),
    DATASET_UNKNOWN: () => ({ what: '没有这个数据集。', fix: '运行 handover status 查看已导入的文件。' }),
    DATASET_KNOWN: (p) => ({
      what: `${p.file} 已经导入过（${p.imported}），没有重复导入。`,
      fix: '如果确实要再导入一次，请加 --again。',
    }),
    CABINET_OTHER: (p) => ({
      what: p.isArchive
        ? `${p.file} 已经作为法定档案收录：里面的人只因法律要求才保存，不是客户，不能并入客户清单。什么都没有导入。`
        : `${p.file} 已经作为客户资料导入，不能再收作法定档案：两者各有用途、密钥和期限，不能合成一份。什么都没有导入。`,
      fix: p.isArchive
        ? '请从业务系统只导出现在的客户，再导入。'
        : '请把只因法律要求保存的人另外导出一份，再用 --archive 收录。',
    }),
    IMPORT_ARCHIVED: (p) => ({
      what: `这个文件里有 ${p.persons} 位不在客户清单，却在法定档案里：只因法律要求才保存的人不是客户，不能和客户一起征求意见、移交。什么都没有导入。`,
      fix: '请从文件里去掉他们；如果确实又成了客户，请加 --returned（会记入日志）。',
    }),
    ARCHIVE_OVER: (p) => ({
      what: `这份档案的法定期限 ${p.until} 已满：没有理由再收录。什么都没有导入。`,
      fix: '请核对 --from；期限确实已满的，应当销毁原件。',
    }),
    IMPORT_UNCLEAR: (p) => ({
      what: `看不出这个文件和现有客户清单的关系：文件里有清单没有的 ${p.added} 位，内容有变动的 ${p.changed} 位；清单里有而文件里没有的 ${p.gone} 位。什么都没有导入。`,
      fix: '请用 --as 说明：list 新清单，correction 更正，addition 增补，newer 同一系统新的导出（不在文件里的就不再是客户）。',
    }),
    PLAN_NONE: (p) => ({
      what: `还没有按协议 ${p.deal} 检查过最新导入的资料。`,
      fix: `请先运行 handover check --deal ${p.deal}。`,
    }),
    PLAN_STALE: (p) => ({
      what: `检查之后又有新的资料或同意记录，协议 ${p.deal} 的判定已过时。`,
      fix: `请重新运行 handover check --deal ${p.deal}；需要批准的，要重新批准。`,
    }),
    APPROVAL_SAME_PERSON: (p) => ({
      what: `${p.person} 不能批准自己检查或导出的资料。`,
      fix: '请由另一位同事批准：handover approve --operator 姓名。',
    }),
    APPROVAL_TWICE: (p) => ({
      what: `${p.person} 已经批准过这个方案。`,
      fix: '如需更多批准，请由其他同事进行。',
    }),
    EXPORT_NOBODY: (p) => ({
      what: `按协议 ${p.deal}，目前没有一位客户可以移交。`,
      fix: '运行 handover check 查看原因；多数情况需要先取得客户的单独同意。',
    }),
    LEDGER_UNMATCHED: (p) => ({
      what: `同意记录里有 ${p.noes} 条拒绝或撤回对不上任何客户，不能移交。`,
      fix: `请核对编号；确认编号只差写法的就是同一位客户，运行 handover check --deal ${p.deal} --unmatched near；确认都不是本店客户，用 --unmatched nobody。`,
    }),
    NOES_UNREAD: (p) => ({
      what: `退回的行里有 ${p.noes} 行可能是拒绝或撤回，又看不出是哪一位客户，不能移交。`,
      fix: `请在退回文件里补上编号、改正后导入；逐行看过、都不涉及要移交的客户的，运行 handover check --deal ${p.deal} --unmatched nobody。`,
    }),
    NOES_UNDATED: (p) => ({
      what: `按协议 ${p.deal}，目前没有一位客户可以移交；其中 ${p.noes} 条拒绝或撤回的时间读不出来，这些客户先不移交。`,
      fix: '运行 handover check 查看是哪几条；请在同意记录里补上完整的时间，再导入一次同意记录。',
    }),
    EXPORT_SAME: (p) => ({
      what: `同样的资料已经导出过：${p.bundle}。`,
      fix: '请直接发送那个文件；如果文件丢失，确需再导出一次，请加 --again。',
    }),
    EXPORT_TOO_LARGE: (p) => ({
      what: `按协议 ${p.deal} 要移交的客户，一个交接包放不下：交接包最大 4 GiB，约 7000 万位客户。`,
      fix: '什么都没有签名。请把客户文件分成几份，逐份处理：导入一份（第二份起加 --as addition），核对，导出，再处理下一份；同一份协议后来的交接包只带还没有移交的客户。',
    }),
    BUNDLE_SENDER_UNKNOWN: () => ({
      what: '不认识这个交接包的发送方。',
      fix: '先取得对方名片，在电话里核对指纹后运行 handover trust add 名片文件。没有核对前不要接收。',
    }),
    BUNDLE_REPLAY: () => ({
      what: '这个交接包的编号以前收到过，但内容不同。没有存入任何资料。',
      fix: '这可能是有人伪造或对方出错。请保留两个文件作为证据，并电话联系对方。',
    }),
    RECEIPT_UNKNOWN_BUNDLE: () => ({
      what: '这份回执对应的交接包不是本工作区发出的。',
      fix: '请核对是否选错了文件或工作区。',
    }),
    RECEIPT_SECOND: (p) => ({
      what: `${p.bundle} 已有另一份内容不同的回执。`,
      fix: '请保留两份回执作为证据，并与买方核对哪一份有效。',
    }),
    EXTRACT_NONE: () => ({
      what: '还没有接收到可以取出的资料。',
      fix: '请先运行 handover receive 交接包文件。',
    }),
    SUBJECT_UNKNOWN: () => ({
      what: '资料里没有这个客户编号。',
      fix: '请核对编号；编号区分大小写。导入时退回的行不在资料里，原因写在退回文件里。',
    }),
    ANCHOR_OTHER_LOG: (p) => ({
      what: `${p.document} 里没有本工作区日志的检查点。`,
      fix: '请使用本工作区发出的交接包，或对方对它的回执。',
    }),
    WRONG_ROLE: (p) => ({
      what: `这个命令只用于${ROLE.zh[p.role]}的工作区。`,
      fix: '请换到对应的工作区，或用 --workspace 指定。',
    }),
  },
  en: {
    WORKER_LOST: () => ({
      what: 'A thread of the program ended early. The command did not finish, and left nothing half done.',
      fix: 'Most likely memory ran out, or the installation is incomplete. Close other programs and run it again; if that does not help, run handover doctor.',
    }),
    TRUST_OWN_CARD: () => ({
      what: 'This is your own card.',
      fix: 'Choose the card file that the other party sent.',
    }),
    TRUST_ENVIRONMENT: (p) => ({
      what: `The card of ${p.party} and this workspace are of different environments.`,
      fix: `This workspace is for ${p.workspace}; ask them for a card from a workspace of the same kind.`,
    }),
    DEAL_NO_PARTNER: () => ({
      what: 'No card of the other party has been compared yet, so a deal cannot be drafted.',
      fix: 'Compare the fingerprint of their card over the phone and run: handover trust add CARD',
    }),
    DEAL_NOT_PARTY: (p) => ({
      what: `Deal ${p.deal} does not name the card of this workspace.`,
      fix: 'Compare the card digests in the deal; draft it again with handover deal init if needed.',
    }),
    DEAL_ENVIRONMENT: (p) => ({
      what: `Deal ${p.deal} is for ${p.environment}, this workspace is for ${p.workspace}.`,
      fix: 'Use a workspace of the same kind: test and production data must not mix.',
    }),
    DEAL_ESCROW_WEAKER: (p) => ({
      what: `The escrow ${p.name} of deal ${p.deal} has a classic key, which undoes the post-quantum encryption to the buyer.`,
      fix: 'Ask the escrow for a recipient that begins with age1pq1 and sign the deal with it, or do without this escrow.',
    }),
    DEAL_SIGNATURE: (p) => ({
      what: `The ${p.role}'s signature beside deal ${p.deal} does not belong to these terms.`,
      fix: 'Somebody changed the terms or signed another version. Compare one deal.json with each other and sign again.',
    }),
    DEAL_NONE: () => ({
      what: 'There is no deal in this workspace yet.',
      fix: 'The seller drafts one with handover deal init; the buyer runs handover deal sign on the deal.json received.',
    }),
    DEAL_WHICH: (p) => ({
      what: `There are several deals: ${p.deals.join(', ')}.`,
      fix: 'Name one of them: --deal with its id; deal show and deal amend take the id by itself.',
    }),
    DEAL_UNKNOWN: (p) => ({
      what: `No deal called ${p.deal} has been signed here.`,
      fix: 'See handover deal show; a new deal is taken in with handover deal sign.',
    }),
    TABLE_UNCLEAR: (p) => ({
      what: `${tableWords.en[p.table].name} were imported before (${p.file}); it does not show how this file stands to them. Nothing was imported.`,
      fix: 'Say it with --as: newer (a newer export, in the place of the former), addition (joins the former), or correction.',
    }),
    DATASET_NONE: () => ({
      what: 'No customers have been imported yet.',
      fix: 'Run: handover import FILE.csv',
    }),
    DATASET_UNKNOWN: () => ({
      what: 'There is no such dataset.',
      fix: 'handover status shows what was imported.',
    }),
    DATASET_KNOWN: (p) => ({
      what: `${p.file} was imported before (${p.imported}); it was not imported twice.`,
      fix: 'Add --again if it really must be.',
    }),
    CABINET_OTHER: (p) => ({
      what: p.isArchive
        ? `${p.file} was taken into the statutory archive: who is in it is kept by a statute alone and is no customer. The two are never merged. Nothing was imported.`
        : `${p.file} was imported as customers and cannot be an archive as well: the two have purposes, keys and dates of their own. Nothing was imported.`,
      fix: p.isArchive
        ? 'Export only those who are customers today, and import that.'
        : 'Export those whom only a statute keeps into a file of their own, and import it with --archive.',
    }),
    IMPORT_ARCHIVED: (p) => ({
      what: `${p.persons} of this file are not in the customer list but in the statutory archive: whoever is kept by a statute alone is no customer, to be asked and handed over with them. Nothing was imported.`,
      fix: 'Take them out of the file; or, if they are customers again, add --returned (it is logged).',
    }),
    ARCHIVE_OVER: (p) => ({
      what: `The period of this archive ended on ${p.until}: there is no reason to take it in. Nothing was imported.`,
      fix: 'Check --from; if the period really is over, destroy the originals.',
    }),
    IMPORT_UNCLEAR: (p) => ({
      what: `It does not show how this file stands to the customer list: ${p.added} only in the file, ${p.changed} changed, ${p.gone} only in the list. Nothing was imported.`,
      fix: 'Say it with --as: list (a new list), correction, addition, or newer (a newer export of the same system: who is not in it is gone).',
    }),
    PLAN_NONE: (p) => ({
      what: `The newest import has not been checked under deal ${p.deal}.`,
      fix: `Run: handover check --deal ${p.deal}`,
    }),
    PLAN_STALE: (p) => ({
      what: `Records or consents came in after the check; its verdicts under deal ${p.deal} are out of date.`,
      fix: `Run handover check --deal ${p.deal} again; approvals have to be given again.`,
    }),
    APPROVAL_SAME_PERSON: (p) => ({
      what: `${p.person} cannot approve what ${p.person} checked or exports.`,
      fix: 'Let another person approve: handover approve --operator NAME',
    }),
    APPROVAL_TWICE: (p) => ({
      what: `${p.person} has approved this plan already.`,
      fix: 'Further approvals come from other persons.',
    }),
    EXPORT_NOBODY: (p) => ({
      what: `Under deal ${p.deal} not one customer may be handed over yet.`,
      fix: 'handover check shows why; most need to give their separate consent first.',
    }),
    LEDGER_UNMATCHED: (p) => ({
      what: `${p.noes} refusals or withdrawals in the ledgers match no customer, so nothing is handed over.`,
      fix: `Check the numbers. If numbers that differ only in spelling are the same customers, run handover check --deal ${p.deal} --unmatched near; if none is a customer of yours, --unmatched nobody.`,
    }),
    NOES_UNREAD: (p) => ({
      what: `Rejected rows that may say no: ${p.noes}. Nobody can tell for whom, so nothing is handed over.`,
      fix: `Put the customer number right in the reject file and import that. If somebody looked at each row and none concerns a customer who leaves, run handover check --deal ${p.deal} --unmatched nobody.`,
    }),
    NOES_UNDATED: (p) => ({
      what: `Under deal ${p.deal} not one customer may be handed over yet. Refusals or withdrawals whose time cannot be read, so that whoever said them is held: ${p.noes}.`,
      fix: 'handover check shows which; complete the time in the ledger and import that once more.',
    }),
    EXPORT_SAME: (p) => ({
      what: `The same records were exported already: ${p.bundle}.`,
      fix: 'Send that file. If it is lost and must be made again, add --again.',
    }),
    EXPORT_TOO_LARGE: (p) => ({
      what: `The customers who go under deal ${p.deal} do not fit into one bundle, which holds 4 GiB, some 70 million customers.`,
      fix: 'Nothing was signed. Cut the customer file into several and take one after another: import it (from the second on with --as addition), check, export. A later bundle of the same deal takes those along who were not handed over yet.',
    }),
    BUNDLE_SENDER_UNKNOWN: () => ({
      what: 'The sender of this bundle is not known here.',
      fix: 'Get their card, compare the fingerprint over the phone, run handover trust add CARD. Do not receive it before.',
    }),
    BUNDLE_REPLAY: () => ({
      what: 'A bundle with this id but other content was received before. Nothing was stored.',
      fix: 'It may be forged, or a mistake. Keep both files as evidence and call the sender.',
    }),
    RECEIPT_UNKNOWN_BUNDLE: () => ({
      what: 'This receipt answers a bundle that was not sent from this workspace.',
      fix: 'Check that it is the right file and the right workspace.',
    }),
    RECEIPT_SECOND: (p) => ({
      what: `Another receipt with other content was accepted for ${p.bundle}.`,
      fix: 'Keep both as evidence and ask the buyer which one stands.',
    }),
    EXTRACT_NONE: () => ({
      what: 'Nothing has been received that could be extracted.',
      fix: 'Run: handover receive BUNDLE',
    }),
    SUBJECT_UNKNOWN: () => ({
      what: 'This customer number is not in the records.',
      fix: 'Check the number; upper and lower case matter. A row that import rejected is not in the records; the reject file says why.',
    }),
    ANCHOR_OTHER_LOG: (p) => ({
      what: `${p.document} holds no checkpoint of this workspace's log.`,
      fix: 'Use a bundle that this workspace sent, or the receipt that answers it.',
    }),
    WRONG_ROLE: (p) => ({
      what: `This command is for the ${p.role}'s workspace.`,
      fix: 'Change to it, or name it with --workspace.',
    }),
  },
};
