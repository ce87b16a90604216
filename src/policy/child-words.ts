/** Words by which a list calls a child who is the customer: `王小朋友`, `李乐乐（幼儿）`, `toddler`. */
const CHILD =
  /小朋友|小宝宝|宝宝|小孩|孩童|儿童|幼儿|婴儿|婴幼儿|新生儿|小学生|学龄前|未满月|未成年|初中生|(?<!高)中学生|\b(?:child|kid|toddler|infant|baby|newborn|preschooler|minor|underage)\b/iu;
/** Words for whoever is not of age and may be over fourteen. */
const TEENAGER = /高中生|中专生|teenager/iu;
/** Whoever is called by a child is its parent: `乐乐妈妈（3岁）`, `宝宝爸`. */
const PARENT =
  /[妈爸母父爷奶婶姨]|外公|外婆|姥|家长|监护|月嫂|育婴|老师|保姆|\b(?:mother|father|mom|mum|dad|parent|guardian)\b/iu;
const YEARS = /(\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:周岁|岁)|(\d{1,2})\s*(?:years? old|y\/o|yo)\b/giu;
const MONTHS = /\d{1,2}\s*个?月(?:大|龄)|\d{1,2}\s*months? old/iu;
/** No cell without one of these is read twice. */
const SIGN = /[岁宝孩童幼婴儿龄月小未中]|[a-z]{3}/iu;
/** One for each code unit that may be of a {@link SIGN}: nearly all names have none, and a look into a table takes a tenth of a pattern's time. */
const SIGN_UNITS = new Uint8Array(0x10000);
// Two characters that stand for a Latin letter where case is ignored.
for (const sign of '岁宝孩童幼婴儿龄月小未中abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\u017f\u212a')
  SIGN_UNITS[sign.charCodeAt(0)] = 1;

const NUMERALS = '一二三四五六七八九';

/**
 * Whether words say that a person is younger than so many years (PIPL-31): a marker, for whoever's age no date, number or ID tells.
 *
 * @param years full years that somebody of that age has not had yet
 */
export function saysYounger(text: string, years: number): boolean {
  if (!maySign(text) || !SIGN.test(text)) return false;
  if (PARENT.test(text)) return false;
  if (CHILD.test(text) || MONTHS.test(text) || (years > 16 && TEENAGER.test(text))) return true;
  return [...text.matchAll(YEARS)].some(([, chinese, english]) => numberOf(chinese ?? english ?? '') < years);
}

function maySign(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (SIGN_UNITS[text.charCodeAt(i)] === 1) return true;
  return false;
}

/** `9`, `九`, `十二`, `二十`; whatever else is no small number. */
function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const [, tens = '', ones = ''] =
    /^(?:([一二两三四五六七八九]?)(?=十)十)?([一二两三四五六七八九]?)$/.exec(text) ?? [];
  const digit = (sign: string): number => NUMERALS.indexOf(sign === '两' ? '二' : sign) + 1;
  const whole = text.includes('十') ? (tens === '' ? 10 : digit(tens) * 10) : 0;
  return whole + (ones === '' ? 0 : digit(ones));
}
