import type { TextFacts, TextForms, TextParty, TextQuestion } from './campaign-text.js';

/** The texts in English. */
export function textsEn(facts: TextFacts): TextForms {
  if (facts.kind === 'own') return ownText(facts);
  return facts.kind === 'ask' ? askText(facts) : tellText(facts);
}

const list = (items: readonly string[]): string => items.join(', ');
const reached = ({ phone, more }: TextParty): string => [`phone ${phone}`, ...more].join(', ');

function questionsOf({ kind, buyer, asksContract }: TextFacts): readonly TextQuestion[] {
  const data: TextQuestion =
    kind === 'tell'
      ? {
          matter: 'data',
          text: `My data move to ${buyer.name} with the business`,
          yes: { digit: '1', label: 'no objection' },
          no: { digit: '2', label: 'I object' },
        }
      : {
          matter: 'data',
          text: `My data are given to ${buyer.name}`,
          yes: { digit: '1', label: 'I agree' },
          no: { digit: '2', label: 'I do not agree' },
        };
  if (!asksContract) return [data];
  return [
    data,
    {
      matter: 'contract',
      text: `My contract, balance and remaining sessions move to ${buyer.name}`,
      yes: { digit: '3', label: 'I agree' },
      no: { digit: '4', label: 'I do not agree' },
    },
  ];
}

/** `reply 1 to agree, 2 not to` */
function replies(questions: readonly TextQuestion[]): string {
  return questions
    .map(({ matter, yes, no }) => {
      const what = questions.length === 1 ? '' : matter === 'data' ? 'data: ' : 'contract and balance: ';
      return `${what}${yes.digit} for “${yes.label}”, ${no.digit} for “${no.label}”`;
    })
    .join('; ');
}

/** What both kinds of letter say of the recipient and the data. */
function handoverParts(facts: TextFacts): TextForms['letter']['parts'] {
  const { buyer, purposes, fields, sensitive, sellerKeeps, buyerKeeps, effective } = facts;
  return [
    { heading: 'Who gets the data', lines: [`${buyer.name}, ${reached(buyer)}`] },
    {
      heading: 'What for, and how',
      lines: [
        `Purpose: ${list(purposes)}.`,
        'Manner: encrypted, to this one recipient, which stores and uses the data for nothing else and passes them on to nobody.',
      ],
    },
    {
      heading: 'Which data',
      lines: [`${list(fields)}.`, 'Nothing else is handed over; door codes and keys never are.'],
    },
    ...(sensitive.length === 0
      ? []
      : [
          {
            heading: 'Sensitive data among them',
            lines: [
              ...sensitive.map(({ field, necessity }) => `${field}: ${necessity}`),
              'If such data leak, your person, property or dignity may be harmed. Without your separate consent to them they stay.',
            ],
          },
        ]),
    {
      heading: 'How long they are kept',
      lines: [
        `The recipient keeps them for ${buyerKeeps} from ${effective}, then erases or anonymises them.`,
        `We erase what was handed over within ${sellerKeeps} after the handover, except where the law wants it kept.`,
      ],
    },
  ];
}

function contractPart({ buyer, asksContract }: TextFacts): TextForms['letter']['parts'] {
  if (!asksContract) return [];
  return [
    {
      heading: 'Contract, balance and remaining sessions',
      lines: [
        `Whether they move to ${buyer.name} is for you to choose, apart from the data (Civil Code Articles 551 and 555).`,
        'Without your word they do not move; what does not move, we perform or refund.',
      ],
    },
  ];
}

function rightsParts({ seller, buyer, complaints }: TextFacts): TextForms['letter']['parts'] {
  return [
    {
      heading: 'Your rights',
      lines: [
        `You may see, copy, correct and erase your data, and withdraw your consent at any time as easily as you gave it: from us (${reached(seller)}) or from ${buyer.name} (${reached(buyer)}).`,
        'For a child under fourteen a parent or another guardian chooses, and writes down name and relation.',
      ],
    },
    {
      heading: 'Questions and complaints',
      lines: [`We: ${reached(seller)}. Complaints: ${complaints.contact}, ${complaints.phone}.`],
    },
  ];
}

const REFUSING = [
  'Your data stay with us. What you have paid for and not received, we perform or refund.',
  'You may also have your data erased by us. Whatever you choose, nothing is held against you, and you are not asked again and again.',
];

function askText(facts: TextFacts): TextForms {
  const { seller, buyer, effective, deal } = facts;
  const questions = questionsOf(facts);
  const answer = replies(questions);
  return {
    title: 'Notice of a handover of customer data, and request for your consent',
    letter: {
      salutation: 'Dear customer,',
      opening: `${seller.name} is going to hand its home services over to ${buyer.name} on ${effective}. Your data go to that company only if you were told before and gave your separate consent (PIPL Article 23).`,
      parts: [
        ...handoverParts(facts),
        ...contractPart(facts),
        {
          heading: 'Please choose',
          lines: [
            ...(questions.length === 1 ? [] : ['Each by itself: you may agree to one only.']),
            `By short message or WeChat: ${answer}. Or fill in the slip, or call us.`,
            'Without your answer we hand nothing over.',
          ],
        },
        { heading: 'If you do not agree', lines: REFUSING },
        ...rightsParts(facts),
      ],
      signature: `${seller.name} (deal ${deal})`,
    },
    sms: {
      whole: askSms(facts, questions.slice(0, 1)),
      withContract: questions.length === 1 ? null : askSms(facts, questions),
      short: shortest([
        `${seller.name}: may your data go to ${buyer.name}? 1 yes, 2 no. ${seller.phone}`,
        `May your data go to ${buyer.name}? 1 yes, 2 no. ${seller.phone}`,
        `Please answer our last message: 1 yes, 2 no. ${seller.phone}`,
      ]),
    },
    wechat: `Hello. ${askSms(facts, questions)}`,
    call: [
      `“Hello, this is ${seller.name}. Do you have a few minutes?” If not, agree on another time.`,
      'Make sure that it is the customer, without saying name or address first. Do not speak about this to anybody else.',
      `“On ${effective} our business is to go to ${buyer.name}, phone ${buyer.phone}. For this purpose: ${list(facts.purposes)}, we would like to give it your ${list(facts.fields)}; it keeps them for ${facts.buyerKeeps}.”`,
      ...questions.map(({ text, yes, no }) => `“${text}: ${yes.label}, or ${no.label}?” Note the words.`),
      '“It is all right not to agree; what you paid for is performed or refunded. And you may withdraw at any time.”',
      'With their leave record the call and note the number of the recording; a yes that was only spoken does not count, then ask for a short message.',
      'When they say no, thank them and end the call. Do not press, and do not ask again.',
    ],
    slip: slipWords,
    questions,
  };
}

function askSms(
  { seller, buyer, effective, purposes, fields, buyerKeeps, complaints }: TextFacts,
  questions: readonly TextQuestion[],
): string {
  return `${seller.name}: on ${effective} our home services are to go to ${buyer.name} (phone ${buyer.phone}). For this purpose: ${list(purposes)}, we would give it your ${list(fields)}, encrypted, to keep for ${buyerKeeps} and then erase. This needs your separate consent. Reply ${replies(questions)}${questions.length === 1 ? '' : ' (both at once: “1 3”)'}. Without an answer nothing goes. If you do not agree, what you paid for is performed or refunded; a consent may be withdrawn, data corrected or erased, at any time. Questions ${seller.phone}, complaints ${complaints.phone}`;
}

function tellText(facts: TextFacts): TextForms {
  const { seller, buyer, effective, deal, objection, complaints } = facts;
  const questions = questionsOf(facts);
  const within = objection === null ? '' : ` within ${objection}`;
  const sms = (some: readonly TextQuestion[]): string =>
    `${seller.name}: on ${effective} our business goes to ${buyer.name} (phone ${buyer.phone}), and your ${list(facts.fields)} with it, still for this purpose: ${list(facts.purposes)}; it keeps them for ${facts.buyerKeeps}. If you object, reply 2 or call ${seller.phone}${within}${some.length === 1 ? '' : '; contract and balance: 3 to move them, 4 not to'}. Either company lets you see, correct and erase your data. Complaints ${complaints.phone}`;
  return {
    title: 'Notice of a transfer of customer data',
    letter: {
      salutation: 'Dear customer,',
      opening: `On ${effective} the business of ${seller.name} goes to ${buyer.name}, and your data with it, for the same purposes as before (PIPL Article 22).`,
      parts: [
        ...handoverParts(facts),
        ...contractPart(facts),
        {
          heading: 'If you object',
          lines: [
            `Reply 2, call or write${within}, and your data do not go.${questions.length === 1 ? '' : ' Contract and balance: 3 to move them, 4 not to.'}`,
            ...REFUSING,
          ],
        },
        ...rightsParts(facts),
      ],
      signature: `${seller.name} (deal ${deal})`,
    },
    sms: {
      whole: sms(questions.slice(0, 1)),
      withContract: questions.length === 1 ? null : sms(questions),
      short: shortest([
        `Your data move to ${buyer.name}. Reply 2 to object. ${seller.phone}`,
        `Our business moves. Reply 2 to object. ${seller.phone}`,
      ]),
    },
    wechat: `Hello. ${sms(questions)}`,
    call: [
      `“Hello, this is ${seller.name}. Do you have a few minutes?”`,
      'Make sure that it is the customer, without saying name or address first.',
      `“On ${effective} our business goes to ${buyer.name}, phone ${buyer.phone}, and your data with it, for the same purposes.”`,
      ...questions.map(({ text, yes, no }) => `“${text}: ${yes.label}, or ${no.label}?” Note the words.`),
      'When they object, note it, thank them and end the call.',
    ],
    slip: slipWords,
    questions,
  };
}

const slipWords: TextForms['slip'] = {
  title: 'Answer slip',
  intro: 'Please tick each one yourself; what is not ticked counts as no consent.',
  code: 'Answer code',
  sign: 'Signature: ________________  Date: ________________',
  guardian: 'Under fourteen: name of the guardian ____________  relation ____________',
};

/** What the buyer tells its new customers in its own name, before it uses anything. */
function ownText(facts: TextFacts): TextForms {
  const { seller, buyer, effective, deal, purposes, fields, buyerKeeps, complaints } = facts;
  const sms = `${buyer.name}: we have taken over from ${seller.name} and got your ${list(fields)}, for this purpose only: ${list(purposes)}, kept for ${buyerKeeps} from ${effective}. To see, correct or erase them, to withdraw consent or get no messages: ${buyer.phone}. Complaints ${complaints.phone}`;
  return {
    title: 'How we use your data',
    letter: {
      salutation: 'Dear customer,',
      opening: `${buyer.name} has taken over from ${seller.name}. Before we use your data, this is what you should know (PIPL Article 17).`,
      parts: [
        { heading: 'Who we are', lines: [`${buyer.name}, ${reached(buyer)}`] },
        { heading: 'Which data, and from whom', lines: [`${list(fields)}, from ${seller.name}.`] },
        {
          heading: 'What for',
          lines: [
            `${list(purposes)}. Before a purpose, the manner or the kinds of data change, we tell you and ask again (Articles 22 and 23).`,
          ],
        },
        {
          heading: 'How long they are kept',
          lines: [`For ${buyerKeeps} from ${effective}; then they are erased or anonymised.`],
        },
        {
          heading: 'Your rights',
          lines: [
            `To see, copy, correct, erase, withdraw, get no messages: ${reached(buyer)}. Withdrawing is as easy as agreeing was, and undoes nothing that was done before.`,
          ],
        },
        { heading: 'Complaints', lines: [`${complaints.contact}, ${complaints.phone}.`] },
      ],
      signature: `${buyer.name} (deal ${deal})`,
    },
    sms: {
      whole: sms,
      withContract: null,
      short: shortest([
        `${buyer.name} serves you now. Your data and rights: ${buyer.phone}`,
        `We serve you now. Your data and rights: ${buyer.phone}`,
      ]),
    },
    wechat: `Hello. ${sms}`,
    call: [
      `“Hello, this is ${buyer.name}. We have taken over from ${seller.name}.”`,
      'Say what the data are for, how long they are kept and whom to call, and answer questions.',
    ],
    slip: slipWords,
    questions: [],
  };
}

/** A short message is 70 characters; the first that fits, or else the last. */
function shortest(texts: readonly string[]): string {
  return texts.find((text) => [...text].length <= 70) ?? texts.at(-1) ?? '';
}
