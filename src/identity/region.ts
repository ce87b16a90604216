import type { RegionSign } from '../messages/problems/gates.js';
import type { Card } from './card.js';

/** Where a party is, as far as its card tells, and what tells it. */
export interface Region {
  readonly place: 'mainland' | 'abroad' | 'unclear';
  readonly sign: RegionSign;
}

/** An address that begins with a place of the mainland names a road after another one at most: 上海市澳门路. */
const MAINLAND_ADDRESS =
  /^(?:中国)?(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,6}市|[\u4e00-\u9fff]{1,5}(?:区|县)|内蒙古|广西|西藏|宁夏|新疆)/u;
const ABROAD =
  /香港|澳门|澳門|台湾|臺灣|台北|高雄|九龙|九龍|新界|新加坡|马来西亚|日本|东京|韩国|首尔|美国|加拿大|英国|伦敦|澳大利亚|德国|法国|越南|泰国|hong ?kong|kowloon|macau|macao|taiwan|taipei|singapore|malaysia|japan|tokyo|korea|seoul|u\.?s\.?a\b|united states|canada|united kingdom|london|australia|germany|france|vietnam|thailand|\bbvi\b|cayman/iu;

/**
 * Where a party is. The card says CN in every case, so it is held against what else it says: the credit code that only the mainland gives,
 * telephone, address and name (PIPL-38).
 */
export function regionOf({ name, uscc, contact }: Pick<Card, 'name' | 'uscc' | 'contact'>): Region {
  const phone = phonePlace(contact.phone);
  if (phone === 'abroad') return { place: 'abroad', sign: 'phone' };
  const { address } = contact;
  if (address !== undefined && !MAINLAND_ADDRESS.test(address.trim()) && ABROAD.test(address))
    return { place: 'abroad', sign: 'address' };
  if (uscc !== undefined) return { place: 'mainland', sign: 'phone' };
  if (ABROAD.test(name)) return { place: 'unclear', sign: 'name' };
  return { place: phone, sign: 'phone' };
}

function phonePlace(text: string): Region['place'] {
  const plain = text.normalize('NFKC').replace(/[\s().-]/gu, '');
  if (/^(?:\+|00)(?!86)/.test(plain)) return 'abroad';
  const national = plain.replace(/^(?:\+|00)86/, '');
  return /^(?:1[3-9]\d{9}|0?(?:10|2\d|[3-9]\d{2})\d{7,8}|400\d{7}|95\d{3,8})(?:[转ext,]+\d{1,6})?$/u.test(
    national,
  )
    ? 'mainland'
    : 'unclear';
}
