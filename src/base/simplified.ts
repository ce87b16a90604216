/*
 * Characters of traditional script, and the simplified ones under which lists of words have them: those that stand in headings, in answers and in
 * words for a no. No text that is kept is changed by it.
 */
const TRADITIONAL =
  '訂請刪資轉讓問題沒見願絕號碼錯煩擾騷訴舉報還錢餘額電話謝對約項兩個與們這為麼誰開會數發過嗎聯繫關機實戶編備註單異議銷時權員檔證區樓棟門類絡帳務據場價級預儲蓄點優產業賬貴籤簽書認確無邊選擇顧氣獲準終給說聽記錄應該從條況狀態標職傳郵寶歲齡歷統計總頁製審經辦負責護駕車鑰鎖體驗寫間處將現後變嚴緊購買賣憑貨續縣';
const SIMPLIFIED =
  '订请删资转让问题没见愿绝号码错烦扰骚诉举报还钱余额电话谢对约项两个与们这为么谁开会数发过吗联系关机实户编备注单异议销时权员档证区楼栋门类络账务据场价级预储蓄点优产业账贵签签书认确无边选择顾气获准终给说听记录应该从条况状态标职传邮宝岁龄历统计总页制审经办负责护驾车钥锁体验写间处将现后变严紧购买卖凭货续县';

const EACH: ReadonlyMap<string, string> = new Map(
  [...TRADITIONAL].map((sign, i) => [sign, SIMPLIFIED[i] ?? sign] as const),
);
const ANY = new RegExp(`[${TRADITIONAL}]`, 'gu');

/** A text in which these characters are simplified, so that it can be looked up; every other character, and its length, stay. */
export function simplified(text: string): string {
  return text.replace(ANY, (sign) => EACH.get(sign) ?? sign);
}
