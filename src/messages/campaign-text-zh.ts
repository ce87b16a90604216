import type { TextFacts, TextForms, TextParty, TextQuestion } from './campaign-text.js';

/** The texts in Chinese. */
export function textsZh(facts: TextFacts): TextForms {
  if (facts.kind === 'own') return ownText(facts);
  return facts.kind === 'ask' ? askText(facts) : tellText(facts);
}

const list = (items: readonly string[]): string => items.join('、');
const reached = ({ phone, more }: TextParty): string => [`电话 ${phone}`, ...more].join('，');

function questionsOf({ kind, buyer, asksContract }: TextFacts): readonly TextQuestion[] {
  const data: TextQuestion =
    kind === 'tell'
      ? {
          matter: 'data',
          text: `我的资料随业务转给${buyer.name}`,
          yes: { digit: '1', label: '没有异议' },
          no: { digit: '2', label: '有异议' },
        }
      : {
          matter: 'data',
          text: `把我的资料交给${buyer.name}`,
          yes: { digit: '1', label: '同意' },
          no: { digit: '2', label: '不同意' },
        };
  if (!asksContract) return [data];
  return [
    data,
    {
      matter: 'contract',
      text: `把我的合同、余额和剩余次数转给${buyer.name}履行`,
      yes: { digit: '3', label: '同意' },
      no: { digit: '4', label: '不同意' },
    },
  ];
}

/** `同意回复1，不同意回复2` */
function replies(questions: readonly TextQuestion[]): string {
  return questions
    .map(({ matter, yes, no }) => {
      const what = questions.length === 1 ? '' : matter === 'data' ? '资料：' : '合同和余额：';
      return `${what}${yes.label}回复${yes.digit}，${no.label}回复${no.digit}`;
    })
    .join('；');
}

/** What both kinds of letter say of the recipient and the data. */
function handoverParts(facts: TextFacts): TextForms['letter']['parts'] {
  const { buyer, purposes, fields, sensitive, sellerKeeps, buyerKeeps, effective } = facts;
  return [
    { heading: '接收方是谁', lines: [`${buyer.name}，${reached(buyer)}`] },
    {
      heading: '用来做什么，怎样交接',
      lines: [
        `用途：${list(purposes)}。`,
        '方式：加密后交给接收方一家，由它保存和使用，不用于别的用途，不再提供给别人。',
      ],
    },
    {
      heading: '交接哪些资料',
      lines: [`${list(fields)}。`, '没有列出的都不交；门禁密码、钥匙信息任何情况下都不交。'],
    },
    ...(sensitive.length === 0
      ? []
      : [
          {
            heading: '其中的敏感信息',
            lines: [
              ...sensitive.map(({ field, necessity }) => `${field}：${necessity}`),
              '这类信息一旦泄露，可能伤害您的人身、财产或尊严。没有您对它的单独同意，这一部分不交。',
            ],
          },
        ]),
    {
      heading: '保存多久',
      lines: [
        `接收方从 ${effective} 起保存${buyerKeeps}，期满删除或匿名化。`,
        `我公司在交接完成后${sellerKeeps}内删除已经交出的资料；法律要求继续保存的除外。`,
      ],
    },
  ];
}

function contractPart({ buyer, asksContract }: TextFacts): TextForms['letter']['parts'] {
  if (!asksContract) return [];
  return [
    {
      heading: '合同、余额和剩余次数',
      lines: [
        `它们是否转给${buyer.name}，由您另外选择，与资料那一项分开（《民法典》第五百五十一条、第五百五十五条）。`,
        '您没有表示的，不转；不转的，由我公司继续履行或者退款。',
      ],
    },
  ];
}

function rightsParts({ seller, buyer, complaints }: TextFacts): TextForms['letter']['parts'] {
  return [
    {
      heading: '您的权利',
      lines: [
        `您可以查阅、复制、更正、删除自己的资料，也可以随时撤回同意，与当初同意一样方便：找我公司（${reached(seller)}）或者${buyer.name}（${reached(buyer)}）。`,
        '不满十四周岁的客户，请父母或者其他监护人代为选择，并写明姓名和关系。',
      ],
    },
    {
      heading: '疑问和投诉',
      lines: [`我公司：${reached(seller)}。投诉：${complaints.contact}，${complaints.phone}。`],
    },
  ];
}

const REFUSING = [
  '您的资料不交出，留在我公司。已经付款还没有做完的服务，我公司继续履行或者退款。',
  '您也可以要求我公司删除资料。无论怎样选择，我们都不会为难您，也不会反复询问。',
];

function askText(facts: TextFacts): TextForms {
  const { seller, buyer, effective, deal } = facts;
  const questions = questionsOf(facts);
  const answer = replies(questions);
  return {
    title: '关于客户资料交接的告知和征求意见书',
    letter: {
      salutation: '尊敬的客户：',
      opening: `${seller.name}拟从 ${effective} 起把家政业务交给${buyer.name}。把您的资料交给这家公司，要先告诉您，并得到您的单独同意（《个人信息保护法》第二十三条）。`,
      parts: [
        ...handoverParts(facts),
        ...contractPart(facts),
        {
          heading: '请您选择',
          lines: [
            ...(questions.length === 1 ? [] : ['两项分别选择，可以只同意其中一项。']),
            `短信、微信：${answer}。也可以填写所附回执，或者打电话告诉我们。`,
            '没有收到您的答复，我们就不交出您的资料。',
          ],
        },
        { heading: '如果不同意', lines: REFUSING },
        ...rightsParts(facts),
      ],
      signature: `${seller.name}（协议 ${deal}）`,
    },
    sms: {
      whole: askSms(facts, questions.slice(0, 1)),
      withContract: questions.length === 1 ? null : askSms(facts, questions),
      short: shortest([
        `【${seller.name}】请答复：是否同意把您的资料交给${buyer.name}？同意回1，不同意回2。详询${seller.phone}`,
        `请答复：是否同意把您的资料交给${buyer.name}？同意回1，不同意回2。详询${seller.phone}`,
        `请答复我们上次的征求意见：同意回1，不同意回2。详询${seller.phone}`,
      ]),
    },
    wechat: `您好，这里是${seller.name}。${askSms(facts, questions).replace(/^【[^】]*】/, '')}`,
    call: [
      `“您好，这里是${seller.name}。请问现在方便说几分钟吗？”不方便的，约好时间再打。`,
      '先核对是不是本人，不要先说出对方的姓名和地址。接电话的不是本人，不要谈这件事。',
      `“从 ${effective} 起，我们的业务拟交给${buyer.name}，电话 ${buyer.phone}。为了${list(facts.purposes)}，想把您的${list(facts.fields)}交给它，它保存${facts.buyerKeeps}。”`,
      ...questions.map(({ text, yes, no }) => `“${text}，您${yes.label}还是${no.label}？”记下原话。`),
      '“不同意没有关系，已经付款的服务照做，或者退款。同意之后也可以随时撤回。”',
      '经对方同意后录音，把录音编号写进表里；没有录音的口头同意不能算数，请对方再回一条短信。',
      '听到不同意，道谢结束，不劝说，以后不再问。',
    ],
    slip: slipWords,
    questions,
  };
}

function askSms(
  { seller, buyer, effective, purposes, fields, buyerKeeps, complaints }: TextFacts,
  questions: readonly TextQuestion[],
): string {
  return `【${seller.name}】${effective}起，我公司的家政业务拟交给${buyer.name}（电话${buyer.phone}）。为${list(purposes)}，拟把您的${list(fields)}加密交给该公司，保存${buyerKeeps}，期满删除。需要您单独同意：${replies(questions)}${questions.length === 1 ? '' : '（可以一起回，如“1 3”）'}。没有答复就不交。不同意的，已付款的服务照做或者退款；同意后可随时撤回、更正、删除。疑问${seller.phone}，投诉${complaints.phone}`;
}

function tellText(facts: TextFacts): TextForms {
  const { seller, buyer, effective, deal, objection, complaints } = facts;
  const questions = questionsOf(facts);
  const within = objection === null ? '' : `收到后${objection}内`;
  const sms = (some: readonly TextQuestion[]): string =>
    `【${seller.name}】${effective}起，我公司的业务由${buyer.name}（电话${buyer.phone}）承接，您的${list(facts.fields)}随之转给该公司，继续用于${list(facts.purposes)}，保存${facts.buyerKeeps}。如有异议，请${within}回复2或致电${seller.phone}${some.length === 1 ? '' : '；合同和余额转给该公司，同意回复3，不同意回复4'}。您可以向任何一方查阅、更正、删除。投诉${complaints.phone}`;
  return {
    title: '关于客户资料转移的告知书',
    letter: {
      salutation: '尊敬的客户：',
      opening: `从 ${effective} 起，${seller.name}的业务由${buyer.name}承接，您的资料随业务转移，原来的用途不变（《个人信息保护法》第二十二条）。`,
      parts: [
        ...handoverParts(facts),
        ...contractPart(facts),
        {
          heading: '如果您有异议',
          lines: [
            `请${within}回复2、打电话或者写信告诉我们，您的资料就不转移。${questions.length === 1 ? '' : `合同和余额：同意回复3，不同意回复4。`}`,
            ...REFUSING,
          ],
        },
        ...rightsParts(facts),
      ],
      signature: `${seller.name}（协议 ${deal}）`,
    },
    sms: {
      whole: sms(questions.slice(0, 1)),
      withContract: questions.length === 1 ? null : sms(questions),
      short: shortest([
        `【${seller.name}】业务将由${buyer.name}承接，您的资料随之转移。有异议请回2。详询${seller.phone}`,
        `业务将由${buyer.name}承接，您的资料随之转移。有异议请回2。详询${seller.phone}`,
        `我们的业务将由别家承接，有异议请回2。详询${seller.phone}`,
      ]),
    },
    wechat: `您好，这里是${seller.name}。${sms(questions).replace(/^【[^】]*】/, '')}`,
    call: [
      `“您好，这里是${seller.name}。请问现在方便说几分钟吗？”`,
      '先核对是不是本人，不要先说出对方的姓名和地址。',
      `“从 ${effective} 起，我们的业务由${buyer.name}承接，电话 ${buyer.phone}，您的资料随之转过去，用途不变。”`,
      ...questions.map(({ text, yes, no }) => `“${text}，您${yes.label}还是${no.label}？”记下原话。`),
      '听到有异议，记下，道谢结束，不劝说。',
    ],
    slip: slipWords,
    questions,
  };
}

const slipWords: TextForms['slip'] = {
  title: '回执',
  intro: '每一项请自己打勾，分别选择；哪一项不选，就当作没有同意。',
  code: '答复码',
  sign: '签名：＿＿＿＿＿＿＿＿　日期：＿＿＿＿＿＿＿＿',
  guardian: '不满十四周岁的，监护人姓名：＿＿＿＿＿＿　与客户的关系：＿＿＿＿＿＿',
};

/** What the buyer tells its new customers in its own name, before it uses anything. */
function ownText(facts: TextFacts): TextForms {
  const { seller, buyer, effective, deal, purposes, fields, buyerKeeps, complaints } = facts;
  const sms = `【${buyer.name}】您好，我公司已从${seller.name}接手为您服务，收到您的${list(fields)}，只用于${list(purposes)}，从${effective}起保存${buyerKeeps}。查阅、更正、删除、撤回同意或不愿接收消息，请致电${buyer.phone}。投诉${complaints.phone}`;
  return {
    title: '个人信息处理告知书',
    letter: {
      salutation: '尊敬的客户：',
      opening: `您好。${buyer.name}已从${seller.name}接手为您服务。在使用您的资料之前，把下面的事项告诉您（《个人信息保护法》第十七条）。`,
      parts: [
        { heading: '我们是谁', lines: [`${buyer.name}，${reached(buyer)}`] },
        { heading: '收到了哪些资料，从哪里来', lines: [`${list(fields)}，由${seller.name}交来。`] },
        {
          heading: '用来做什么',
          lines: [
            `${list(purposes)}。改变用途、方式或资料的种类，会重新告诉您并征得同意（第二十二条、第二十三条）。`,
          ],
        },
        { heading: '保存多久', lines: [`从 ${effective} 起保存${buyerKeeps}，期满删除或匿名化。`] },
        {
          heading: '您的权利',
          lines: [
            `查阅、复制、更正、删除、撤回同意、不再接收消息：${reached(buyer)}。撤回同意与当初同意一样方便，不影响此前已经做过的服务。`,
          ],
        },
        { heading: '投诉', lines: [`${complaints.contact}，${complaints.phone}。`] },
      ],
      signature: `${buyer.name}（协议 ${deal}）`,
    },
    sms: {
      whole: sms,
      withContract: null,
      short: shortest([
        `【${buyer.name}】我公司已接手为您服务，资料只用于${list(purposes)}。您的权利和疑问请致电${buyer.phone}`,
        `我公司已接手为您服务。您的资料怎样使用、有哪些权利，请致电${buyer.phone}`,
      ]),
    },
    wechat: sms.replace(/^【[^】]*】/, `这里是${buyer.name}。`),
    call: [
      `“您好，这里是${buyer.name}，已从${seller.name}接手为您服务。”`,
      '说明用途、保存期限和联系方式，回答疑问。',
    ],
    slip: slipWords,
    questions: [],
  };
}

/** A short message is 70 characters; the first that fits, or else the last. */
function shortest(texts: readonly string[]): string {
  return texts.find((text) => [...text].length <= 70) ?? texts.at(-1) ?? '';
}
