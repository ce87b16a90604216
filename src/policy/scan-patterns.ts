import type { ScanCategory } from '../messages/reasons.js';

/** What is looked for in free text (law.md §5.1, "Free-text scan patterns"). */
export const SCAN_CATEGORIES = [
  'mobile',
  'id-number',
  'bank-card',
  'access-code',
  'key',
  'health',
  'child',
  'absence',
  'belief',
  'insult',
  'landline',
  'email',
  'messenger',
  'payment',
  'plate',
  'document',
  'address',
  'relative',
  'private',
] as const satisfies readonly ScanCategory[];

/** Where a clause ends. */
const CLAUSE = String.raw`[^，。,;；!！?？\n]`;
/** Digits of a code, perhaps apart, and not a year, a time, an amount or a number of rooms. */
const CODE_DIGITS = String.raw`(?!(?:19|20)\d\d[-./]\d{1,2}[-./]\d)\d(?:[ -]?\d){2,9}(?![\d.]|\s?(?:年|月|日|点|元|块|次|户|楼(?![上下])|层|栋|幢|单元|室|米|平|㎡|公里|人|小时|分|天|周|号楼|[:：]\d))[#*]?`;
/** A code in letters and digits, or in Chinese numerals. */
const CODE_MIXED = String.raw`(?=[a-z]*\d)[a-z\d]{4,16}[#*!]?|[零〇一二三四五六七八九幺]{3,8}|[一二两三四五六七八九\d]个[零〇一二三四五六七八九\d]`;
const SECRET = `(?:密码锁?|(?<![秘隐加保亲机])密(?=[:： ]{0,2}\\d)|密碼|口令|暗号|开门码|门码|验证码|pass ?code|password|passwd|pwd|pin(?: code)?|(?:door|gate|entry|lock|alarm) ?(?:code|pin))`;
const DOOR = `(?:门禁|门锁|密码锁|指纹锁|电子锁|智能锁|锁|大门|门口|楼下|单元门|(?<!\\d\\s?)单元(?=\\s?\\d{4})|防盗门|院门|铁门|车库|入户门|电梯|保险柜|信箱|报警器|(?:钥匙|密钥|秘钥|备钥)盒|gate|door|(?:lock|key) ?box|garage|alarm)`;

/** Family names of most people, and what begins with such a character and is no name. */
const SURNAME =
  '欧阳|司马|上官|诸葛|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范姚谭廖邹熊陆郝孔崔毛邱秦江史顾侯邵孟龙段钱汤尹黎武乔贺赖龚]';
const NO_SURNAME =
  '周[一二三四五六日末围到]|马上|高[中考龄血兴大]|孙[子女]|何[时处]|任[职何]|许[多可]|胡[子同]|夏[天季]|江[苏西]|苏州|杜绝|范围|余[额下]|段时|钟[点头]|毛病|顾[家客]|钱|龙头|陆续|孔|史|黄[色昏]|程|曾经|林';

/**
 * A pattern of a category. Every match of it holds one of its signs, so that a text without them need not be searched.
 */
export type ScanPattern = readonly [category: ScanCategory, signs: string, pattern: RegExp];

/**
 * The patterns of each category. Each repetition is bounded and each alternative begins with a fixed word or a digit, so that a text takes time
 * in proportion to its length, whatever it holds: the text is attacker-controlled.
 */
export const SCAN_PATTERNS: readonly ScanPattern[] = [
  // A secret beside its name, in either order of writing: 门禁密码:1234#, 密码是 88 66, 密码 Ab12cd, 8866是大门密码.
  [
    'access-code',
    '密令暗码pPcC',
    new RegExp(`${SECRET}${CLAUSE.replace(']', '\\d]')}{0,8}?(?:${CODE_DIGITS}|${CODE_MIXED})`, 'giu'),
  ],
  // Whatever is said to be the secret: 密码是生日, 密码：家里门牌号.
  [
    'access-code',
    '密令暗码pPcC',
    new RegExp(
      String.raw`${SECRET}\s?(?:是|为|[:：=]|is)\s?(?!否|对的|错|不|什么|多少|没|谁|正确|旧|要)${CLAUSE}{2,16}`,
      'giu',
    ),
  ],
  // What opens, and a code: 门禁1234, 大门输入0912, 锁 0000, door 4711#.
  [
    'access-code',
    '门锁下元库梯柜箱警盒gGdDxXaA',
    new RegExp(String.raw`${DOOR}[^，。,;；\n\d]{0,8}?${CODE_DIGITS}`, 'giu'),
  ],
  // The same with a comma between: 密码锁，号码790704.
  [
    'access-code',
    '锁禁盒',
    new RegExp(
      String.raw`(?:锁|门禁|钥匙盒|密钥盒|秘钥盒)[，,]\s?(?:号码|数字|号)\s?[:：是为]?\s?${CODE_DIGITS}`,
      'giu',
    ),
  ],
  // A word between people, and a network beside its word: 暗号芝麻开门, wifi abc12345.
  [
    'access-code',
    '暗',
    new RegExp(`暗号(?!问|没|不|错|忘|改|多少|什么|遗失|丢|泄|被|已|找|换|失)${CLAUSE}{2,8}`, 'gu'),
  ],
  [
    'access-code',
    'wW无',
    /(?:wi-?fi|无线网?)\s?(?:密码?|码|pw)?\s?[:：是]?\s?(?:(?=[a-z]{0,12}\d)(?=\d{0,12}[a-z])[a-z\d]{6,16}|\d{8,12})(?![a-z\d])/giu,
  ],
  // One below the other: 楼下5566楼上7788.
  ['access-code', '楼', /楼[上下道]\s?[:：]?\s?\d{4,8}(?:[#*]|(?=$|[，。,;；\s]|楼[上下]))/gu],
  // What a code opens, behind it: 4321开车库.
  [
    'access-code',
    '开',
    /(?<![\d.])\d{4,8}[#*]?\s?(?:是|能|可以|可)?开(?:车库|大?门(?!红|票|见)|单元|锁|院|楼下|地库)/gu,
  ],
  [
    'access-code',
    '输键按拨',
    /(?:输入|键入|输|请按|先按|拨)\s?\d{3,8}(?!\d|\s?(?:元|年|月|号线|路))[#*]?/giu,
  ],
  ['access-code', '#*', /(?<![\d.-])\d{4,8}[#*](?!\s?(?:楼|栋|幢|室|房|单元|\d))/gu],
  [
    'access-code',
    '码禁令',
    /(?<![\d.])\d{3,8}[#*]?\s?(?:是|为|就是|[:：])?\s?(?:他家|她家|家里|我家)?(?:的)?(?:大门|楼下|单元门?|入户门?|电子|门)?(?:的)?(?:密码|门禁码|门禁|口令|开门码)/giu,
  ],
  // With the rest of its clause, which says where it is.
  [
    'key',
    '匙钥卡yY',
    new RegExp(
      String.raw`(?:钥匙(?!坏|断了|生锈|归还|已还|还了|没有|没了)|鎖匙|鑰匙|锁匙|备用匙|备用钥|门卡(?!没有|没了|坏)|门禁卡(?!\s?\d|没有|没了|坏)|spare keys?|keys? (?:under|is|are|at|with|in|behind|left|kept)\b)${CLAUSE}{0,20}`,
      'giu',
    ),
  ],
  [
    'health',
    '病血梗风刀脚腿腰眼耳脏性走便瘫癌瘤疗肝肺艾毒郁症神闭癫孕产月术敏透默痴森喘残失卧骨聋药素院炎肾胃亢减腺椎疮椅听杖尿饲胎剖障術殘癡懷搏針针液',
    /(?:腿脚?|腰|眼睛?|耳朵|心脏|记性|行走)不(?:太)?(?:好(?!意思)|便|灵)|行动不便|开[过了]?刀(?!叉|具|片)|糖尿病|高血压|高血脂|心脏病|冠心病|心梗|中风|脑梗|偏瘫|瘫痪|癌|肿瘤|化疗|放疗|乙肝|肝炎|肺结核|艾滋|梅毒|抑郁|焦虑症|精神病|精神分裂|躁郁|自闭|癫痫|怀孕|孕妇|孕期|流产|产后|坐月子|术后|手术|过敏|透析|尿毒症|阿尔茨海默|老年痴呆|痴呆|帕金森|哮喘|残疾|失能|卧床|失禁|骨折|失明|耳聋|吃药|服药|胰岛素|住院|出院|脑出血|脑溢血|后遗症|白血病|痛风|肾(?:病|炎|衰|结石|透)|胃(?:病|炎|溃疡|出血)|肺(?:炎|气肿|病)|甲亢|甲减|甲状腺|腰椎间盘|腰椎病|颈椎病|关节炎|类风湿|红斑狼疮|起搏器|轮椅|輪椅|助听器|拐杖|导尿|鼻饲|褥疮|备孕|二胎|三胎|保胎|剖腹产|剖宫产|顺产|性病|皮肤病|传染病|智障|聋哑|打针|打針|输液|過敏|懷孕|手術|殘疾|癡呆/gu,
  ],
  [
    'health',
    'aeiouAEIOU',
    /\b(?:diabet\w{1,4}|allerg\w{1,3}|asthma\w{0,3}|cancer|tumou?r|stroke|dementia|alzheimer\w{0,2}|parkinson\w{0,2}|epilep\w{1,3}|depress(?:ion|ed|ive)|bipolar|schizophren\w{1,3}|autis\w{1,3}|pregnan\w{1,2}|miscarriage|wheelchair|hearing aids?|insulin|medication|chemo\w{0,7}|dialysis|hiv|aids|hepatitis|disab(?:led|ilit\w{1,3})|(?:high )?blood pressure|heart (?:disease|attack|failure|condition)|surgery|hospitali[sz]ed|in hospital|blind|deaf)\b/giu,
  ],
  [
    'child',
    '儿兒学托宝孩娃接中',
    /(?:[\u4e00-\u9fff]{2,6})?(?:幼儿园|小学|中学|托班|托儿所)|[一二三四五六七八九十\d]{1,2}中(?:上学|读书|念书|放学)|上学(?!期)|宝宝|孩子|小孩|娃|儿子|女儿|兒子|女兒|婴儿|接送|放学/gu,
  ],
  // With the name behind it, which a capital shows.
  [
    'child',
    'aeioAEIO',
    /\b(?:[Dd]aughter|[Ss]on|[Cc]hild(?:ren)?|[Kk]ids?|[Bb]aby|[Tt]oddler|[Gg]rand(?:son|daughter|child(?:ren)?))\b(?:,? (?:is |named |called )?[A-Z][a-z]{1,15})?|\b(?:[Kk]indergarten|[Nn]ursery|(?:[Pp]rimary |[Mm]iddle )?[Ss]chool)\b/gu,
  ],
  [
    'absence',
    'aeoAEO',
    /\baway (?:in|on|from|until|till|every|all|for|during)\b|\bon (?:vacation|holiday|leave)\b|\bout of town\b|\b(?:house|home|flat|apartment|place) is (?:often |usually )?(?:empty|vacant)\b|\bno(?:body|t| one)(?: is)? (?:at )?home\b|\btravel(?:s|l?ing)? (?:abroad|often|a lot)\b/giu,
  ],
  [
    'absence',
    '差家住空外国旅假',
    /出差|不在家|没人在家|家里没人|空置|没人住|无人居住|长期在外|出国|旅游期间|度假|外地|回老家/gu,
  ],
  [
    'belief',
    '真民族维伊穆基教佛拜斋堂经',
    /清真|回民|回族|维吾尔|藏族|满族|少数民族|伊斯兰|穆斯林|基督|天主教|佛教|信佛|教徒|道教|做礼拜|教堂|念佛|念经|吃斋|斋月/gu,
  ],
  [
    'belief',
    'aeioAEIO',
    /\b(?:muslims?|halal|kosher|christians?|catholics?|buddhis[mt]s?|hindus?|jewish|islam(?:ic)?|ramadan|mosque|prayers?|praying)\b/giu,
  ],
  [
    'insult',
    '缠蛮葩抠气病圾傻蠢泼赖烦事黑',
    /难缠|刁蛮|奇葩|抠门|小气鬼|太小气|神经病|有病吧|垃圾客户|垃圾人|傻[逼瓜子帽]|很傻|真傻|蠢|泼妇|老赖|烦人|事儿多|事多|黑名单/gu,
  ],
  // Eleven numerals, read out.
  ['mobile', '一幺', /[一幺][三四五六七八九][零〇一二三四五六七八九幺]{9}(?![零〇一二三四五六七八九幺])/gu],
  [
    'landline',
    '话机电lL',
    /(?:电话|座机|固话|宅电|家电|tel\.?)\s?[:：是]?\s?[2-8]\d{3}[ -]?\d{3,4}(?!\d)/giu,
  ],
  ['email', '@', /[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/giu],
  ['messenger', '_', /wxid_[a-z0-9_]{4,30}/giu],
  [
    'messenger',
    '信xXcC',
    /(?:微信|wechat|weixin|(?<![a-z])(?:wx|vx|v信)|薇信|威信)\s?(?:号码?|id|账号)?\s?[:：是为]?\s?(?!同号)[a-z][a-z0-9_-]{4,19}(?![a-z0-9@])/giu,
  ],
  // Short for it, before an id with a digit or a stroke: 加V：lihua_88, 微wangfang520.
  [
    'messenger',
    'vVxX微',
    /(?:微(?:信)?\s?[:：]?\s?|(?<![a-z\d])[vx]x?(?:[:：]\s?|\s))(?=[a-z-]{0,18}[\d_])[a-z][a-z\d_-]{5,19}(?![a-z\d@])/giu,
  ],
  ['messenger', '扣', /扣\s?[:：]?\s?[1-9]\d{5,10}(?!\d|\s?(?:元|块|钱|分|次|%|\.))/gu],
  [
    'messenger',
    '音手书博陌gGpPeE',
    /(?:(?:抖音|快手|小红书|微博|陌陌)\s?(?:号|id|账号)?|(?<![a-z])(?:telegram|whatsapp|skype|line id))\s?[:：是]?\s?@?(?=[a-z._-]{0,20}[\d_.])[a-z\d][a-z\d._-]{4,24}(?![a-z\d@])/giu,
  ],
  ['messenger', 'qQ扣', /(?:(?<![a-z])qq|扣扣)\s?(?:号码?|是)?\s?[:：是为]?\s?[1-9]\d{4,10}(?!\d)/giu],
  [
    'payment',
    '支收yYfF',
    /(?:支付宝|(?<![a-z])zfb|alipay|收款账号|收款码|paypal)\s?(?:账号|帐号|账户|号码?|id)?\s?[:：是为]?\s?[a-z0-9][a-z0-9._%+@-]{4,40}/giu,
  ],
  [
    'plate',
    '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼',
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][ ·•.-]?(?=[a-z]{0,5}\d)[a-hj-np-z0-9]{4,5}[a-hj-np-z0-9挂学警港澳领](?![a-z0-9])/giu,
  ],
  ['document', 'eEgG', /(?<![a-z0-9])(?:E[0-9A-HJ-NP-Z]\d{7}|G\d{8})(?![a-z0-9])/giu],
  [
    'document',
    '护证照卡口pP',
    /(?:护照|通行证|回乡证|台胞证|居留证|居住证|军官证|驾驶证|驾照|社保卡|户口本|passport|permit)[^，。,;；\n\d]{0,6}?[a-z]{0,3}\d{6,12}(?!\d)(?:\([\da]\))?/giu,
  ],
  ['document', '(', /(?<![a-z0-9])[a-z]{1,2}\d{6}\([\da]\)/giu],
  [
    'address',
    '路街巷弄道胡',
    /[\u4e00-\u9fff]{1,8}(?:路|街|巷|弄|大道|胡同)\s?\d{1,5}\s?(?:号|弄|巷)(?!线|口)(?:\s?-?\d{1,4}\s?(?:号楼|号|栋|幢|座|单元|楼|层|室|房)?){0,4}/gu,
  ],
  // As people count the doors of an estate: 8#1502, B座2306, 12-3-402室.
  [
    'address',
    '#座',
    /(?<![\da-z])(?:\d{1,3}#|[a-z]座)\s?\d{3,4}(?![\d#*]|\s?(?:元|年|次|平))\s?(?:室|房|号)?/giu,
  ],
  ['address', '室房', /(?<!\d)\d{1,3}-\d{1,2}-\d{3,4}\s?(?:室|房)/gu],
  [
    'address',
    'tTdDeEnN',
    /(?<![\d.])\d{1,5} (?:[A-Z][a-z]{1,15} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd)\b\.?(?:,? (?:Apt|Apartment|Unit|Flat|Suite|Room)\.? ?[A-Z]?\d{1,5}[A-Z]?)?/gu,
  ],
  [
    'address',
    '楼栋幢座',
    /\d{1,3}\s?(?:号楼|栋|幢|座)\s?(?:\d{1,2}\s?单元\s?)?(?:\d{1,2}\s?(?:楼|层)\s?)?\d{2,4}(?!\d|元|年|次|平|人)\s?(?:室|房|号)?/gu,
  ],
  ['address', '元', /\d{1,2}\s?单元\s?\d{2,4}(?!\d|元|年|次|平)\s?(?:室|房|号)?/gu],
  [
    'address',
    '区园寓厦村苑庭府邸',
    /[\u4e00-\u9fff]{2,8}(?:小区|花园|家园|公寓|大厦|新村|[苑庭府邸园])\s?\d{1,3}\s?(?:号楼|栋|幢|座|号)(?!线)/gu,
  ],
  // The name of somebody beside the customer, behind the word for who that is: 女儿李梅周末来, 婆婆叫王秀英.
  [
    'relative',
    '儿孩公婆夫妻爱妈爸母父奶爷姥哥姐弟妹媳婿孙嫂邻属助秘',
    new RegExp(
      `(?:女儿|儿子|孩子|老公|老婆|丈夫|妻子|爱人|婆婆|公公|妈妈?|爸爸?|母亲|父亲|岳母|岳父|奶奶|爷爷|外婆|外公|姥姥|姥爷|哥哥|姐姐|弟弟|妹妹|儿媳|女婿|孙子|孙女|嫂子|邻居|家属|助理|秘书)(?:名?叫|是|的?名字[是叫]?|[:：])?\\s?(?!${NO_SURNAME})(?:${SURNAME})[\\u4e00-\\u9fff]{1,2}?(?=$|[^\\u4e00-\\u9fff]|电话|手机|微信|周[一二三四五六日末]|每[天周月]|[的在住来同和常会有也])`,
      'gu',
    ),
  ],
  // What is nobody's business: crime, sex, debts, discord (CC-1032, PIPL-28).
  [
    'private',
    '刑牢案毒恋轨婚异暴信债贷产嫖淫性打吵夜',
    /刑满|坐过?牢|服过?刑|案底|判过刑|吸过?毒|同性恋|出轨|婚外情|离过?婚|离异|家暴|打老婆|吵架|失信|征信|信用(?:很|太|不|较)?(?:差|好|坏)|欠(?:债|贷|高利贷)|高利贷|网贷|破产|嫖|卖淫|性取向|一夜情/gu,
  ],
];

/** A run of digits as people write numbers: groups of digits joined by single spaces, dots or hyphens, perhaps an X at the end. */
export const DIGITS = /\d(?:[ .-]?\d){9,30}[Xx]?/gu;
