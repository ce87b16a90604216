import { type Blank, type Block, type Draft, type DraftLine, known } from './blocks.js';
import type { DraftDeal, DraftFacts } from './facts.js';

/* Papers of a deal, in English: what is known is filled in, and what nobody knows yet is a blank. */

const seller = ({ seller: name }: DraftDeal) => known(name, 'full name of the seller');
const buyer = ({ buyer: name }: DraftDeal) => known(name, 'full name of the buyer');
const listed = (texts: readonly string[], hint: string) =>
  known(texts.length === 0 ? null : texts.join(', '), hint);

function fieldsTable({ fields }: DraftDeal): Block {
  return {
    table: {
      head: ['Field that leaves', 'How', 'Purpose', 'Class', 'Why it is indispensable'],
      widths: [20, 14, 26, 12, 28],
      rows:
        fields.length === 0
          ? [[[{ blank: 'field' }], [''], [{ blank: 'purpose' }], [''], ['']]]
          : fields.map(({ label, action, purpose, isSensitive, necessity }) => [
              [label],
              [action],
              [purpose],
              [isSensitive ? 'sensitive' : 'general'],
              [isSensitive ? known(necessity, 'why') : '–'],
            ]),
    },
  };
}

/** Confidentiality agreement. */
export function ndaEn({ deal, today, cite }: DraftFacts): Draft {
  return {
    title: 'Confidentiality agreement',
    blocks: [
      { text: ['Party A (seller): ', seller(deal)] },
      { text: ['Party B (buyer): ', buyer(deal)] },
      {
        text: [
          'The parties negotiate a ',
          known(deal.kind, 'kind of transaction'),
          '. In doing so Party B will learn of the business of Party A and of personal data of its customers. They agree:',
        ],
      },
      { heading: '1. What is confidential' },
      {
        items: [
          [
            'names, contacts, addresses, services and prepayments of customers, and whatever else points at a person;',
          ],
          ['prices, contracts, staff and figures of Party A;'],
          ['the negotiations themselves and the papers exchanged.'],
        ],
      },
      { heading: '2. Before the deal: totals only' },
      {
        text: [
          'Until both parties have signed the deal and the data are handed over under it, Party A shows totals that point at nobody (customers by district or service, none below ten). Party B asks for no list, sample or screenshot.',
        ],
      },
      { heading: '3. Duties of Party B' },
      {
        items: [
          ['use for this transaction only, and not to solicit customers;'],
          ['access only for those who need it, who have promised confidentiality in writing;'],
          ['no copies, no forwarding, nothing on private telephones, private chats or cloud disks;'],
          ['in case of a leak or loss, or a suspicion of one, tell Party A at once and remedy it;'],
          [
            'if the transaction fails, return or destroy everything within seven days of being asked, and say so in writing.',
          ],
        ],
      },
      { heading: '4. Term' },
      {
        text: [
          'From signature. Business information stays confidential for ',
          { blank: 'years' },
          ' years; personal data of customers for ever, whether or not the transaction succeeds.',
        ],
      },
      { heading: '5. Breach' },
      {
        text: [
          'Whoever breaks this agreement stops, undoes the effects and compensates the other party and the customers; liquidated damages: ',
          { blank: 'amount or how it is found' },
          '. Liability under the law is unaffected.',
        ],
      },
      { heading: '6. Law' },
      { text: [cite('CC-501', 'CC-509', 'CC-1038', 'PIPL-10', 'NDSR-12')] },
      { heading: '7. Disputes' },
      {
        text: [
          'By agreement, or else before ',
          { blank: 'the court or arbitration body agreed on' },
          '. Two originals.',
        ],
      },
      {
        sign: [
          'Party A (seal) and person acting: ',
          'Date: ',
          'Party B (seal) and person acting: ',
          'Date: ',
        ],
      },
      { note: `Drafted on ${today}. When it is signed: handover papers add FILE --as nda.` },
    ],
  };
}

/** What each customer is checked for before anything goes. */
const CHECKED: Readonly<Record<DraftFacts['deal']['demands'], string>> = {
  consent: 'Each customer is checked for a separate consent; without it nothing goes.',
  notice:
    'Each customer is checked for a delivered notice; nobody goes without it, nor after a refusal or objection.',
  nothing: 'The company stays the same: no bundle is made, and no data pass to another company.',
};

/** Impact assessment: five situations, three questions each. */
export function piaEn(facts: DraftFacts): Draft {
  const { deal, firm, data, today, cite } = facts;
  const sensitive = deal.fields.filter((field) => field.isSensitive);
  const provision: readonly DraftLine[] = [
    [
      'To ',
      buyer(deal),
      '. Purposes: ',
      listed(deal.purposes, 'purposes'),
      '; ',
      known(deal.fields.length === 0 ? null : `${deal.fields.length} fields`, 'number of fields'),
      `. ${CHECKED[deal.demands]} Lawful, legitimate, necessary? `,
      { blank: 'conclusion' },
    ],
    ['Use beyond the purpose, unwanted contact, a further leak. Effect and risk: ', { blank: 'assessment' }],
    [
      `Encrypted bundle signed by both parties that only the recipient opens; only fields of the deal leave;${
        (deal.approvals ?? 0) > 0 ? ' a second person approves;' : ''
      } a tamper-evident log. The buyer keeps the data for `,
      known(deal.buyerKeeps, 'period'),
      '. Proportionate? ',
      { blank: 'conclusion' },
    ],
  ];
  const unknown: readonly DraftLine[] = [
    [{ blank: 'is there any? which?' }],
    [{ blank: 'assessment' }],
    [{ blank: 'conclusion' }],
  ];
  const strict: readonly DraftLine[] =
    deal.fields.length === 0
      ? unknown
      : sensitive.length === 0
        ? [
            ['The deal lists no sensitive field.'],
            ['Nothing leaves; the risk stays here.'],
            [keptLine(facts)],
          ]
        : [
            [
              `${sensitive.map(({ label }) => label).join(', ')} leave. Why: `,
              listed(
                sensitive.flatMap(({ necessity }) => (necessity === null ? [] : [necessity])),
                'state it for each',
              ),
              '. Conclusion: ',
              { blank: 'conclusion' },
            ],
            ['A leak may harm dignity, body or property. Assessment: ', { blank: 'assessment' }],
            ['Separate consent, empty without it; encrypted. Proportionate? ', { blank: 'conclusion' }],
          ];
  const situations: readonly (readonly [string, readonly DraftLine[]])[] = [
    ['Sensitive personal data', strict],
    ['Automated decisions', unknown],
    ['Entrusting, providing to other handlers, making public', provision],
    ['Providing abroad', deal.id === null ? unknown : [['The deal rules it out.'], ['–'], ['–']]],
    ['Other handling of great effect on persons', unknown],
  ];
  const heads = [
    'Are purpose and manner lawful, legitimate and necessary?',
    'Effect on persons and security risks',
    'Are the measures lawful, effective and proportionate?',
  ];
  return {
    title: 'Impact assessment of personal data protection',
    blocks: [
      { text: ['Handler: ', firm.name, '　Credit code: ', known(firm.uscc, 'code')] },
      {
        text: [
          'Matter: ',
          known(deal.title, 'what is handed to whom, and why'),
          '　Deal: ',
          known(deal.id, 'id'),
        ],
      },
      {
        text: [
          'Customers concerned: ',
          known(data === null ? null : `${data.persons} on the present list`, 'number'),
          '; how many go is decided by the approved plan.',
        ],
      },
      ...(deal.escrow.length === 0
        ? []
        : [{ text: [`Others can open the bundle: ${deal.escrow.join('; ')}. They need a contract.`] }]),
      {
        table: {
          head: ['No.', 'Situation', 'Question', 'Conclusion', 'Remarks'],
          merged: 2,
          widths: [7, 18, 24, 36, 15],
          rows: situations.flatMap(([name, answers], i) =>
            heads.map((head, j) => [
              [j === 0 ? String(i + 1) : ''],
              [j === 0 ? name : ''],
              [head],
              answers[j] ?? [''],
              [''],
            ]),
          ),
        },
      },
      { heading: 'Fields that leave' },
      fieldsTable(deal),
      { heading: 'Conclusion' },
      { text: [{ blank: 'may be handed over / after these measures / may not' }] },
      {
        text: [
          `Law: ${cite('PIPL-55', 'PIPL-56', 'SPI-A2')}. This form and the record of handling are kept for three years at least. Whoever fills it in declares that it is true and complete.`,
        ],
      },
      { sign: ['Responsible for the assessment: ', 'Date: '] },
      {
        note: `Drafted on ${today}. What is filled in comes from the deal and the present list; conclusions are a person's. When it is signed: handover papers add FILE --as pia.`,
      },
    ],
  };
}

function keptLine({ data }: DraftFacts): string | Blank {
  if (data === null) return { blank: 'no list was imported yet: say how it is protected' };
  const kept = [...data.sensitive, ...data.safety];
  return kept.length === 0
    ? 'The list has no sensitive column.'
    : `Of the list these stay: ${kept.join(', ')}.`;
}

/** Undertaking of the buyer. */
export function undertakingEn({ deal, today, cite }: DraftFacts): Draft {
  return {
    title: 'Undertaking of the buyer',
    blocks: [
      { text: ['To: ', seller(deal)] },
      {
        text: [
          'We, ',
          buyer(deal),
          ', receive customer data from you (deal ',
          known(deal.id, 'id'),
          ') and undertake:',
        ],
      },
      {
        items: [
          [
            'to use them for these purposes only: ',
            listed(deal.purposes, 'purposes'),
            '; to ask the customers anew before that changes;',
          ],
          ['to use only the fields below; if anything else comes, to tell you at once and delete it;'],
          [
            'to keep them for ',
            known(deal.buyerKeeps, 'period'),
            ' from the effective day, then to delete or anonymise them with proof;',
          ],
          [
            'to act on withdrawals, corrections, erasures and objections that you pass on, within the time they name, and to answer;',
          ],
          [
            `to perform the contracts and prepayments that ${deal.contractsPass ? 'pass to us by law' : 'customers agreed to move'}, on no worse terms;`,
          ],
          [
            `to respect who wants no advertising; not to seek or contact customers who ${deal.demands === 'consent' ? 'refused or were silent' : 'refused or objected'};`,
          ],
          [
            'to keep the data encrypted, for those who need them; not to sell or pass them on, and not abroad;',
          ],
          ['to remedy a security incident at once, and to tell you at the same time;'],
          [
            'to tell the customers in our own name, before use, who we are, how to reach us, purpose, manner, categories, period and their rights;',
          ],
          ['to report to you in writing on the 30th and the 90th day after the handover.'],
        ],
      },
      fieldsTable(deal),
      {
        text: [
          'Customers reach us at ',
          known(deal.contact, 'contact'),
          ', ',
          known(deal.phone, 'telephone'),
        ],
      },
      { text: [`Law: ${cite('PIPL-17', 'PIPL-22', 'PIPL-23', 'NDSR-12', 'NDSR-14')}.`] },
      { sign: ['Buyer (seal) and responsible person: ', 'Date: '] },
      { note: `Drafted on ${today}. When it is signed: handover papers add FILE --as undertaking.` },
    ],
  };
}

/** GDPR Article 14 notice: the data were not obtained from the person. */
export function gdprEn({ deal, firm, today, cite }: DraftFacts): Draft {
  return {
    title: 'Privacy notice (GDPR Article 14)',
    blocks: [
      {
        text: [
          'Dear customer, your data did not reach us from you. Under Article 14 of the General Data Protection Regulation we tell you:',
        ],
      },
      {
        table: {
          head: ['Item', 'Information'],
          widths: [30, 70],
          rows: [
            [
              ['Controller'],
              [known(deal.buyer, 'full name of the buyer'), ', ', { blank: 'address and e-mail' }],
            ],
            [['Representative in the Union, protection officer'], [{ blank: 'name and contact, or none' }]],
            [['Source of the data'], [seller(deal), ', from ', known(deal.effective, 'day of the handover')]],
            [['Purposes'], [listed(deal.purposes, 'purposes')]],
            [['Legal basis'], [{ blank: 'consent, contract, or legitimate interests, and which' }]],
            [
              ['Categories of data'],
              [
                listed(
                  deal.fields.map(({ label }) => label),
                  'categories',
                ),
              ],
            ],
            [
              ['Recipients'],
              [known(deal.escrow.length === 0 ? null : deal.escrow.join('; '), 'recipients, or none')],
            ],
            [['Third countries'], [{ blank: 'none, or which and under which safeguards' }]],
            [['Kept for'], [known(deal.buyerKeeps, 'period'), ' from the effective day']],
            [['Automated decisions'], [{ blank: 'none, or the logic and consequences' }]],
            [
              ['Your rights'],
              [
                'access, rectification, erasure, restriction, objection, portability; to withdraw a consent at any time; to complain to ',
                { blank: 'the supervisory authority' },
              ],
            ],
            [['How to use them'], [known(deal.contact, 'contact'), ', ', known(deal.phone, 'telephone')]],
          ],
        },
      },
      {
        text: [
          'To be given within a month of obtaining the data, and with the first communication at the latest.',
        ],
      },
      { note: `${firm.name}, drafted on ${today}. Law: ${cite('GDPR-14')}.` },
    ],
  };
}
