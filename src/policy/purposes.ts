import type { TermsPurpose } from '../deal/terms.js';
import { LANGS } from '../messages/lang.js';

/** Words of going on with what was agreed. */
const CONTINUES =
  /继续|延续|接续|原有|原合同|原服务|履行|continu|go(?:es|ing)? on|keep(?:ing)? (?:on|up|serving)|perform|carry(?:ing)? on/iu;

/** Words of something that no customer of a home-service firm came for. */
const FURTHER =
  /推荐|推销|营销|推广|促销|广告|贷款|借款|保险|理财|金融|投资|会员卡销售|画像|评分|征信|分析|出售|转卖|共享|分享|第三方|合作方|合作伙伴|market|promot|advert|loan|insur|invest|profil|scor|recommend|sell|share|third part|partner/iu;

/**
 * Whether a purpose is another than the one for which the seller had the data: the recipient who changes it needs a new consent, also where
 * the law lets the data follow (PIPL-22). A doubt asks: only what is worded as going on, and names nothing besides, goes on.
 */
export function isNewPurpose(purpose: TermsPurpose): boolean {
  const texts = LANGS.map((lang) => purpose[lang]);
  return texts.some((text) => FURTHER.test(text)) || !texts.some((text) => CONTINUES.test(text));
}
