/** What says that there is a piece of evidence and what it is, or which: a number, a reference, a document by its name. */
const PIECE =
  /\d|[a-z]{2,}[-_]|签字|签名|签署|签收|授权书|同意书|委托书|确认书|合同|协议|录音|录像|视频|截图|截屏|照片|扫描|短信|邮件|微信|聊天记录|回执|表单|问卷|附件|原件|档案|sign|form|record|screenshot|message|sms|mail|scan|photo|letter|receipt|file|contract|wechat/iu;

/** What says that there is none, or no longer. */
const NONE =
  /据说|听说|印象|记得|应该|大概|可能|默认|已删|删除|删了|清空|丢失|遗失|丢了|找不到|没找到|未找到|没留|未留|没存|未保存|没有|暂无|待补|后补|补签|待定|未签|替客户|老板签|员工签|店长签|不详|不明|未知|deleted|lost|missing|none|no record|not kept|to follow|pending|by the boss|n\/a/iu;

/** What says that it was only spoken; unless it was recorded. */
const SPOKEN = /口头|口述|口说|当面说|电话里说|说可以|说同意|说行|说好|答应了|verbal|oral|spoken|told us/iu;
const RECORDED = /录音|录像|视频|recording|recorded/iu;

/** What says that somebody else spoke, wrote or signed. */
const BY_ANOTHER =
  /代签|代签字|代为|代答|代回|替签|(?:妻子|老婆|爱人|丈夫|老公|儿子|女儿|儿媳|女婿|家人|家属|母亲|父亲|妈妈|爸爸|婆婆|公公|岳母|岳父|姐姐|哥哥|弟弟|妹妹|孙子|孙女|邻居|保姆|亲戚|朋友|同事)的?(?:口头|说|代|替|同意|答应|签|回复|转告|转达|确认|授权|写|发|短信|微信|电话|邮件|录音|聊天|截图)|on behalf|(?:wife|husband|son|daughter|mother|father|relative|neighbou?r)(?:'s)? (?:said|signed|agreed|replied|confirmed|message|text|wechat)/iu;

/** A plain reference, as most are: DX-000123. */
const REFERENCE = /^[A-Za-z]{1,8}[-_ #.]?\d[\w.-]*$/;

/** A mark that there is something, and not what. */
const MARK = /^\s*\d\s*$/;

/**
 * Whether a cell names evidence of a consent. A number after a word like 口头 is no evidence of what was said; a recording is.
 *
 * @param by of a guardian's consent: a relative's signature is what it rests on
 */
export function isEvidence(cell: string, by?: 'guardian'): boolean {
  if (cell === '') return false;
  if (REFERENCE.test(cell)) return true;
  if (MARK.test(cell) || !PIECE.test(cell) || NONE.test(cell)) return false;
  if (by === undefined && BY_ANOTHER.test(cell)) return false;
  return !SPOKEN.test(cell) || RECORDED.test(cell);
}
