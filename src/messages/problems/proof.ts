import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/**
 * Problems of evidence that leaves the workspace: proofs, reports, packs, time stamps. `document` is a file's base name, `bundle` the id of
 * a bundle.
 */
export type ProofProblem =
  | { readonly code: 'PROOF_EVENT_UNKNOWN'; readonly event: number; readonly events: number }
  | { readonly code: 'PROOF_EVENT_PRUNED'; readonly event: number; readonly first: number }
  | { readonly code: 'PROOF_OTHER_CARD'; readonly document: string }
  | { readonly code: 'PROOF_ISSUER'; readonly document: string }
  | { readonly code: 'PROOF_DEAL'; readonly document: string }
  | { readonly code: 'PROOF_TAG'; readonly document: string }
  | { readonly code: 'PROOF_NEIGHBOURS'; readonly document: string }
  | { readonly code: 'PROOF_ROW'; readonly document: string }
  | { readonly code: 'PROOF_ROW_PERSON'; readonly document: string }
  | { readonly code: 'PROOF_OTHER_BUNDLE'; readonly document: string }
  | { readonly code: 'PROOF_BUNDLE_NONE' }
  | { readonly code: 'PROOF_BUNDLE_UNKNOWN'; readonly bundle: string }
  | { readonly code: 'PROOF_KEY_GONE'; readonly bundle: string }
  | { readonly code: 'PROOF_RECORDS_GONE'; readonly bundle: string }
  | { readonly code: 'PROOF_VALUES_GONE'; readonly bundle: string }
  | { readonly code: 'TIMESTAMP_FORMAT'; readonly document: string }
  | { readonly code: 'TIMESTAMP_STATUS'; readonly document: string; readonly status: number }
  | { readonly code: 'TIMESTAMP_IMPRINT'; readonly document: string }
  | { readonly code: 'TIMESTAMP_NONCE'; readonly document: string }
  | { readonly code: 'TIMESTAMP_SIGNER'; readonly document: string }
  | { readonly code: 'TIMESTAMP_ALGORITHM'; readonly document: string }
  | { readonly code: 'TIMESTAMP_SIGNATURE'; readonly document: string }
  | { readonly code: 'TIMESTAMP_USAGE'; readonly document: string }
  | { readonly code: 'TIMESTAMP_EXPIRED'; readonly document: string }
  | { readonly code: 'TIMESTAMP_CHAIN'; readonly document: string }
  | { readonly code: 'TIMESTAMP_CA'; readonly document: string }
  | { readonly code: 'PRUNE_TOO_YOUNG'; readonly latest: string }
  | { readonly code: 'PRUNE_NOTHING'; readonly first: number }
  | { readonly code: 'TAGS_STILL_NEEDED'; readonly datasets: number }
  | { readonly code: 'TAGS_NONE' }
  | { readonly code: 'REPORT_NO_DATA'; readonly document: string }
  | { readonly code: 'REPORT_PAGE'; readonly document: string }
  | { readonly code: 'PACK_FILE'; readonly document: string; readonly path: string }
  | { readonly code: 'PACK_UNSIGNED'; readonly document: string };

export const proofExits: Exits<ProofProblem> = {
  PROOF_EVENT_UNKNOWN: 'usage',
  PROOF_EVENT_PRUNED: 'refused',
  PROOF_OTHER_CARD: 'authenticity',
  PROOF_ISSUER: 'authenticity',
  PROOF_DEAL: 'integrity',
  PROOF_TAG: 'integrity',
  PROOF_NEIGHBOURS: 'integrity',
  PROOF_ROW: 'integrity',
  PROOF_ROW_PERSON: 'integrity',
  PROOF_OTHER_BUNDLE: 'integrity',
  PROOF_BUNDLE_NONE: 'usage',
  PROOF_BUNDLE_UNKNOWN: 'usage',
  PROOF_KEY_GONE: 'refused',
  PROOF_RECORDS_GONE: 'refused',
  PROOF_VALUES_GONE: 'refused',
  TIMESTAMP_FORMAT: 'integrity',
  TIMESTAMP_STATUS: 'refused',
  TIMESTAMP_IMPRINT: 'integrity',
  TIMESTAMP_NONCE: 'integrity',
  TIMESTAMP_SIGNER: 'authenticity',
  TIMESTAMP_ALGORITHM: 'unsupported',
  TIMESTAMP_SIGNATURE: 'authenticity',
  TIMESTAMP_USAGE: 'authenticity',
  TIMESTAMP_EXPIRED: 'authenticity',
  TIMESTAMP_CHAIN: 'authenticity',
  TIMESTAMP_CA: 'usage',
  PRUNE_TOO_YOUNG: 'refused',
  PRUNE_NOTHING: 'refused',
  TAGS_STILL_NEEDED: 'refused',
  TAGS_NONE: 'refused',
  REPORT_NO_DATA: 'integrity',
  REPORT_PAGE: 'integrity',
  PACK_FILE: 'integrity',
  PACK_UNSIGNED: 'authenticity',
};

export const proofSentences: Bilingual<ProofProblem> = {
  zh: {
    PROOF_EVENT_UNKNOWN: (p) => ({
      what: `日志里没有第 ${p.event} 个事件，现有 ${p.events} 个。`,
      fix: '用 handover audit log 查看事件的序号。',
    }),
    PROOF_EVENT_PRUNED: (p) => ({
      what: `第 ${p.event} 个事件已随旧日志清理，日志现在从第 ${p.first} 个开始，不能再出具它的证明。`,
      fix: '事件内容在清理时写出的存档里，可连同存档中的检查点一起出示。',
    }),
    PROOF_OTHER_CARD: (p) => ({
      what: `${p.document} 不是这张名片的持有方出具的。`,
      fix: '请确认选对了名片；如果对方换过名片，请用出具证明时的那一张。',
    }),
    PROOF_ISSUER: (p) => ({
      what: `${p.document} 的出具方没有以卖方或买方的身份签过它要证明的交接包。`,
      fix: '请由交接包的卖方或买方重新出具。',
    }),
    PROOF_DEAL: (p) => ({
      what: `${p.document} 里的协议不是交接包依据的那一份。`,
      fix: '请确认文件完整，必要时请出具方重新出具。',
    }),
    PROOF_TAG: (p) => ({
      what: `${p.document} 里的标签不在交接包签过的标签里。`,
      fix: '这份证明不成立，请不要采信；请出具方重新出具。',
    }),
    PROOF_NEIGHBOURS: (p) => ({
      what: `${p.document} 不能证明客户不在交接包里：给出的两个标签不是紧挨着这位客户的。`,
      fix: '这份证明不成立，请不要采信；请出具方重新出具。',
    }),
    PROOF_ROW: (p) => ({
      what: `${p.document} 里的资料与交接包签过的内容不符。`,
      fix: '这份证明不成立，请不要采信；请出具方重新出具。',
    }),
    PROOF_ROW_PERSON: (p) => ({
      what: `${p.document} 里的资料不是这位客户的。`,
      fix: '这份证明不成立，请不要采信；请出具方重新出具。',
    }),
    PROOF_OTHER_BUNDLE: (p) => ({
      what: `${p.document} 证明的不是这个交接包。`,
      fix: '请确认选对了交接包文件。',
    }),
    PROOF_BUNDLE_NONE: () => ({
      what: '还没有导出或接收过交接包，没有可以证明的内容。',
      fix: '用 handover status 查看每份协议到了哪一步。',
    }),
    PROOF_BUNDLE_UNKNOWN: (p) => ({
      what: `没有编号为 ${p.bundle} 的交接包，或者它没有发出。`,
      fix: '用 handover audit log --action exported 或 --action received 查看交接包的编号。',
    }),
    PROOF_KEY_GONE: (p) => ({
      what: `交接包 ${p.bundle} 的密钥已经销毁，不能再证明某位客户在不在里面。`,
      fix: '可以请对方出具；交接包的清单、协议和回执仍可用 handover audit verify --against 对照。',
    }),
    PROOF_RECORDS_GONE: (p) => ({
      what: `交接包 ${p.bundle} 的资料在这里已不完整（已销毁或删除），不能再证明某位客户在不在里面。`,
      fix: '可以请对方出具；销毁的证据见销毁证明。',
    }),
    PROOF_VALUES_GONE: (p) => ({
      what: `交接包 ${p.bundle} 里的内容已无法按当时的原样重新算出，不能出具带资料内容的证明。`,
      fix: '去掉 --with-values 仍可证明客户在不在里面；带内容的可以请对方出具。',
    }),
    TIMESTAMP_FORMAT: (p) => ({
      what: `${p.document} 不是完整的时间戳回复（RFC 3161）。`,
      fix: '请确认文件完整；从时间戳机构重新下载二进制的 .tsr 文件。',
    }),
    TIMESTAMP_STATUS: (p) => ({
      what: `时间戳机构没有同意（状态 ${p.status}）。`,
      fix: '请查看机构的说明，再用 handover audit timestamp 重新申请。',
    }),
    TIMESTAMP_IMPRINT: (p) => ({
      what: `${p.document} 盖的不是这里申请过的检查点。`,
      fix: '请确认选对了回复文件和工作区。',
    }),
    TIMESTAMP_NONCE: (p) => ({
      what: `${p.document} 不是对这里任何一次申请的回复（随机数不符）。`,
      fix: '可能是旧的或别人的回复。请用最近一次申请的回复，或重新申请。',
    }),
    TIMESTAMP_SIGNER: (p) => ({
      what: `${p.document} 里没有签名者的证书。`,
      fix: '请向时间戳机构索取带证书的回复（申请里已要求附上）。',
    }),
    TIMESTAMP_ALGORITHM: (p) => ({
      what: `${p.document} 用的签名算法不支持。`,
      fix: '支持 RSA（PKCS #1）和 ECDSA，摘要 SHA-256、SHA-384 或 SHA-512。请换一家时间戳机构。',
    }),
    TIMESTAMP_SIGNATURE: (p) => ({
      what: `${p.document} 的签名无效。`,
      fix: '回复可能被改过，请不要采信；重新向时间戳机构申请。',
    }),
    TIMESTAMP_USAGE: (p) => ({
      what: `${p.document} 的证书不是专用于时间戳的。`,
      fix: '请换一家符合 RFC 3161 的时间戳机构。',
    }),
    TIMESTAMP_EXPIRED: (p) => ({
      what: `${p.document} 的证书在盖戳时不在有效期内。`,
      fix: '请不要采信；重新向时间戳机构申请。',
    }),
    TIMESTAMP_CHAIN: (p) => ({
      what: `${p.document} 的证书追溯不到您信任的证书。`,
      fix: '请用 --ca 给出时间戳机构公布的根证书（PEM）。',
    }),
    TIMESTAMP_CA: (p) => ({
      what: `没有读到可用的根证书（核验 ${p.document} 时需要）。`,
      fix: '--ca 应是 PEM 格式的证书文件，开头是 -----BEGIN CERTIFICATE-----。',
    }),
    PRUNE_TOO_YOUNG: (p) => ({
      what: `日志至少要保存三年，现在只能清理 ${p.latest} 以前的。`,
      fix: `用 handover audit prune --before ${p.latest}，或更早的日期。`,
    }),
    PRUNE_NOTHING: (p) => ({
      what: `没有可以清理的日志：第 ${p.first} 个事件不够久，或它涉及的资料、事项还没有了结。`,
      fix: '用 handover audit log 查看最早的事件；先销毁到期的资料、办结未了的事项。',
    }),
    TAGS_STILL_NEEDED: (p) => ({
      what: `还保存着 ${p.datasets} 份客户资料，标签密钥暂时不能销毁。`,
      fix: '先用 handover retention list 查看期限，到期后用 handover purge plan 拟定销毁计划。',
    }),
    TAGS_NONE: () => ({
      what: '没有标签密钥，标签已经不能对应到任何人。',
      fix: '不需要再做什么。',
    }),
    REPORT_PAGE: (p) => ({
      what: `${p.document} 与签名的原文不一致，或者没有签名：页上有内容被改动、增加或去掉。`,
      fix: '请不要采信这一页，请出具方重新用 handover audit report 制作。',
    }),
    REPORT_NO_DATA: (p) => ({
      what: `${p.document} 里没有可以核验的数据，它不是审计报告的网页，或者被改过。`,
      fix: '请向出具方索取 handover audit report 写出的原文件。',
    }),
    PACK_FILE: (p) => ({
      what: `${p.document} 里的 ${p.path} 与证据包的目录不符。`,
      fix: '请确认文件完整，必要时请出具方重新打包。',
    }),
    PACK_UNSIGNED: (p) => ({
      what: `${p.document} 没有签名，无法确认是谁出具的。`,
      fix: '请出具方不加 --unsigned 重新打包；或按包里 README.txt 的第 2、3 步核对里面的文件。',
    }),
  },
  en: {
    PROOF_EVENT_UNKNOWN: (p) => ({
      what: `The log has no event ${p.event}; there are ${p.events}.`,
      fix: 'Run handover audit log to see the numbers of the events.',
    }),
    PROOF_EVENT_PRUNED: (p) => ({
      what: `Event ${p.event} was pruned with the old log, which now begins with event ${p.first}; it can no longer be proved.`,
      fix: 'The event is in the archive that the pruning wrote; show that, with the checkpoint in it.',
    }),
    PROOF_OTHER_CARD: (p) => ({
      what: `${p.document} was not issued by the owner of this card.`,
      fix: 'Check that this is the right card; if they changed cards, use the one of the time of the proof.',
    }),
    PROOF_ISSUER: (p) => ({
      what: `Whoever issued ${p.document} has not signed the bundle that it is about, neither as seller nor as buyer.`,
      fix: 'Ask the seller or the buyer of the bundle for a proof.',
    }),
    PROOF_DEAL: (p) => ({
      what: `The deal in ${p.document} is not the one under which the bundle was sent.`,
      fix: 'Check that the file is complete; if need be ask for it to be made again.',
    }),
    PROOF_TAG: (p) => ({
      what: `The tag in ${p.document} is not among the tags that were signed with the bundle.`,
      fix: 'The proof does not hold: do not rely on it, and ask for it to be made again.',
    }),
    PROOF_NEIGHBOURS: (p) => ({
      what: `${p.document} does not prove that the person was not in the bundle: the tags that it shows do not stand right beside the person’s.`,
      fix: 'The proof does not hold: do not rely on it, and ask for it to be made again.',
    }),
    PROOF_ROW: (p) => ({
      what: `The record in ${p.document} is not one that was signed with the bundle.`,
      fix: 'The proof does not hold: do not rely on it, and ask for it to be made again.',
    }),
    PROOF_ROW_PERSON: (p) => ({
      what: `The record in ${p.document} is not this person’s.`,
      fix: 'The proof does not hold: do not rely on it, and ask for it to be made again.',
    }),
    PROOF_OTHER_BUNDLE: (p) => ({
      what: `${p.document} is not about this bundle.`,
      fix: 'Check that this is the right bundle file.',
    }),
    PROOF_BUNDLE_NONE: () => ({
      what: 'No bundle was exported or received yet, so there is nothing to prove.',
      fix: 'Run handover status to see where each deal stands.',
    }),
    PROOF_BUNDLE_UNKNOWN: (p) => ({
      what: `There is no bundle ${p.bundle}, or it was never sent.`,
      fix: 'Run handover audit log --action exported, or --action received, to see the ids of bundles.',
    }),
    PROOF_KEY_GONE: (p) => ({
      what: `The keys of bundle ${p.bundle} were destroyed: whether a person was in it can no longer be proved.`,
      fix: 'The other party may prove it; manifest, deal and receipt can still be compared with handover audit verify --against.',
    }),
    PROOF_RECORDS_GONE: (p) => ({
      what: `The records of bundle ${p.bundle} are no longer all here (purged or erased): whether a person was in it can no longer be proved.`,
      fix: 'The other party may prove it; that records were purged is in the certificate.',
    }),
    PROOF_VALUES_GONE: (p) => ({
      what: `What bundle ${p.bundle} held can no longer be computed as it was, so its values cannot be proved.`,
      fix: 'Without --with-values the proof is still possible; the other party may prove the values.',
    }),
    TIMESTAMP_FORMAT: (p) => ({
      what: `${p.document} is not a whole time stamp response (RFC 3161).`,
      fix: 'Check that the file is complete; download the binary .tsr file from the authority again.',
    }),
    TIMESTAMP_STATUS: (p) => ({
      what: `The authority did not grant the time stamp (status ${p.status}).`,
      fix: 'See what the authority says, then ask again with handover audit timestamp.',
    }),
    TIMESTAMP_IMPRINT: (p) => ({
      what: `${p.document} does not stamp a checkpoint for which a stamp was asked here.`,
      fix: 'Check that this is the right response and the right workspace.',
    }),
    TIMESTAMP_NONCE: (p) => ({
      what: `${p.document} answers none of the requests that were made here (the nonce differs).`,
      fix: 'It may be an old or a foreign response. Use the one to the latest request, or ask again.',
    }),
    TIMESTAMP_SIGNER: (p) => ({
      what: `${p.document} does not hold the certificate of whoever signed it.`,
      fix: 'Ask the authority for a response with its certificate; the request asks for it.',
    }),
    TIMESTAMP_ALGORITHM: (p) => ({
      what: `${p.document} is signed with an algorithm that is not supported.`,
      fix: 'RSA (PKCS #1) and ECDSA with SHA-256, SHA-384 or SHA-512 are. Use another authority.',
    }),
    TIMESTAMP_SIGNATURE: (p) => ({
      what: `The signature of ${p.document} is not good.`,
      fix: 'It may have been changed: do not rely on it, and ask the authority again.',
    }),
    TIMESTAMP_USAGE: (p) => ({
      what: `The certificate of ${p.document} is not one for time stamps alone.`,
      fix: 'Use an authority that follows RFC 3161.',
    }),
    TIMESTAMP_EXPIRED: (p) => ({
      what: `A certificate of ${p.document} was not valid at the time that it says.`,
      fix: 'Do not rely on it; ask the authority again.',
    }),
    TIMESTAMP_CHAIN: (p) => ({
      what: `The certificate of ${p.document} does not lead to one that you trust.`,
      fix: 'Name the root certificate that the authority publishes with --ca (PEM).',
    }),
    TIMESTAMP_CA: (p) => ({
      what: `No certificate could be read to check ${p.document} with.`,
      fix: '--ca takes a file in PEM, which begins with -----BEGIN CERTIFICATE-----.',
    }),
    PRUNE_TOO_YOUNG: (p) => ({
      what: `The log is kept for three years at least: only what is from before ${p.latest} can be pruned now.`,
      fix: `Use handover audit prune --before ${p.latest}, or an earlier day.`,
    }),
    PRUNE_NOTHING: (p) => ({
      what: `Nothing can be pruned: event ${p.first} is not old enough, or what it is about is still kept or open.`,
      fix: 'Run handover audit log to see the earliest events; purge what is due and close what is open first.',
    }),
    TAGS_STILL_NEEDED: (p) => ({
      what: `${p.datasets} datasets are still kept, so the tag keys are needed.`,
      fix: 'See handover retention list for their dates, and purge them first.',
    }),
    TAGS_NONE: () => ({
      what: 'There are no tag keys: the tags say nothing about anybody already.',
      fix: 'Nothing needs to be done.',
    }),
    REPORT_PAGE: (p) => ({
      what: `${p.document} is not the page that was signed, or is not signed: something in it was changed, added or removed.`,
      fix: 'Do not rely on it; ask its issuer to make it again with handover audit report.',
    }),
    REPORT_NO_DATA: (p) => ({
      what: `${p.document} holds no data that could be checked: it is no page of an audit report, or was changed.`,
      fix: 'Ask whoever made it for the file that handover audit report wrote.',
    }),
    PACK_FILE: (p) => ({
      what: `${p.path} in ${p.document} is not as the index of the pack lists it.`,
      fix: 'Check that the file is complete; if need be ask for it to be packed again.',
    }),
    PACK_UNSIGNED: (p) => ({
      what: `${p.document} is not signed, so nobody knows whose it is.`,
      fix: 'Ask for it to be packed again without --unsigned, or check what is in it by steps 2 and 3 of its README.txt.',
    }),
  },
};
