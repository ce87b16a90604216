import { clockTime } from '../clock-time.js';
import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/**
 * Problems of keys, cards and signatures. `document` names the kind of document or the base name of its file; `party` is the name
 * on a card. A passphrase, a key or a digit of a fingerprint is never a parameter.
 */
export type IdentityProblem =
  | { readonly code: 'KEY_PASSPHRASE' }
  | { readonly code: 'KEY_PASSPHRASE_NEEDED' }
  | { readonly code: 'KEY_FILE'; readonly document: string }
  | { readonly code: 'KEY_VERSION'; readonly document: string }
  | { readonly code: 'SIGNATURE_FORMAT'; readonly document: string }
  | { readonly code: 'SIGNATURE_KEY'; readonly document: string }
  | { readonly code: 'SIGNATURE_INVALID'; readonly document: string }
  | { readonly code: 'SIGNATURE_COMMENT'; readonly document: string }
  | { readonly code: 'CARD_USCC' }
  | { readonly code: 'CARD_SIGNATURE'; readonly document: string }
  | { readonly code: 'CARD_EXPIRED'; readonly party: string; readonly until: string }
  | { readonly code: 'CARD_UNKNOWN'; readonly party: string }
  | { readonly code: 'CARD_FINGERPRINT'; readonly party: string }
  | { readonly code: 'CARD_FINGERPRINT_TYPED'; readonly digits: number }
  | { readonly code: 'CARD_REPLACES'; readonly party: string }
  | { readonly code: 'CARD_SUCCESSION'; readonly party: string }
  | { readonly code: 'CARD_REPLACED'; readonly party: string }
  | { readonly code: 'CARD_ROLE_CHANGED'; readonly party: string }
  | { readonly code: 'CARD_UNDER_WAY'; readonly party: string; readonly deals: readonly string[] }
  | { readonly code: 'CARD_DISTRUSTED'; readonly party: string }
  | { readonly code: 'TRUST_WHICH'; readonly found: number };

export const identityExits: Exits<IdentityProblem> = {
  KEY_PASSPHRASE: 'key',
  KEY_PASSPHRASE_NEEDED: 'key',
  KEY_FILE: 'key',
  KEY_VERSION: 'unsupported',
  SIGNATURE_FORMAT: 'authenticity',
  SIGNATURE_KEY: 'authenticity',
  SIGNATURE_INVALID: 'authenticity',
  SIGNATURE_COMMENT: 'authenticity',
  CARD_USCC: 'usage',
  CARD_SIGNATURE: 'authenticity',
  CARD_EXPIRED: 'authenticity',
  CARD_UNKNOWN: 'authenticity',
  CARD_FINGERPRINT: 'authenticity',
  CARD_FINGERPRINT_TYPED: 'usage',
  CARD_REPLACES: 'authenticity',
  CARD_SUCCESSION: 'authenticity',
  CARD_REPLACED: 'refused',
  CARD_ROLE_CHANGED: 'refused',
  CARD_UNDER_WAY: 'refused',
  CARD_DISTRUSTED: 'authenticity',
  TRUST_WHICH: 'usage',
};

export const identitySentences: Bilingual<IdentityProblem> = {
  zh: {
    KEY_PASSPHRASE: () => ({
      what: '口令不对，密钥没有打开。',
      fix: '请检查大小写、输入法的全角和半角，再试一次。口令忘记后无法找回，只能用备份或新建密钥。',
    }),
    KEY_PASSPHRASE_NEEDED: () => ({
      what: '密钥文件有口令保护，但没有提供口令。',
      fix: '请按提示输入口令，或用 --passphrase-file 指定存放口令的文件。',
    }),
    KEY_FILE: (p) => ({
      what: `${p.document} 不是完整的 handover 密钥文件。`,
      fix: '请从备份恢复 keys 文件夹里的这份文件，不要手工修改它。',
    }),
    KEY_VERSION: (p) => ({
      what: `${p.document} 是更新版本的密钥文件，本版本不支持。`,
      fix: '请升级 handover 后再试。',
    }),
    SIGNATURE_FORMAT: (p) => ({
      what: `${p.document} 的签名文件格式不对。`,
      fix: '请确认 .minisig 文件完整且与原文件配套，必要时请对方重新发送。',
    }),
    SIGNATURE_KEY: (p) => ({
      what: `${p.document} 不是用预期的那把密钥签的。`,
      fix: '请确认文件来自正确的一方；如果对方换过密钥，请先核对并信任对方的新名片。',
    }),
    SIGNATURE_INVALID: (p) => ({
      what: `${p.document} 与签名不符，内容可能被改动过。`,
      fix: '请不要使用这份文件，请对方重新发送原文件和签名。',
    }),
    SIGNATURE_COMMENT: (p) => ({
      what: `${p.document} 的签名说明被改动过。`,
      fix: '请不要使用这份文件，请对方重新发送原文件和签名。',
    }),
    CARD_USCC: () => ({
      what: '统一社会信用代码不对，校验位不符或位数不是 18 位。',
      fix: '请对照营业执照重新填写，注意代码里没有字母 I、O、S、V、Z。',
    }),
    CARD_SIGNATURE: (p) => ({
      what: `名片 ${p.document} 与它自己的签名不符。`,
      fix: '请不要信任这张名片，请对方重新导出并发送名片和 .minisig 文件。',
    }),
    CARD_EXPIRED: (p) => ({
      what: `${p.party} 的名片已于 ${clockTime(p.until)} 过期。`,
      fix: '请对方导出新名片，核对指纹后再用 trust add 添加。',
    }),
    CARD_UNKNOWN: (p) => ({
      what: `${p.party} 的名片还没有被信任。`,
      fix: '请打电话向对方核对指纹，再用 trust add 添加这张名片。',
    }),
    CARD_FINGERPRINT: (p) => ({
      what: `输入的指纹与 ${p.party} 的名片不一致。`,
      fix: '请用已知的电话号码联系对方，逐组核对；仍不一致时，这张名片可能是冒充的，请勿信任。',
    }),
    CARD_FINGERPRINT_TYPED: (p) => ({
      what: `指纹应有 30 位数字，输入的有 ${p.digits} 位，或含有其他字符。`,
      fix: '请按六组、每组五位数字重新输入。',
    }),
    CARD_REPLACES: (p) => ({
      what: `${p.party} 的新名片接替的不是已信任的那一张。`,
      fix: '用 handover trust list 查看现用的名片，在 --former 里写上要代替的那一张；请对方先发来中间的名片也可以。',
    }),
    CARD_SUCCESSION: (p) => ({
      what: `${p.party} 的新名片不能自动接替旧名片：缺少旧密钥的有效签名，或单位名称、信用代码有变化。`,
      fix: '请打电话向对方核对新名片的指纹，再运行 handover trust replace 新名片 --fingerprint 指纹。',
    }),
    CARD_REPLACED: (p) => ({
      what: `${p.party}的这张名片已经换成新的，不能用于新协议。`,
      fix: '用 handover trust list 查看现用的名片，重新起草协议（handover deal init）。',
    }),
    CARD_ROLE_CHANGED: (p) => ({
      what: `${p.party}的新名片写的身份（卖方或买方）与原名片不同，不能代替原名片；什么都没有改动。`,
      fix: '请对方按原来的身份重新制作名片；确实是另一种身份的，用 handover trust add 另外添加。',
    }),
    CARD_UNDER_WAY: (p) => ({
      what: `${p.party}用这张名片签署的协议还在进行：${p.deals.join('、')}；什么都没有改动。`,
      fix: '协议谈不成了，先用 handover deal abort 终止，再撤销名片。对方换了名片，用 handover trust replace 新名片，并加上 --deals-stay，声明进行中的协议仍按原名片办理。',
    }),
    CARD_DISTRUSTED: (p) => ({
      what: `已经撤销对${p.party}这张名片的信任；以前签署的仍可核验，新的协议和交接包不再接受。`,
      fix: '如果又可以信任，请在电话里重新核对指纹，再运行 handover trust add 名片文件。',
    }),
    TRUST_WHICH: (p) => ({
      what:
        p.found === 0
          ? '没有这样一张已信任的名片；什么都没有改动。'
          : `有 ${p.found} 张名片都符合；什么都没有改动。`,
      fix: '用 handover trust list 查看名片，写上其中一张的指纹。',
    }),
  },
  en: {
    KEY_PASSPHRASE: () => ({
      what: 'The passphrase is wrong; the key was not opened.',
      fix: 'Check capitals and the input method, then try again. A forgotten passphrase cannot be recovered: restore a backup or make new keys.',
    }),
    KEY_PASSPHRASE_NEEDED: () => ({
      what: 'The key file is protected by a passphrase and none was given.',
      fix: 'Type it when asked, or name a file that holds it with --passphrase-file.',
    }),
    KEY_FILE: (p) => ({
      what: `${p.document} is not a complete handover key file.`,
      fix: 'Restore this file of the keys folder from a backup; do not edit it by hand.',
    }),
    KEY_VERSION: (p) => ({
      what: `${p.document} is a key file of a newer version, which this version cannot read.`,
      fix: 'Update handover and try again.',
    }),
    SIGNATURE_FORMAT: (p) => ({
      what: `The signature file of ${p.document} is malformed.`,
      fix: 'Check that the .minisig file is complete and belongs to this file; if need be ask the sender for it again.',
    }),
    SIGNATURE_KEY: (p) => ({
      what: `${p.document} was not signed with the expected key.`,
      fix: 'Check that it comes from the right party; if they changed keys, compare and trust their new card first.',
    }),
    SIGNATURE_INVALID: (p) => ({
      what: `${p.document} does not match its signature; it may have been altered.`,
      fix: 'Do not use it; ask the sender for the original file and signature again.',
    }),
    SIGNATURE_COMMENT: (p) => ({
      what: `The signed comment of ${p.document} was altered.`,
      fix: 'Do not use it; ask the sender for the original file and signature again.',
    }),
    CARD_USCC: () => ({
      what: 'The unified social credit code is wrong: it does not have 18 characters or its check character does not match.',
      fix: 'Copy it from the business licence again; it never holds the letters I, O, S, V or Z.',
    }),
    CARD_SIGNATURE: (p) => ({
      what: `The card ${p.document} does not match its own signature.`,
      fix: 'Do not trust this card; ask its owner to export the card and its .minisig file and send both again.',
    }),
    CARD_EXPIRED: (p) => ({
      what: `The card of ${p.party} expired at ${clockTime(p.until)}.`,
      fix: 'Ask them for a new card, compare its fingerprint, then add it with trust add.',
    }),
    CARD_UNKNOWN: (p) => ({
      what: `The card of ${p.party} is not trusted yet.`,
      fix: 'Compare the fingerprint with them over the phone, then add the card with trust add.',
    }),
    CARD_FINGERPRINT: (p) => ({
      what: `The fingerprint that was typed is not that of the card of ${p.party}.`,
      fix: 'Call them on a number you know already and compare group by group; if it still differs, the card may be an impostor’s: do not trust it.',
    }),
    CARD_FINGERPRINT_TYPED: (p) => ({
      what: `A fingerprint has 30 digits; what was typed has ${p.digits}, or holds other characters.`,
      fix: 'Type six groups of five digits.',
    }),
    CARD_REPLACES: (p) => ({
      what: `The new card of ${p.party} does not follow the card that is trusted.`,
      fix: 'See the cards with handover trust list, and name the one that is replaced with --former; or take in the card in between first.',
    }),
    CARD_SUCCESSION: (p) => ({
      what: `The new card of ${p.party} cannot follow the old one by itself: it lacks a good signature by the old key, or the name or credit code differs.`,
      fix: 'Compare the fingerprint of the new card over the phone, then run handover trust replace CARD --fingerprint DIGITS.',
    }),
    CARD_REPLACED: (p) => ({
      what: `This card of ${p.party} has a successor and is not used for a new deal.`,
      fix: 'See the card that is in use with handover trust list, and draft the deal again (handover deal init).',
    }),
    CARD_ROLE_CHANGED: (p) => ({
      what: `The new card of ${p.party} states another role (seller or buyer) than the former one and cannot take its place. Nothing was changed.`,
      fix: 'Ask for a card with the former role. If the party now has another role as well, add the card with handover trust add.',
    }),
    CARD_UNDER_WAY: (p) => ({
      what: `${p.party} has signed a deal with this card that is under way: ${p.deals.join(', ')}. Nothing was changed.`,
      fix: 'If the deal is off, end it with handover deal abort first. If the other party has a new card, use handover trust replace CARD with --deals-stay, which states that deals under way go on with the former card.',
    }),
    CARD_DISTRUSTED: (p) => ({
      what: `Trust in this card of ${p.party} was withdrawn. What it signed can still be verified; new deals and bundles are not accepted.`,
      fix: 'If it can be trusted again, compare the fingerprint on the telephone and run handover trust add CARD.',
    }),
    TRUST_WHICH: (p) => ({
      what:
        p.found === 0
          ? 'No trusted card is meant by this. Nothing was changed.'
          : `${p.found} cards are meant by this. Nothing was changed.`,
      fix: 'See the cards with handover trust list, and give the fingerprint of one.',
    }),
  },
};
