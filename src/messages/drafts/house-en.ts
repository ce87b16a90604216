import { type Draft, type DraftLine, emptyRows, known } from './blocks.js';
import type { DraftFacts, DraftPerson } from './facts.js';

/* Papers of the firm itself, in English. */

const named = ({ people }: DraftFacts, is: DraftPerson['is'], hint: string) => {
  const found = people.filter((person) => person.is === is);
  return known(
    found.length === 0
      ? null
      : found.map(({ name, contact }) => (contact === null ? name : `${name} (${contact})`)).join(', '),
    hint,
  );
};

const columns = ({ data }: DraftFacts): readonly DraftLine[] => {
  if (data === null) return [['Categories: ', { blank: 'name, telephone, address, service records …' }]];
  return [
    [`Categories: ${data.general.join(', ')}.`],
    ...(data.sensitive.length === 0
      ? []
      : [
          [
            `Sensitive among them: ${data.sensitive.join(', ')}; only where indispensable and separately agreed to.`,
          ],
        ]),
    ...(data.safety.length === 0
      ? []
      : [[`${data.safety.join(', ')}: for the visit alone, deleted after it, handed to nobody.`]]),
    ...(data.children.length === 0
      ? []
      : [[`${data.children.join(', ')}: of children under fourteen, with the consent of a guardian.`]]),
    ...(data.care.length === 0
      ? []
      : [
          [
            `${data.care.join(', ')}: elders, patients and others who are cared for agree themselves, or through a guardian; the customer cannot agree for them.`,
          ],
        ]),
  ];
};

/** What a sale of the business means for customers, by kind of deal: each is asked, each is told, or the company stays the same. */
function comingEn(demands: DraftFacts['deal']['demands'], buyer: string): string {
  if (demands === 'nothing')
    return `The shares of our company are to pass to ${buyer}. The company stays the same and goes on holding your data, which pass to nobody else.`;
  if (demands === 'notice')
    return `Our business is to pass to ${buyer}. Before your data go, you are told its name and how to reach it; it takes over the duties under these rules. You may object or ask for erasure. If it changes purpose or method, it asks for your consent anew.`;
  return `We intend to pass the business on to ${buyer}. Your data go nowhere before you agree to it separately; if you do not, you may still ask for the service or your money back.`;
}

/** Public rules. */
export function publicRulesEn(facts: DraftFacts): Draft {
  const { firm, deal, today, cite } = facts;
  return {
    title: 'How we handle personal data',
    blocks: [
      { heading: '1. Who we are' },
      {
        text: [
          `${firm.name}, credit code `,
          known(firm.uscc, 'code'),
          `, telephone ${firm.phone}, address `,
          known(firm.address, 'address'),
          '. Responsible for personal data: ',
          named(facts, 'lead', 'name and telephone'),
          '.',
        ],
      },
      { heading: '2. What we collect, and why' },
      { items: columns(facts) },
      {
        text: [
          'For arranging and performing your services, settling accounts, and complaints. For anything else we ask first.',
        ],
      },
      { heading: '3. How and how long we keep it' },
      {
        text: [
          'Encrypted, in the mainland, for staff who need it. After the end of service we keep it for ',
          { blank: 'period' },
          '; what the law wants kept (invoices, contracts) is kept for that alone. Then it is deleted.',
        ],
      },
      { heading: '4. Who else gets it' },
      {
        text: [
          'We do not sell it, publish it or send it abroad. Entrusted parties: ',
          named(facts, 'entrusted', 'name and matter, or none'),
          '.',
        ],
      },
      ...(deal.buyer === null || firm.role === 'buyer'
        ? []
        : [
            {
              text: [comingEn(deal.demands, deal.buyer)],
            },
          ]),
      { heading: '5. Your rights' },
      {
        text: [
          'You may see, copy, correct and delete your data, withdraw a consent, ask for an explanation, and complain. We answer within thirty days and give reasons for a refusal. A withdrawal does not touch what was done before it.',
        ],
      },
      { heading: '6. How to reach us' },
      { text: [known(deal.contact, 'contact'), ', ', known(deal.phone ?? firm.phone, 'telephone')] },
      { text: ['You may also complain to the cyberspace, public security and market authorities.'] },
      { note: `Law: ${cite('PIPL-7', 'PIPL-17', 'PIPL-48', 'NDSR-21')}. Drafted on ${today}.` },
      { text: ['Published on ', { blank: 'date' }] },
    ],
  };
}

/** Poster. */
export function posterEn(facts: DraftFacts): Draft {
  const { firm, deal, data } = facts;
  return {
    title: 'Your personal data',
    isPoster: true,
    blocks: [
      { text: [firm.name] },
      { heading: 'What we note' },
      {
        text: [
          data === null
            ? { blank: 'name, telephone, address, service records' }
            : `${data.general.slice(0, 8).join(', ')}${data.general.length > 8 || data.sensitive.length > 0 ? ' and more' : ''}`,
        ],
      },
      { heading: 'What for' },
      { text: ['Services at your home, accounts, complaints. Not sold, not published.'] },
      { heading: 'How long' },
      { text: [{ blank: 'how long after the service' }, ', then deleted.'] },
      { heading: 'You may' },
      { text: ['see, correct, delete, withdraw, complain. We answer within thirty days.'] },
      { heading: 'Ask' },
      { text: [known(deal.contact, 'contact'), ', ', known(deal.phone ?? firm.phone, 'telephone')] },
      { note: 'The full rules are at the front desk.' },
      { text: ['Put up on ', { blank: 'date' }] },
    ],
  };
}

/** House rules: collection, use and approval, storage and backup, destruction. */
export function handlingRulesEn(facts: DraftFacts): Draft {
  const { firm, deal, today, cite, people } = facts;
  return {
    title: 'House rules for customer data',
    blocks: [
      {
        text: [
          `${firm.name}. Responsible: `,
          named(facts, 'lead', 'name'),
          '. In force from ',
          { blank: 'day' },
          '.',
        ],
      },
      { heading: '1. Collection' },
      {
        items: [
          ['Collect only what the service needs; say first what, why and for how long.'],
          ...columns(facts),
          ['Collect neither ethnicity nor religion; write no opinions or insults into notes.'],
          ['Data from elsewhere: ask for a lawful source first, and refuse without one.'],
        ],
      },
      { heading: '2. Use and approval' },
      {
        items: [
          ['Access for those whose work needs it; accounts, keys and data come back on the day of leaving.'],
          [
            'Exports, prints, handing out and looking at data of minors are approved by the responsible person or the approver, and recorded. Nobody approves what they do themselves.',
          ],
          ['No customer data on private telephones or in private chats.'],
          ['No advertising to whoever does not want it; a withdrawn consent stops the use at once.'],
        ],
      },
      {
        table: {
          head: ['Name or firm', 'Role', 'Contact', 'Promise', 'Last training'],
          widths: [26, 22, 22, 15, 15],
          rows:
            people.length === 0
              ? emptyRows(4, 5)
              : people.map(({ name, role, contact, promised, trained }) => [
                  [name],
                  [role],
                  [contact ?? ''],
                  [known(promised, 'day')],
                  [known(trained, 'day')],
                ]),
        },
      },
      { heading: '3. Storage and backup' },
      {
        items: [
          ['Customer data are in the encrypted workspace; passphrases are not shared and not written down.'],
          [
            'A backup every ',
            { blank: 'period' },
            ', encrypted as well, at ',
            { blank: 'place' },
            ', kept by ',
            { blank: 'name' },
            ' and on the list of backups.',
          ],
          ['Twice a year a restore is tried. What is destroyed is destroyed in the backups too.'],
        ],
      },
      { heading: '4. Destruction' },
      {
        items: [
          [
            'When the purpose is fulfilled, the period over, a consent withdrawn or an erasure asked for: destroy in time; what the law wants kept is frozen until then.',
          ],
          [
            'What was handed to a buyer is kept for ',
            known(deal.sellerKeeps, 'period'),
            ' after the accepted receipt, then destroyed.',
          ],
          [
            'A second person approves, and a certificate is made. Places that no program reaches are cleared one by one and signed for.',
          ],
          ['Paper is shredded, never sold as waste.'],
        ],
      },
      { heading: '5. Checks and responsibility' },
      {
        items: [
          ['A self-audit, a training and a drill each year; each finding has an owner and a day.'],
          [
            'Breaches are dealt with under the contract of work and these rules; damage is made good; crimes go to the police.',
          ],
        ],
      },
      { note: `Law: ${cite('PIPL-9', 'PIPL-51', 'PIPL-47', 'NDSR-9')}. Drafted on ${today}.` },
      { sign: ['Responsible person (signature, seal): ', 'Date: '] },
    ],
  };
}

/** Emergency plan. */
export function emergencyPlanEn(facts: DraftFacts): Draft {
  const { firm, today, cite } = facts;
  return {
    title: 'Emergency plan for personal data',
    blocks: [
      { heading: '1. What is an incident' },
      {
        text: [
          'A bundle or file sent wrongly or lost, a lost computer or telephone, a passphrase that others know, an intrusion, data altered or destroyed; also the suspicion of one.',
        ],
      },
      { heading: '2. Who does what' },
      {
        table: {
          head: ['Task', 'Name and telephone'],
          widths: [40, 60],
          rows: [
            [['Leads, decides, tells'], [named(facts, 'incident-lead', 'lead in an incident')]],
            [['Responsible for personal data'], [named(facts, 'lead', 'name and telephone')]],
            [['Locks accounts, keeps the evidence'], [{ blank: 'name and telephone' }]],
            [['Reaches customers, answers calls'], [{ blank: 'name and telephone' }]],
          ],
        },
      },
      { heading: '3. What is done' },
      {
        items: [
          ['Whoever finds it tells the lead at once, and hides nothing.'],
          [
            'Limit it: lock accounts, change passphrases, call files back, find devices; keep records as they are.',
          ],
          ['Register it: handover incident open says how many persons, which fields and which clocks.'],
          [
            'Grade it. From the second grade on it is reported within four hours as the rules say; a crime goes to the police too.',
          ],
          [
            'If customers may be harmed, tell them by telephone, text, messenger, mail or announcement: what happened, what may follow, what was done, what they can do, whom to ask.',
          ],
          ['If the data came from or went to another firm, tell it at the same time.'],
          [
            'Find the cause, name the responsible person and the corrective measures, and close it: handover incident close.',
          ],
        ],
      },
      { heading: '4. Numbers' },
      {
        table: {
          head: ['Body', 'Telephone'],
          widths: [60, 40],
          rows: [
            [['Police'], ['110']],
            [['Cyberspace administration'], [{ blank: 'number' }]],
            [['Public security, network police'], [{ blank: 'number' }]],
            [['Lawyer'], [{ blank: 'name and number' }]],
          ],
        },
      },
      { heading: '5. Drills' },
      {
        text: [
          'Once a year at least, with a record that is signed and taken in (handover papers add FILE --as drill).',
        ],
      },
      {
        note: `${firm.name}. Law: ${cite('PIPL-51', 'PIPL-57', 'NDSR-11', 'INC-4', 'CSL-27')}. Drafted on ${today}.`,
      },
      { sign: ['Responsible person (signature, seal): ', 'Date: '] },
    ],
  };
}

/** Record of a drill. */
export function drillEn({ firm, today, cite }: DraftFacts): Draft {
  return {
    title: 'Record of a drill',
    blocks: [
      {
        table: {
          head: ['Item', 'Content'],
          widths: [34, 66],
          rows: [
            [['Firm'], [firm.name]],
            [['Day'], [{ blank: 'day' }]],
            [['What was assumed'], [{ blank: 'such as: a laptop with the customer list is lost' }]],
            [['Who took part'], [{ blank: 'names' }]],
            [['Time from finding it to limiting it'], [{ blank: 'time' }]],
            [
              ['Could persons and fields be named within four hours?'],
              [{ blank: 'yes / no, and what was missing' }],
            ],
            [['Could customers be reached?'], [{ blank: 'how, and how many could not' }]],
            [['What was found'], [{ blank: 'findings' }]],
            [['Measures, owner, day'], [{ blank: 'content' }]],
          ],
        },
      },
      { sign: ['Organised by: ', 'Date: '] },
      {
        note: `Law: ${cite('PIPL-51')}. Drafted on ${today}. When it is signed: handover papers add FILE --as drill.`,
      },
    ],
  };
}

/** Training: what to keep in mind, two short cases, who came. */
export function trainingEn({ people, firm, today, cite }: DraftFacts): Draft {
  const staff = people.filter(({ is }) => is !== 'entrusted' && is !== 'broker');
  return {
    title: 'Training on personal data',
    blocks: [
      { text: [`${firm.name}　Day: `, { blank: 'day' }, '　Given by: ', { blank: 'name' }] },
      { heading: '1. Six things' },
      {
        items: [
          ['See and note only what the service needs; take no pictures of homes, post nothing.'],
          ['Door codes and places of keys are deleted after the visit, never copied or passed on.'],
          ['No customer data on private telephones or in private chats, and none taken along.'],
          ['A no to advertising, a withdrawal, a wish to be deleted: tell the firm the same day.'],
          ['What you know of elders, patients and children is for those who care for them.'],
          ['A lost telephone, a file sent wrongly: say so at once. Hiding it is what is held against you.'],
        ],
      },
      { heading: '2. Two cases (invented)' },
      {
        text: [
          'The list in the chat group. An owner who wanted to sell posted the list of two thousand customers to haggle over; a member sold it on to decorators. Wrong: no confidentiality agreement, no consents, no encryption. Right: totals first, each customer asked, an encrypted bundle.',
        ],
      },
      {
        text: [
          'The address book that left. A worker left with thirty telephone numbers and door codes on a private telephone, and took orders privately. Wrong: customer data on private telephones, nothing cleared on leaving. Right: staff numbers and order slips, cleared and signed for on the last day.',
        ],
      },
      { heading: '3. Two questions' },
      { text: ['May a door code be handed to the buyer? (No.) Is silence an agreement? (No.)'] },
      { heading: '4. Who came' },
      {
        table: {
          head: ['Name', 'Role', 'Result', 'Signature'],
          widths: [26, 26, 20, 28],
          rows: [
            ...staff.map(({ name, role }): readonly DraftLine[] => [[name], [role], [''], ['']]),
            ...emptyRows(Math.max(2, 8 - staff.length), 4),
          ],
        },
      },
      {
        note: `Law: ${cite('PIPL-51')}. Drafted on ${today}. Afterwards, for each: handover people update NAME --trained DAY.`,
      },
    ],
  };
}

/** Promise of home-visit staff. */
export function promiseEn({ firm, today, cite }: DraftFacts): Draft {
  return {
    title: 'Promise of home-visit staff',
    blocks: [
      { text: [`To: ${firm.name}`] },
      { text: ['In the homes of customers I learn things that are theirs. I promise:'] },
      {
        items: [
          [
            'Names, telephones, addresses, door codes, keys, habits, family and health serve the visit alone, and I tell nobody.',
          ],
          [
            'I take no pictures and make no recordings; where work needs a picture I ask, and show the work alone.',
          ],
          ['I keep no customer data on my own telephone, or delete them the same day.'],
          ['I take no private orders and pass no customer on.'],
          ['If an elder, a child or a patient needs help I tell the firm and the family, and nobody else.'],
          ['Keys and cards come back the same day, signed for.'],
          ['If something is lost or leaks, I say so at once.'],
          ['When I leave I return or delete everything, and stay silent afterwards.'],
        ],
      },
      { text: ['If I break this promise, the rules of the firm and the law apply.'] },
      { sign: ['Signature: ', 'Staff number: ', 'Date: '] },
      {
        note: `Law: ${cite('PIPL-51', 'CC-1032', 'CC-1038')}. Drafted on ${today}. When it is signed: handover papers add FILE --as promise, then handover people update NAME --paper ID.`,
      },
    ],
  };
}

/** Record of entrusted parties: software, accountant, text messages. */
export function entrustedEn(facts: DraftFacts): Draft {
  const parties = facts.people.filter(({ is }) => is === 'entrusted');
  return {
    title: 'Record of entrusted parties',
    blocks: [
      { text: [`Entrusting party: ${facts.firm.name}`] },
      {
        table: {
          head: [
            'Entrusted party',
            'Contact',
            'Contract',
            'Purpose, term, manner',
            'Data',
            'Measures',
            'Returned or deleted',
          ],
          widths: [18, 14, 11, 17, 14, 13, 13],
          rows: [
            ...parties.map(({ name, contact, promised }): readonly DraftLine[] => [
              [name],
              [known(contact, 'contact')],
              [known(promised, 'day')],
              [{ blank: 'fill in' }],
              [{ blank: 'fill in' }],
              [{ blank: 'fill in' }],
              [{ blank: 'day' }],
            ]),
            ...emptyRows(Math.max(1, 4 - parties.length), 7),
          ],
        },
      },
      { heading: 'What the contract says' },
      {
        items: [
          ['purpose, term and manner, categories of data, measures, rights and duties;'],
          ['nothing beyond what is agreed, and nobody else entrusted without consent;'],
          ['return or deletion when the contract is void or ends;'],
          ['the right to check; word of incidents at once.'],
        ],
      },
      {
        text: [
          'Usual ones: shop software, mini programs, text messages, accountants, computer repair, whoever else can open the bundle.',
        ],
      },
      { sign: ['Responsible person: ', 'Date: '] },
      { note: `Law: ${facts.cite('PIPL-21', 'PIPL-59', 'NDSR-12')}. Drafted on ${facts.today}.` },
    ],
  };
}

/** Three questions after the handover, without a name. */
export function surveyEn({ firm, deal, today }: DraftFacts): Draft {
  return {
    title: 'Three questions',
    blocks: [
      {
        text: [
          'Dear customer, your service was taken over by ',
          known(deal.buyer, 'the firm that took over'),
          '. Please answer three questions; leave out name and telephone.',
        ],
      },
      {
        items: [
          ['Service as before?　□ yes　□ no'],
          ['Satisfaction (1 lowest, 5 highest):　□ 1　□ 2　□ 3　□ 4　□ 5'],
          ['Would stay?　□ yes　□ no'],
        ],
      },
      {
        text: [
          'With a complaint please turn to ',
          known(deal.contact, 'contact'),
          ', ',
          known(deal.phone ?? firm.phone, 'telephone'),
        ],
      },
      {
        note: `Made on ${today}. Put the answers into a table under these questions; handover feedback import keeps totals alone.`,
      },
    ],
  };
}

/** List of backups and places. */
export function backupsEn({ firm, places, today, cite }: DraftFacts): Draft {
  return {
    title: 'Backups and places',
    blocks: [
      { text: [`${firm.name}. When data are destroyed, each line of this list is cleared.`] },
      { heading: '1. Backups' },
      {
        table: {
          head: ['Backup', 'Place', 'Encrypted', 'Kept by', 'Last made', 'Restore tried', 'Destroyed'],
          widths: [16, 18, 13, 14, 13, 14, 12],
          rows: emptyRows(5, 7),
        },
      },
      { heading: '2. Places that no program reaches' },
      {
        table: {
          head: ['Place', 'What was said', 'Who', 'Day'],
          widths: [34, 36, 16, 14],
          rows: places.map(({ name, said }) => [
            [name],
            [known(said, 'is there anything? how is it cleared?')],
            [''],
            [''],
          ]),
        },
      },
      { sign: ['Responsible person: ', 'Date: '] },
      {
        note: `Law: ${cite('PIPL-47', 'PIPL-51', 'NDSR-9')}. Made on ${today}. What was said comes from handover purge attest.`,
      },
    ],
  };
}
