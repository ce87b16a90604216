import { type FieldName, fieldOf } from '../dataset/fields.js';
import type { ImportedRecord } from '../dataset/page.js';
import { cell, type JudgeBasis } from './basis.js';

/*
 * A no counts however vague it is, wherever it was noted (law.md §1.3). A shop writes it where there is room: `客户说不要把资料给别人` among the
 * remarks, `已注销` as the customer's state. Nobody but a person can tell what such words are worth, so they make a yes of the same file doubtful,
 * and the customer is asked.
 */

const NOT =
  '(?:不同意|不愿意?|不想|不希望|不要|不准|不许|不让|不允许|不接受|不授权|不得|别再?|勿|拒绝|禁止|反对)';
/** What a customer keeps from others, and no key, child or pet. */
const DATA = '(?:个人)?(?:资料|信息|隐私|数据|档案|名单|号码|联系方式|电话(?!费))';
const GIVE = '(?:转给|转让|转移|转交|移交|交接|交给|提供|透露|泄露|泄漏|外泄|外传|共享|分享|出售|卖|公开|给)';
const OTHERS =
  '(?:别人|他人|别的|别家|外人|人家|第三方|其他(?:公司|人|家)|另(?:一家|外)|新(?:公司|老板|东家)|对方|买方|下家|接手)';
const OTHER_THINGS = '(?:钥匙|门禁|门卡|孩子|小孩|宝宝|老人|狗|猫|宠物|阿姨|保姆)';
/** Of a clause, so many characters, none of which begins another thing. */
const few = (most: number): string => `(?:(?!${OTHER_THINGS})[^，。；,;!！?？\\n]){0,${most}}?`;

/** Each repetition is bounded: the text is attacker-controlled. */
const DOUBTS: readonly RegExp[] = [
  new RegExp(`${NOT}${few(8)}${DATA}${few(6)}${GIVE}`, 'u'),
  new RegExp(`${NOT}${few(6)}${GIVE}${few(8)}(?:${DATA}|${OTHERS})`, 'u'),
  new RegExp(`(?:不同意|反对|拒绝|不接受)${few(4)}(?:转让|转移|移交|交接|换公司|收购|并购|过户)`, 'u'),
  new RegExp(
    `(?:${NOT}|不)${few(4)}换(?:成|到|去)?(?:别的|其他|另外|一家|新)?的?(?:公司|老板|东家|家政)`,
    'u',
  ),
  new RegExp(`${NOT}${few(4)}(?:去|跟|到|用|找|给|转)新(?:的)?(?:公司|老板|东家)`, 'u'),
  /(?:不要|不准|不许|不想|不希望|不愿意?|不得|别|勿|不|停止|拒绝)(?:你们|我们|任何人)?(?:再|继续)(?:被|有人|跟他|跟她|和他|和她|给他|给她)?(?:联系|联络|打扰|骚扰|来电|打电话|打来|发短信)|停止(?:联系|联络|打扰)/u,
  new RegExp(
    `(?:要求|请|申请|请求|希望|让我们|叫我们|必须|通知)${few(6)}(?:删除|删掉|删了|销毁|清除|注销)${few(6)}(?:${DATA}|账号|帐号|账户|帐户|记录|会员)`,
    'u',
  ),
  /(?:撤回|撤销|取消|收回)[^，。；,;!！?？\n]{0,4}(?:同意|授权)/u,
  /\b(?:do(?:es)? ?n[o']?t|never|not to|refus\w{0,4}|object\w{0,3}|no consent)\b[^.;!?\n]{0,30}\b(?:shar|transfer|sell|giv|pass|disclos|hand)\w{0,8}\b[^.;!?\n]{0,20}\b(?:data|details|information|number|records?)\b/iu,
  /\b(?:do(?:es)? ?n[o']?t|never|not)\b[^.;!?\n]{0,20}\b(?:data|details|information|records?)\b[^.;!?\n]{0,10}\b(?:shared|transferred|sold|given|passed|disclosed)\b/iu,
  /\b(?:delete|erase|remove)\b[^.;!?\n]{0,15}\b(?:data|details|information|account|records?)\b/iu,
  /\b(?:withdr\w{2,5}|revok\w{1,3})\b[^.;!?\n]{0,12}\bconsent\b/iu,
];
/** Every match of {@link DOUBTS} holds one of these or a Latin letter; most texts hold none, and a look into a table tells. */
const SIGNS = new Uint8Array(0x10000);
for (const sign of '不别勿拒禁反删销清撤取收停世故') SIGNS[sign.charCodeAt(0)] = 1;
for (const [first, last] of [
  [0x41, 0x5a],
  [0x61, 0x7a],
] as const)
  SIGNS.fill(1, first, last + 1);

function hasSign(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (SIGNS[text.charCodeAt(i)] === 1) return true;
  return false;
}

/** That somebody has died: nobody agrees any more, and relatives have rights of their own (PIPL-49). */
const DIED = '(?:去世|过世|病故|亡故|身故|已故|离世|逝世|辞世|故去)';
/** Whoever of the household may have died without ending what the customer said. */
const KIN = '[妈爸父母爷奶公婆姨姑叔伯舅婶嫂姐妹兄弟哥夫妻儿女媳婿孙伴]|爱人|老人|亲|[猫狗]';
/** Of a clause about the customer, and of nobody else in the household. */
const CUSTOMER_DIED = new RegExp(
  `(?:^|[，。；,;!！?？\\s])(?:(?!${KIN})[^，。；,;!！?？\\n]){0,8}?${DIED}|\\b(?:customer|client|he|she) (?:has )?(?:died|passed away|is deceased)\\b`,
  'iu',
);
/** The same beside a name: \`张三（已故）\`. */
const LATE = new RegExp(`[（(【\\[]\\s?(?:故|亡|已?${DIED})|\\b(?:deceased|late)\\)`, 'iu');

/** What a state of a customer says who has left. */
const GONE =
  /去世|过世|病故|亡故|身故|已故|离世|逝世|注销|销户|退订|撤回|删除|勿[再联]|停止联系|拉黑|黑名单|禁用|停用|^(?:deleted|unsubscribed|blocked|disabled|blacklisted|deceased|dead)$/iu;

/** Whether words in a remark may mean that their customer wants no handover, or to be forgotten, or is dead. */
export function mayBeNo(text: string): boolean {
  return hasSign(text) && (DOUBTS.some((pattern) => pattern.test(text)) || CUSTOMER_DIED.test(text));
}

/** The column of a record whose words make a yes doubtful; null for none, as of nearly all. */
export type Doubt = (record: ImportedRecord) => string | null;

/** Compiles the search for such words: in what the file has of free text, and in the state of the customer. */
export function compileDoubt({ columns }: JudgeBasis): Doubt {
  const looked = columns.flatMap((name, at) => {
    const says = saysOf(name);
    return says === null ? [] : [{ name, at, says }];
  });
  return (record) => {
    for (const { name, at, says } of looked) {
      const text = cell(record, at);
      if (text.length > 1 && says(text)) return name;
    }
    return null;
  };
}

function saysOf(name: FieldName): ((text: string) => boolean) | null {
  if (name === 'name') return (text) => LATE.test(text);
  if (name === 'contract_status') return (text) => GONE.test(text);
  return fieldOf(name)?.class === 'free-text' ? mayBeNo : null;
}
