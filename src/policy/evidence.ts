/** What says that there is a piece of evidence and what it is, or which: a number, a reference, a document by its name. */
const PIECE =
  /\d|[a-z]{2,}[-_]|签字|签名|签署|签收|授权书|同意书|委托书|确认书|合同|协议|录音|录像|视频|截图|截屏|照片|扫描|短信|邮件|微信|聊天记录|回执|表单|问卷|附件|原件|档案|sign|form|record|screenshot|message|sms|mail|scan|photo|letter|receipt|file|contract|wechat/iu;

/** What says that there is none, or that somebody else spoke. */
const NONE =
  /口头|口述|口说|当面说|电话里说|说可以|说同意|说行|说好|答应了|据说|听说|印象|记得|应该|大概|可能|默认|已删|删除|删了|清空|丢失|遗失|丢了|找不到|没找到|未找到|没留|未留|没存|未保存|没有|暂无|待补|后补|补签|待定|未签|代签|代为|代答|替签|替客户|老板签|员工签|店长签|(?:妻子|老婆|丈夫|老公|儿子|女儿|家人|家属|母亲|父亲|妈妈|爸爸|邻居|保姆|亲戚|朋友)(?:说|代|同意|答应|签|回复|转告)|不详|不明|未知|verbal|oral|spoken|told us|deleted|lost|missing|none|no record|not kept|to follow|pending|by the boss|on behalf|wife said|husband said|n\/a/iu;

/** A plain reference, as most are: DX-000123. */
const REFERENCE = /^[A-Za-z]{1,8}[-_ #.]?\d[\w.-]*$/;

/** A mark that there is something, and not what. */
const MARK = /^\s*\d\s*$/;

/** Whether a cell names evidence of a consent. A number after a word like 口头 is no evidence of what was said; a recording is. */
export function isEvidence(cell: string): boolean {
  if (cell === '') return false;
  return REFERENCE.test(cell) || (!MARK.test(cell) && PIECE.test(cell) && !NONE.test(cell));
}
