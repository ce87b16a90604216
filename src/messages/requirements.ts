import type { Lang } from './lang.js';

/**
 * What the program does with a requirement, in a sentence, by its id (law.md, "Requirements and where they are met"). One that is not here is left to
 * people.
 */
export const requirementWords: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  'PIPL-6': {
    zh: '字段清单是允许清单：协议没有列出的字段不交出，没有对应的列不入库。',
    en: 'The list of fields is an allow-list: what the deal does not name stays, columns that are not mapped are not stored.',
  },
  'PIPL-8': {
    zh: '没有客户编号、数值损坏或者内容矛盾的行退回；买方重新核对数量和摘要。',
    en: 'Rows without a customer number, spoilt values and contradicting rows stay behind; the buyer recomputes counts and roots.',
  },
  'PIPL-10': {
    zh: '没有判定的记录不能装入交接包。',
    en: 'No record without a verdict can be sealed.',
  },
  'PIPL-13': {
    zh: '逐条、逐项用途核对处理的依据。',
    en: 'The basis is checked for each record and each purpose.',
  },
  'PIPL-14': {
    zh: '同意必须明确、有凭证、在告知之后；用途或者接收方改变的，要重新同意。',
    en: 'A consent has to be explicit, evidenced and after the notice; another purpose or recipient needs another one.',
  },
  'PIPL-15': {
    zh: '撤回同意的客户不移交，也不再询问；以后的事件优先。',
    en: 'Whoever withdrew is not transferred and not asked again; the later event counts.',
  },
  'PIPL-17': {
    zh: '名片载明名称和联系方式；协议载明投诉渠道和通知的摘要。',
    en: 'A card has name and contact; a deal has a complaint channel and the digest of the notice.',
  },
  'PIPL-19': {
    zh: '双方的保存期限写进协议；超过期限的记录不移交。',
    en: 'Both parties’ retention is part of the deal; records past it stay behind.',
  },
  'PIPL-22': {
    zh: '合并、分立、解散、破产的，每条记录都要有告知送达的证据，并留出异议的时间。',
    en: 'For a merger, division, dissolution or bankruptcy: proof of a delivered notice for every record, and time to object.',
  },
  'PIPL-23': {
    zh: '向买方提供的，每位客户都要针对这个买方和这些用途单独同意。',
    en: 'To provide data to the buyer, each customer has agreed separately to this buyer and these purposes.',
  },
  'PIPL-24': {
    zh: '员工评价和营销画像单列一类，没有写明必要性不交出。',
    en: 'Staff opinions and marketing profiles are a class of their own and leave only with a stated necessity.',
  },
  'PIPL-28': {
    zh: '敏感字段要在协议里写明必要性。',
    en: 'Sensitive fields need a necessity in the deal.',
  },
  'PIPL-29': {
    zh: '敏感字段只为单独同意的客户交出，其他客户的留空。',
    en: 'Sensitive fields leave only for customers who agreed to that separately; otherwise the value is empty.',
  },
  'PIPL-30': {
    zh: '协议载明处理敏感信息的必要性。',
    en: 'The deal states why a sensitive field is necessary.',
  },
  'PIPL-31': {
    zh: '不满十四周岁的，须有监护人同意。',
    en: 'For persons under fourteen a guardian must have agreed.',
  },
  'PIPL-44': {
    zh: '拒绝或者反对的客户不移交，也不再询问。',
    en: 'Whoever refused or objected is not transferred and not asked again.',
  },
  'PIPL-45': {
    zh: '客户可以看到自己的资料，也可以拿到一份机器可读的副本。',
    en: 'A person sees the own record, and gets a machine-readable copy of it.',
  },
  'PIPL-46': {
    zh: '更正按导入的规则核对，原值被覆盖，新值加密送给买方。',
    en: 'A correction follows the rules of import; the former value is overwritten, the new one goes to the buyer encrypted.',
  },
  'PIPL-47': {
    zh: '期限届满、撤回同意或者要求删除的，列入销毁；法定期限未满的封存。',
    en: 'What has outlived its time, was withdrawn or asked to be erased is purged; where a statutory period runs, frozen.',
  },
  'PIPL-49': {
    zh: '客户去世的，近亲属可以查阅、复制、更正、删除。',
    en: 'Near relatives of somebody who died may see, copy, correct and erase.',
  },
  'PIPL-50': {
    zh: '个人的请求登记在册，载明受理、期限、结果和拒绝的理由。',
    en: 'Requests of persons are registered with receipt, deadline, outcome and the reason of a refusal.',
  },
  'PIPL-51': {
    zh: '传输和存储都加密，屏幕上遮盖，权限分开，全程留痕。',
    en: 'Encryption in transit and at rest, masking on screens, separate roles, a log of everything.',
  },
  'PIPL-54': {
    zh: '审计报告和自查表由记录生成。',
    en: 'The audit report and the self-audit form are made from the evidence.',
  },
  'PIPL-55': {
    zh: '协议没有事前的影响评估，或者评估晚于生效日的，不能签署。',
    en: 'A deal without an impact assessment, or with one after the effective date, is no deal.',
  },
  'PIPL-56': {
    zh: '影响评估的摘要写进协议；评估和处理情况的记录至少保存三年。',
    en: 'The digest of the impact assessment is in the deal; assessment and record are kept for three years.',
  },
  'PIPL-57': {
    zh: '登记安全事件，起草给主管部门和个人的通知；没有告知又没有理由的，不能办结。',
    en: 'Incidents are registered, the notices to authority and persons drafted; none can be closed while nobody was told and no reason given.',
  },
  'PIPL-63': {
    zh: '证据包供主管部门核查，用通用工具即可核验。',
    en: 'The evidence pack is for the authority to check, with stock tools.',
  },
  'PIPL-64': {
    zh: '证据包和自查表供配合检查和审计。',
    en: 'The evidence pack and the self-audit form serve inspections and audits.',
  },
  'PIPL-69': {
    zh: '每一步都在防篡改的日志里留下证据。',
    en: 'Every step leaves evidence in a log that a third party can check.',
  },
  'PIPL-73': {
    zh: '标签和代号都带密钥，并仍按个人信息对待。',
    en: 'Tags and tokens are keyed, and treated as personal data all the same.',
  },
  'NDSR-8': {
    zh: '没有能绕过检查、放行记录的选项。',
    en: 'There is no option that lets a record past the checks.',
  },
  'NDSR-11': {
    zh: '安全事件通知个人的五种方式：电话、短信、即时通信、电子邮件、公告。',
    en: 'The five ways of telling persons of an incident: phone, text message, instant message, e-mail, announcement.',
  },
  'NDSR-12': {
    zh: '用途、字段、期限和保密协议由双方签署；回执是提供的记录，至少保存三年。',
    en: 'Purposes, fields, retention and confidentiality are signed by both; the receipt is the record of the provision, kept for three years.',
  },
  'NDSR-14': {
    zh: '买方在回执里承接数据安全义务。',
    en: 'With the receipt the buyer takes over the duties of data security.',
  },
  'NDSR-22': {
    zh: '只收必要的字段；拒绝以后不再询问。',
    en: 'Only what is necessary; no asking again after a refusal.',
  },
  'NDSR-62-7': {
    zh: '单独同意是针对一次具体处理专门作出的同意，概括授权不算。',
    en: 'Separate consent is given specially for one act; a blanket one does not count.',
  },
  'NDSR-20': {
    zh: '协议载明投诉渠道，请求登记在册。',
    en: 'A deal names a channel for complaints; requests are registered.',
  },
  'NDSR-23': {
    zh: '受理请求只问必要的信息：谁提出，怎样核实。',
    en: 'Taking in a request asks no more than who asks and how that was made sure of.',
  },
  'NDSR-25': {
    zh: '副本可以转移到其他系统。',
    en: 'The copy can be taken to another system.',
  },
  'CSL-27': {
    zh: '安全事件登记并按时限报告。',
    en: 'Incidents are registered and reported in time.',
  },
  'CSL-44': {
    zh: '未经同意不向他人提供；可能泄露时登记、告知、报告。',
    en: 'Nothing is provided without consent; a possible leak is registered, told and reported.',
  },
  'DSL-29': {
    zh: '安全事件登记、告知并报告。',
    en: 'Incidents are registered, told and reported.',
  },
  'MIN-35': {
    zh: '涉及未成年人的安全事件，另须通知未成年人和监护人。',
    en: 'For incidents with minors, they and their guardians are told besides.',
  },
  'MIN-34': {
    zh: '涉及未成年人的请求，拒绝的须书面写明理由。',
    en: 'Where a minor is concerned, a refusal has a written reason.',
  },
  'INC-4': {
    zh: '较大以上的事件，自发现起四小时内报告省级网信部门，程序计时。',
    en: 'From the grade “larger” on, the provincial CAC is told within four hours of discovery; the clock is kept.',
  },
  'INC-G': {
    zh: '按涉及人数推算等级；其他标准由人判断。',
    en: 'The grade is derived from the number of persons; the other criteria are for people to judge.',
  },
  'AUD-5': {
    zh: '安全事件显示人数是否达到可以要求专业审计的数量。',
    en: 'An incident shows whether its numbers are those from which a professional audit may be ordered.',
  },
  'AUD-3': {
    zh: '自查表写明自行审计还是委托专业机构审计，由人填写。',
    en: 'The self-audit form says whether the audit was done in house; a person fills that in.',
  },
  'SPI-2': {
    zh: '自查表按记录数出涉及的人数，与十万人比较。',
    en: 'The self-audit form counts the persons and compares with 100,000.',
  },
  'SPI-A1': {
    zh: '自查表由日志和登记填写；签名、日期和只有人知道的事项留空。',
    en: 'The self-audit form is filled in from log and store; signature, date and what only a person knows are left blank.',
  },
  'CC-188': {
    zh: '证据至少保存三年。',
    en: 'Evidence is kept for three years.',
  },
  'CC-19': {
    zh: '不满十八周岁的，合同转让由监护人同意。',
    en: 'Under eighteen, a guardian agrees that a contract moves.',
  },
  'CC-20': {
    zh: '不满八周岁的，合同由监护人代为办理。',
    en: 'Under eight, a guardian acts for the child in every contract.',
  },
  'CC-67': {
    zh: '合并、分立的，权利义务由接续的企业承受，预付余额随客户移交。',
    en: 'In a merger or division rights and duties pass by law; prepaid balances go with the customer.',
  },
  'CC-501': {
    zh: '保密协议签订之前，不交出客户资料。',
    en: 'Nothing leaves before the confidentiality agreement is signed.',
  },
  'CPR-23': {
    zh: '同意要明示；没有写明怎样同意的，不算。',
    en: 'Consent is express; one of which nobody wrote how it was given does not count.',
  },
  'PIPL-38': {
    zh: '买方不在内地，或者看不出在不在内地的，不签署、不交出。',
    en: 'Nothing is signed with or sent to a buyer abroad, or of whom nobody can tell.',
  },
  'CC-551': {
    zh: '预付服务转给买方，须客户另行同意；不表态视为不同意。',
    en: 'Prepaid services move only with a yes of their own; silence is a no.',
  },
  'CC-555': {
    zh: '合同转让须客户另行同意。',
    en: 'A contract moves only with the customer’s own consent.',
  },
  'CC-558': {
    zh: '未移交的客户，仍由卖方履行到底，资料保存到那时。',
    en: 'A customer who did not go stays the seller’s until the contract is performed, and so does the record.',
  },
  'SPC-PP-13': {
    zh: '未经同意转让预付服务的，客户可以解除合同：没有同意不移交。',
    en: 'Moving prepaid services without consent lets the customer rescind: without it they do not move.',
  },
  'SPC-CR-5': {
    zh: '每个字段都有信息档次；安全事件按档次显示数量。',
    en: 'Each field has its tier; an incident shows the count by tier.',
  },
  'CL-220': {
    zh: '公司合并的，按通知类交易判定。',
    en: 'A merger is judged as a deal with notice.',
  },
  'CL-222': {
    zh: '公司分立的，按通知类交易判定。',
    en: 'A division is judged as a deal with notice.',
  },
  'SOHO-13': {
    zh: '个体工商户变更经营者的，按单独同意处理；协议载明律师意见的除外。',
    en: 'A change of operator needs separate consent, unless counsel’s opinion is in the deal.',
  },
  'TAX-29': {
    zh: '发票等涉税资料的法定保存期限为十年，可以封存。',
    en: 'Tax documents such as invoices are kept for ten years and can be frozen.',
  },
  'CSL-23': {
    zh: '网络日志至少保存六个月，可以按此封存；本程序的日志不会自行删除。',
    en: 'Network logs are kept for six months and can be frozen so; the log of this program never deletes itself.',
  },
  'LCL-50': {
    zh: '已解除的劳动合同至少保存二年，可以按此封存。',
    en: 'Labour contracts that ended are kept for two years and can be frozen so.',
  },
  'ECL-31': {
    zh: '电子商务平台的交易信息至少保存三年，可以按此封存。',
    en: 'Transactions of an e-commerce platform are kept for three years and can be frozen so.',
  },
  'MOF-PP-5Y': {
    zh: '预付卡购卡人的登记信息至少保存五年，可以按此封存。',
    en: 'Registrations of prepaid card buyers are kept for five years and can be frozen so.',
  },
  'BJ-PP-19': {
    zh: '北京的预付交易记录自完成起至少保存三年，可以按此封存。',
    en: 'Prepaid transactions in Beijing are kept for three years from completion and can be frozen so.',
  },
  'SH-CON-31': {
    zh: '上海的告知和同意凭证按旧文本保存五年，可以按此封存；请先核对现行文本。',
    en: 'Proof of notice and consent in Shanghai is kept for five years after an old wording and can be frozen so; compare the present one first.',
  },
  'ESIG-13': {
    zh: '各方用自己独有的密钥签名，签名和内容的改动都能发现。',
    en: 'Each party signs with a key that it alone holds; a change of signature or content shows.',
  },
  'GD-11': {
    zh: '广东要求核实消费者身份，身份证件种类和号码的字段载明这一依据；服务对象、家属、家政人员各算一个人，付款人的同意不算他们的。',
    en: 'Guangdong has the identity of consumers verified: the fields of identity documents name it as their basis. Whoever is cared for, relatives and workers are persons of their own, for whom the payer does not agree.',
  },
  'GDPR-33': {
    zh: '登记时写明 --gdpr 的，自发现起七十二小时计时。',
    en: 'If the incident is registered with --gdpr, 72 hours from discovery are kept.',
  },
  'GDPR-34': {
    zh: '登记时写明 --gdpr 的，另须通知个人，或者写明理由。',
    en: 'If the incident is registered with --gdpr, the persons are told, or the reason is recorded.',
  },
  'GDPR-12': {
    zh: '请求在一个月之内答复。',
    en: 'Requests are answered within a month.',
  },
  'GDPR-19': {
    zh: '更正和删除以通知函告知收到资料的一方。',
    en: 'Whoever received the record is told of corrections and erasures by a signed notice.',
  },
  'NIST-CERT': {
    zh: '销毁证明写明方法、工具、核验和够不到的地方。',
    en: 'The certificate names method, tool, verification and what was not reached.',
  },
  'NIST-VER': {
    zh: '销毁之后搜索整个工作区，结果写进证明。',
    en: 'After a purge the whole workspace is searched, and the certificate has the result.',
  },
  'STD-35273-8.7': {
    zh: '三十天之内答复。',
    en: 'Answered within thirty days.',
  },
  'DSL-33': {
    zh: '接触客户资料的中介和受托方登记在人员名单里，并且核实过身份。',
    en: 'Brokers and entrusted parties who see the data are listed, once somebody made sure who they are.',
  },
  'MIN-37': {
    zh: '未成年人资料的合规审计和其他自查一起列入日程。',
    en: 'The audit of how children’s data are handled is in the schedule beside the others.',
  },
  'AUD-4': {
    zh: '自查的日期和下一次的期限列在 audit schedule 里。',
    en: 'The day of the last self-audit and when the next one is due are in audit schedule.',
  },
  'CC-509': {
    zh: '保密协议写明合同结束后仍要保密。',
    en: 'The confidentiality agreement goes on after the contract has ended.',
  },
  'CC-1032': {
    zh: '上门人员的承诺书写明不得打探、泄露客户的私生活。',
    en: 'The promise of staff who visit homes covers the private life of customers.',
  },
  'CC-1038': {
    zh: '处理规则和承诺书写明不得泄露、篡改客户资料。',
    en: 'Rules and promises forbid to disclose or to alter customer data.',
  },
  'CC-1182': {
    zh: '责任附录写明侵害客户资料的赔偿责任。',
    en: 'The appendix on liability names the damages for harm to personal data.',
  },
  'NDSR-9': {
    zh: '处理规则写明加密、备份和访问控制。',
    en: 'The handling rules name encryption, backups and access control.',
  },
  'NDSR-21': {
    zh: '公开的处理规则逐项列明目的、方式、种类和保存期限。',
    en: 'The public rules list purposes, methods, categories and periods.',
  },
  'NDSR-55': {
    zh: '责任附录列出网络数据安全的处罚。',
    en: 'The appendix on liability lists the penalties for network data security.',
  },
  'PIPL-48': {
    zh: '公开的处理规则写明向谁询问、怎么答复。',
    en: 'The public rules say whom to ask, and how one is answered.',
  },
  'PIPL-66': {
    zh: '责任附录列出违反个人信息保护法的处罚。',
    en: 'The appendix on liability lists the penalties of the Personal Information Protection Law.',
  },
  'PSA-56': {
    zh: '责任附录列出出售、提供个人信息的治安处罚。',
    en: 'The appendix on liability lists the public security penalties for selling or passing on personal data.',
  },
  'CON-56': {
    zh: '责任附录列出侵害消费者个人信息的处罚。',
    en: 'The appendix on liability lists the penalties for harm to the personal data of consumers.',
  },
  'SPI-A2': {
    zh: '影响评估表按官方的五种情形、三项内容列出。',
    en: 'The impact assessment has the official form: five situations, three contents each.',
  },
  'GDPR-14': {
    zh: '给买方的新客户准备了间接取得资料的告知书。',
    en: 'A notice for data that were not collected from the person herself can be drafted.',
  },
};
