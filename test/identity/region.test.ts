import { expect, test } from 'vitest';
import type { Card } from '../../src/identity/card.js';
import { regionOf } from '../../src/identity/region.js';

const USCC = '91310000MA1FL0000N';

/** What of a card tells where its owner is. */
type Facts = {
  readonly phone: string;
  readonly address?: string;
  readonly name?: string;
  readonly uscc?: string;
};

function placeOf({ phone, address, name = '乙家政', uscc }: Facts): string {
  const contact = { phone, ...(address === undefined ? {} : { address }) };
  const facts: Pick<Card, 'name' | 'contact' | 'uscc'> = {
    name,
    contact,
    ...(uscc === undefined ? {} : { uscc }),
  };
  return regionOf(facts).place;
}

test.each<[Facts, string]>([
  [{ phone: '021-5550100' }, 'mainland'],
  [{ phone: '+86 138 0000 0001' }, 'mainland'],
  [{ phone: '(0755) 8123 4567 转 8' }, 'mainland'],
  [{ phone: '400-800-1234' }, 'mainland'],
  [{ phone: '+852 2345 6789' }, 'abroad'],
  [{ phone: '00853-28123456' }, 'abroad'],
  [{ phone: '+86 138 0000 0001', address: '香港九龙弥敦道1号' }, 'abroad'],
  [{ phone: '021-5550100', address: 'Kowloon, Hong Kong' }, 'abroad'],
  [{ phone: '021-5550100', address: '上海市普陀区澳门路1号' }, 'mainland'],
  [{ phone: '021-5550100', address: '浦东新区张江路1弄' }, 'mainland'],
  [{ phone: '2345 6789' }, 'unclear'],
  [{ phone: '2345 6789', uscc: USCC }, 'mainland'],
  [{ phone: '021-5550100', name: 'Yi (Hong Kong) Limited' }, 'unclear'],
  [{ phone: '021-5550100', name: '乙家政（香港）有限公司', uscc: USCC }, 'mainland'],
  [{ phone: '+852 2345 6789', uscc: USCC }, 'abroad'],
])('%o is %s', (facts, place) => {
  expect(placeOf(facts)).toBe(place);
});
