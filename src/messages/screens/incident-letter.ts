import { plural, screen } from './screen.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The drafts that follow an incident: the report to the authority and the notice to the persons (PIPL-57). `blanks` name what a human has to state. */
export const letterWords = screen(
  {
    marks: { open: '【请填写：', close: '】' },
    draft:
      '草稿：由程序根据登记的事实起草，尚未发出。请填写【 】处，核对全文，由负责人签发；发出后删去这一段。',
    rehearsal: '演练草稿：不是真实事件，不得发出。',
    moment: (day: string, clock: string) => {
      const [year = '', month = '', date = ''] = day.split('-');
      const [hour = '', minute = ''] = clock.split(':');
      return `${year}年${Number(month)}月${Number(date)}日${Number(hour)}时${minute}分`;
    },
    list: (items: readonly string[]) => items.join('、'),
    sentence: (text: string) => (/[。！？]$/u.test(text) ? text : `${text}。`),
    kinds: {
      'lost-bundle': '存有客户个人信息的加密文件丢失',
      'lost-device': '存有客户个人信息的设备或者存储介质丢失',
      'lost-passphrase': '客户个人信息的保护口令遗失或者外泄',
      misdirected: '存有客户个人信息的文件误发给无关对象',
      intrusion: '存有客户个人信息的计算机遭到非法侵入',
      other: '一起涉及客户个人信息的安全事件',
    },
    grades: { general: '一般', larger: '较大', major: '重大', extraordinary: '特别重大' },
    channels: { phone: '电话', sms: '短信', im: '即时通信工具', mail: '电子邮件', announcement: '公告' },
    blanks: {
      department: '履行个人信息保护职责的部门，例如所在地的省级网信部门',
      happened: '事件发生的时间；不能确定的，写明时间范围和依据',
      grade: '核定的事件等级和理由',
      noSensitive: '经核对是否确无敏感个人信息；地址、日程等结合起来可能构成敏感个人信息',
      minors: '是否涉及不满十四周岁的未成年人及其人数',
      cause: '已经查明的原因；尚未查明的，写明调查的进展',
      exposure: '信息是否已经被他人读取、复制或者传播',
      harm: '对个人人身、财产安全和其他权益可能造成的危害',
      measures: '已经采取的补救措施及其时间',
      notYetTold: '拟通知个人的时间和方式；不通知的，写明理由',
      nextSteps: '下一步的调查、整改安排和完成时间',
      inCharge: '负责人的姓名、职务和联系电话',
      date: '日期',
      told: '用客户看得懂的话简要说明经过；不要写其他客户的情况',
      impact: '结合实际情况核对以上影响，补充或者删去不适用的',
      ourMeasures: '已经采取的补救措施',
      contact: '可以联系的部门、时间和其他方式',
    },
    personsText: (persons: number, records: number, exact: boolean) =>
      `经核对登记情况（没有打开客户记录），${exact ? '' : '至多'}涉及个人${persons}人、客户记录${records}条。`,
    fieldsText: (fields: string) => `涉及的个人信息种类：${fields}。`,
    sensitiveText: (fields: string) => `其中属于敏感个人信息的：${fields}。`,
    noSensitive: '登记的信息种类中没有列为敏感个人信息的。',
    minorsYes: '涉及不满十四周岁的未成年人。',
    minorsNo: '不涉及不满十四周岁的未成年人。',
    readables: {
      nothing: (holders: string) =>
        `该文件经过加密，只有持有${holders}密钥的一方能够打开；未加密的部分只有双方名称、字段名称和数量，不含客户资料。`,
      'with-passphrase': () => '客户资料经过加密，密钥另有口令保护；不知道口令的人不能读取。',
      'with-device': () => '客户资料经过加密；只有同时取得口令和存放资料的文件夹的人才能读取。',
      everything: () =>
        '客户资料虽经加密，但密钥未设口令并与资料存放在一起，取得设备的人能够读取全部客户资料。',
      unknown: () => '',
    },
    clearFiles: (count: number) => `另有未加密的文件${count}份可能一并受到影响，取得文件的人能够直接读取。`,
    measureAt: (at: string, text: string) => `${at}：${text}`,
    advice: {
      contact:
        '警惕以家政服务、退款、理赔等名义打来的电话和发来的短信：不点击其中的链接，不透露验证码，不按对方的要求转账。',
      address: '有人以我们的名义上门时，请先核对其身份，有疑问请打电话向我们核实。',
      safety: '请尽快更换门锁、门禁的密码，收回或者更换备用钥匙。',
      identity: '留意是否有人冒用您的身份信息办理业务。',
      account: '留意银行账户和支付账户的变动，必要时请联系银行或者支付机构更换密码或者账户。',
      balance: '核对您的余额和剩余次数，如与实际不符请告知我们。',
      guardian: '涉及孩子信息的，请监护人留意陌生人与孩子的接触。',
      always: '发现信息被冒用或者遭受损失的，请保留证据，立即报警，并告知我们。',
    },
    authority: {
      title: '关于个人信息安全事件的报告',
      salutation: '：',
      opening: (at: string, kind: string, suspected: boolean) =>
        `我单位于${at}发现${suspected ? `可能存在以下情况：${kind}，目前正在核实` : kind}。现依照《中华人民共和国个人信息保护法》第五十七条、《网络数据安全管理条例》第十一条的规定，将有关情况报告如下。`,
      headings: [
        '一、事件经过',
        '二、涉及的个人信息',
        '三、事件原因',
        '四、可能造成的危害',
        '五、已经采取的补救措施',
        '六、通知个人的情况',
        '七、下一步工作',
        '八、负责人和联系方式',
      ],
      summary: (text: string) => `经过：${text}`,
      happened: '发生时间：',
      discovered: (at: string, opened: string) => `发现时间：${at}；登记时间：${opened}。`,
      grade: (grade: string) => `事件等级：${grade}。`,
      gradeByHeads: (grade: string) => `事件等级：仅按涉及人数初步判定为${grade}。`,
      told: (at: string, channel: string) =>
        `已于${at}${channel === '' ? '' : `以${channel}的方式`}通知个人。`,
      notTelling: (reason: string) =>
        `所采取的措施能够有效避免信息泄露、篡改、丢失造成危害，因此没有通知个人，理由是：${reason}`,
      notYet: '尚未通知个人。',
      adviceLead: '我单位在给个人的通知中建议采取下列减轻危害的措施：',
      code: (uscc: string) => `统一社会信用代码：${uscc}`,
      phone: (phone: string) => `单位电话：${phone}`,
      closing: '特此报告。',
      seal: (party: string) => `${party}（盖章）`,
    },
    persons: {
      title: '关于个人信息安全事件的通知',
      salutation: '尊敬的客户：',
      opening: (at: string, kind: string, suspected: boolean) =>
        `我们于${at}发现${suspected ? `可能存在以下情况：${kind}，目前正在核实。这` : `${kind}，`}可能涉及您的个人信息。对此我们深表歉意。现依照《中华人民共和国个人信息保护法》第五十七条的规定，将有关情况告知如下。`,
      headings: [
        '一、事件经过和原因',
        '二、可能涉及您的个人信息',
        '三、可能的影响',
        '四、我们采取的措施',
        '五、建议您采取的措施',
        '六、联系方式',
      ],
      cause: (text: string) => `原因：${text}`,
      varies: '每位客户的情况可能不同，您可以按本通知所列的方式向我们查询自己的情况。',
      harms: '如果信息被他人取得，可能被用来冒充我们或者有关机构，对您进行诈骗、推销或者骚扰。',
      phone: (party: string, phone: string) => `${party}，电话：${phone}。`,
      complain: '您对我们的处理有异议的，还可以向履行个人信息保护职责的部门投诉、举报。',
      closing: '由此给您带来的不便，我们再次致歉。',
    },
  },
  {
    marks: { open: '[TO FILL IN: ', close: ']' },
    draft:
      'Draft: made by a program from the registered facts, not sent. Fill in every [ ], check the whole text, have it signed by the person in charge, and remove this paragraph.',
    rehearsal: 'Draft of a rehearsal: no real incident, not to be sent.',
    moment: (day: string, clock: string) => {
      const [year = '', month = '', date = ''] = day.split('-');
      return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}, ${clock} (China time)`;
    },
    list: (items: readonly string[]) => items.join(', '),
    sentence: (text: string) => (/[.!?]$/u.test(text) ? text : `${text}.`),
    kinds: {
      'lost-bundle': 'the loss of an encrypted file with customers’ personal information',
      'lost-device': 'the loss of a device or storage medium with customers’ personal information',
      'lost-passphrase': 'the loss or exposure of a passphrase that protects customers’ personal information',
      misdirected: 'the sending of a file with customers’ personal information to the wrong recipient',
      intrusion: 'an unlawful intrusion into a computer with customers’ personal information',
      other: 'a security incident that concerns customers’ personal information',
    },
    grades: { general: 'general', larger: 'larger', major: 'major', extraordinary: 'extraordinary' },
    channels: {
      phone: 'by telephone',
      sms: 'by text message',
      im: 'by instant message',
      mail: 'by e-mail',
      announcement: 'by public announcement',
    },
    blanks: {
      department:
        'the authority that protects personal information, such as the provincial cyberspace administration',
      happened: 'when it happened; if that is not certain, between when and when, and why you think so',
      grade: 'the grade as determined, and the reasons',
      noSensitive:
        'whether there is really no sensitive personal information; addresses and schedules together may be',
      minors: 'whether persons under fourteen are among them, and how many',
      cause: 'the cause that was found; if it was not found yet, how far the inquiry is',
      exposure: 'whether anybody has read, copied or spread the information',
      harm: 'what harm it may do to the safety, property or other interests of persons',
      measures: 'the remedial measures taken, and when',
      notYetTold: 'when and how the persons will be told; if they will not be, the reason',
      nextSteps: 'what will be inquired and improved, and by when',
      inCharge: 'name, position and telephone of the person in charge',
      date: 'date',
      told: 'what happened, briefly and in words that a customer understands; nothing about other customers',
      impact: 'check these against what really happened; add to them or strike what does not apply',
      ourMeasures: 'the remedial measures taken',
      contact: 'the department to contact, its hours and other ways to reach it',
    },
    personsText: (persons: number, records: number, exact: boolean) =>
      `By the register, without opening customer records, it concerns ${exact ? '' : 'at most '}${plural(persons, 'person')} and ${plural(records, 'customer record')}.`,
    fieldsText: (fields: string) => `Categories of personal information: ${fields}.`,
    sensitiveText: (fields: string) => `Sensitive personal information among them: ${fields}.`,
    noSensitive: 'None of the registered categories is listed as sensitive personal information.',
    minorsYes: 'Persons under fourteen are among them.',
    minorsNo: 'No persons under fourteen are among them.',
    readables: {
      nothing: (holders: string) =>
        `The file is encrypted and can be opened only with the key of ${holders}; what is not encrypted are the names of the parties, the names of fields and counts, and no customer.`,
      'with-passphrase': () =>
        'The customer records are encrypted and the key is under a passphrase; whoever does not know it cannot read them.',
      'with-device': () =>
        'The customer records are encrypted; only somebody who has both the passphrase and the folder can read them.',
      everything: () =>
        'The customer records are encrypted, but the key lay beside them without a passphrase: whoever has the device can read all of them.',
      unknown: () => '',
    },
    clearFiles: (count: number) =>
      `Besides, ${plural(count, 'unencrypted file')} may be affected, and can be read by whoever has ${count === 1 ? 'it' : 'them'}.`,
    measureAt: (at: string, text: string) => `${at}: ${text}`,
    advice: {
      contact:
        'Beware of calls and messages about home services, refunds or compensation: open no links, tell no verification codes, transfer no money.',
      address: 'If somebody comes to your door in our name, check who it is first, and call us if in doubt.',
      safety:
        'Change the codes of your door and gate as soon as possible, and take back or replace spare keys.',
      identity: 'Watch out for anybody using your identity.',
      account:
        'Watch your bank and payment accounts, and have the bank or payment service change password or account if needed.',
      balance: 'Check your balance and remaining sessions, and tell us if they are not right.',
      guardian: 'Where a child is concerned, guardians should watch for strangers who approach the child.',
      always:
        'If your information was misused or you suffered a loss, keep the evidence, call the police at once, and tell us.',
    },
    authority: {
      title: 'Report of a personal information security incident',
      salutation: ':',
      opening: (at: string, kind: string, suspected: boolean) =>
        `On ${at} we discovered ${suspected ? 'what may be ' : ''}${kind}. We report as article 57 of the Personal Information Protection Law and article 11 of the Network Data Security Management Regulations require.`,
      headings: [
        '1. What happened',
        '2. The personal information concerned',
        '3. The cause',
        '4. The harm it may do',
        '5. Remedial measures taken',
        '6. Telling the persons',
        '7. Next steps',
        '8. Person in charge and contact',
      ],
      summary: (text: string) => `What happened: ${text}`,
      happened: 'When it happened: ',
      discovered: (at: string, opened: string) => `Discovered: ${at}; registered: ${opened}.`,
      grade: (grade: string) => `Grade: ${grade}.`,
      gradeByHeads: (grade: string) => `Grade: ${grade}, for now and by the number of persons alone.`,
      told: (at: string, channel: string) =>
        `The persons were told on ${at}${channel === '' ? '' : `, ${channel}`}.`,
      notTelling: (reason: string) =>
        `The measures taken effectively avoid the harm of a leak, alteration or loss, so the persons were not told. The reason: ${reason}`,
      notYet: 'The persons have not been told yet.',
      adviceLead: 'What the notice to the persons advises to lessen the harm:',
      code: (uscc: string) => `Unified social credit code: ${uscc}`,
      phone: (phone: string) => `Telephone: ${phone}`,
      closing: 'Respectfully reported.',
      seal: (party: string) => `${party} (seal)`,
    },
    persons: {
      title: 'Notice of a personal information security incident',
      salutation: 'Dear customer,',
      opening: (at: string, kind: string, suspected: boolean) =>
        `On ${at} we discovered ${suspected ? 'what may be ' : ''}${kind}. Your personal information may be concerned. We are sorry for it, and tell you about it as article 57 of the Personal Information Protection Law requires.`,
      headings: [
        '1. What happened, and why',
        '2. Which of your information may be concerned',
        '3. What it may lead to',
        '4. What we have done',
        '5. What you can do',
        '6. How to reach us',
      ],
      cause: (text: string) => `The cause: ${text}`,
      varies: 'It may differ from customer to customer; you can ask us about yourself as said below.',
      harms:
        'Whoever has the information could pretend to be us or somebody official, to defraud you, to sell you something or to harass you.',
      phone: (party: string, phone: string) => `${party}, telephone ${phone}.`,
      complain:
        'If you disagree with how we handle it, you can complain to the authority that protects personal information.',
      closing: 'We apologise again for the trouble.',
    },
  },
);
