import { addDuration, type CalendarDate, type Duration } from '../base/time.js';
import { LANGS } from '../messages/lang.js';
import type { DealProblem } from '../messages/problems/deal.js';
import { type Locate, type PartialTerms, type Path, withoutLines } from './cross-checks.js';
import { fieldsOf, type Terms } from './terms.js';

/*
 * What two firms may write and must not sign: terms that say nothing. Asked of a draft, and not of a deal that is signed already, because what
 * was signed stays readable.
 */

/** No period of keeping may be practically for ever (PIPL-19): ten years are those of tax law, three those of proof (law.md §1.5). */
const LONGEST = { buyer: 'P10Y' as Duration, seller: 'P3Y' as Duration };

/** The same of terms that can be read as a whole. */
export function soundnessOf(terms: Terms): readonly DealProblem[] {
  return checkSoundness({ ...terms, fields: fieldsOf(terms) }, withoutLines);
}

/** Everything in a draft that says nothing, in the order of the document. */
export function checkSoundness(terms: PartialTerms, locate: Locate): readonly DealProblem[] {
  return [
    ...vaguePurposes(terms, locate),
    ...thinNecessities(terms, locate),
    ...endlessPeriods(terms, locate),
    ...emptyContacts(terms, locate),
  ];
}

/** Words of which a purpose may not be made alone. Taken out one after the other, because the text is the other party's. */
const VAGUE =
  /(?:用于|为了|为|等|其他|其它|一切|各种|任何|所有|全部|相关|有关|正常|合法|业务|商业|经营|公司|我司|企业|内部|工作|管理|发展|使用|用途|目的|需要|需求|合作|服务|的|和|与|及|for|other|any|all|various|general|business|commercial|company|internal|related|purposes?|needs?|uses?|and|of|the|our|its|legal|lawful)/giu;

/** Words that make any purpose one for everything. */
const CATCH_ALL =
  /(?:其他|其它|一切|任何|各种|所有)(?:合法|商业|业务|经营|相关)?(?:用途|目的)|(?:any|all|other) (?:\w+ )?purposes?/iu;

/** A purpose is at least a few characters of Chinese, or two words. */
const LEAST_PURPOSE = 4;

function vaguePurposes({ purposes }: PartialTerms, locate: Locate): DealProblem[] {
  return (purposes ?? []).flatMap((purpose, i) => {
    if (purpose === undefined) return [];
    const isVague = LANGS.some((lang) => {
      const text = purpose[lang];
      return weight(text) < LEAST_PURPOSE || isMadeOf(text, VAGUE) || CATCH_ALL.test(text);
    });
    return isVague
      ? [{ code: 'DEAL_PURPOSE_VAGUE' as const, ...locate(['purposes', i]), purpose: purpose.id }]
      : [];
  });
}

/** Words that a necessity may not be made of alone. */
const EMPTY_WORDS =
  /(?:因为|由于|为了|因|为|公司|我司|买方|卖方|业务|工作|经营|管理|客户|服务|发展|开展|实际|正常|确实|非常|十分|必须|必要|必需|需要|需|要|有|用|使用|的|情况|原因|相关|其他|交出|交接|移交|这个|字段|信息|资料|because|the|we|it|is|are|a|of|for|to|by|buyer|seller|company|business|need(?:s|ed)?|necessary|required|want(?:ed|s)?|use(?:d|ful)?|important|data|field)/giu;

/** A necessity is a sentence: about eight characters of Chinese, or four words, that are not all empty. */
const LEAST_NECESSITY = 8;

function thinNecessities({ fields }: PartialTerms, locate: Locate): DealProblem[] {
  return (fields ?? []).flatMap((field, i) => {
    if (field?.necessity === undefined || field.action === 'drop') return [];
    const text = field.necessity;
    const isThin =
      weight(text) < LEAST_NECESSITY || isMadeOf(text, EMPTY_WORDS) || new Set(bare(text)).size < 5;
    const at: Path = ['resources', 0, 'fields', i, 'necessity'];
    return isThin ? [{ code: 'DEAL_NECESSITY_THIN' as const, ...locate(at), field: field.name }] : [];
  });
}

/** Chinese characters, and two for each word of another script. */
function weight(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}\d]+/gu)?.length ?? 0;
  return han + 2 * words;
}

function isMadeOf(text: string, words: RegExp): boolean {
  return bare(text).replaceAll(words, '') === '';
}

function bare(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\d]/gu, '');
}

function endlessPeriods({ retention }: PartialTerms, locate: Locate): DealProblem[] {
  if (retention === undefined) return [];
  const periods: readonly (readonly [Path, Duration, Duration])[] = [
    [['retention', 'seller', 'after_receipt'], retention.seller.after_receipt, LONGEST.seller],
    [['retention', 'buyer', 'after_effective'], retention.buyer.after_effective, LONGEST.buyer],
    ...(retention.activity === undefined
      ? []
      : [[['retention', 'activity', 'within'], retention.activity.within, LONGEST.buyer] as const]),
  ];
  return periods.flatMap(([path, period, most]) =>
    addDuration(SOME_DAY, period) > addDuration(SOME_DAY, most)
      ? [{ code: 'DEAL_PERIOD_LONG' as const, ...locate(path), most }]
      : [],
  );
}

/** Any day will do to compare periods by. */
const SOME_DAY = '2024-01-01' as CalendarDate;

const NOBODY =
  /^(?:无|没有|暂无|待定|待补|未定|空|否|不详|未知|none|no|n\/?a|tbd|null|unknown|[-—/.。0x*]+)$/iu;

function emptyContacts({ complaints }: PartialTerms, locate: Locate): DealProblem[] {
  if (complaints === undefined) return [];
  const { contact, phone } = complaints;
  const digits = phone.normalize('NFKC').replace(/\D/g, '');
  return [
    ...(NOBODY.test(contact.trim())
      ? [{ code: 'DEAL_CONTACT_EMPTY' as const, ...locate(['complaints', 'contact']) }]
      : []),
    ...(digits.length < 5 || new Set(digits).size < 2
      ? [{ code: 'DEAL_CONTACT_EMPTY' as const, ...locate(['complaints', 'phone']) }]
      : []),
  ];
}
