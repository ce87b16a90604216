/*
 * The requirements that ask something of a handover before it happens, each in a line, and where it is tried. Scenarios of
 * test/law/verdicts.ts and test/law/gates.ts name the ids themselves; `passes` and `refused` name cases of other tests by file and name.
 */

/** A case of another test: its file, and the words of its name. */
export type Elsewhere = readonly [file: string, name: string];

export interface LawRow {
  readonly id: string;
  /** What is asked before a customer leaves. */
  readonly asks: string;
  readonly passes?: readonly Elsewhere[];
  readonly refused?: readonly Elsewhere[];
  /** Why one of the two is missing, or both. */
  readonly because?: string;
}

/** In the order of the catalogue: national law, network data, consumers and contracts, penal law, the border, standards, how evidence is kept. */
export const LAW_ROWS: readonly LawRow[] = [
  { id: 'PIPL-6', asks: 'every field serves a purpose of the deal; what serves none stays' },
  {
    id: 'PIPL-8',
    asks: 'spoilt values, people who stand in the file twice and contradictions are found before they leave',
  },
  { id: 'PIPL-10', asks: 'no record leaves without a lawful basis' },
  { id: 'PIPL-13', asks: 'the basis is known for each record and each purpose' },
  {
    id: 'PIPL-14',
    asks: 'a consent is explicit and informed; another purpose, method or category needs another one',
  },
  { id: 'PIPL-15', asks: 'whoever withdrew does not leave, unless they agreed anew' },
  {
    id: 'PIPL-17',
    asks: 'people were told before: by whom, for what, how long, and whom to turn to',
  },
  { id: 'PIPL-19', asks: 'nothing is kept for ever; who outlived the purpose does not leave' },
  { id: 'PIPL-22', asks: 'succession: proof that each person was told; a new purpose needs consent' },
  { id: 'PIPL-23', asks: 'provision: a separate consent of each person to this recipient and this purpose' },
  {
    id: 'PIPL-25',
    asks: 'texts for the public name no customer',
    because: 'no command makes a text for the public that could name a customer',
  },
  {
    id: 'PIPL-28',
    asks: 'sensitive data leave for a necessity that gives a reason; codes and places of keys never',
  },
  { id: 'PIPL-29', asks: 'a separate consent for each kind of sensitive data, or the field stays' },
  { id: 'PIPL-31', asks: 'under fourteen a guardian agrees, and it is known who, when and by what' },
  { id: 'PIPL-38', asks: 'nothing leaves the mainland; a buyer of whom nobody can tell is stopped' },
  { id: 'PIPL-39', asks: 'a recipient abroad needs a notice and a consent of its own' },
  { id: 'PIPL-40', asks: 'above the thresholds export needs an assessment' },
  {
    id: 'PIPL-50',
    asks: 'there is somebody to complain to',
  },
  {
    id: 'PIPL-52',
    asks: 'from a million persons on an officer is appointed',
    because:
      'the self-audit form leaves the officer to a person; a firm of that size is none that this tool is for',
  },
  { id: 'PIPL-55', asks: 'the assessment is done, and dated, before anything is sealed' },
  { id: 'PIPL-69', asks: 'what a consent rests on can be shown' },
  {
    id: 'SPI-2',
    asks: 'fewer than 100,000 persons, counted at the seller, and at the buyer with those who were there before',
    passes: [['test/report/self-audit.test.ts', 'from 100,000 persons on the handler is not small']],
    refused: [['test/report/self-audit.test.ts', 'from 100,000 persons on the handler is not small']],
  },
  {
    id: 'SPI-A2',
    asks: 'the assessment of the small handler',
  },
  {
    id: 'NDSR-12',
    asks: 'a contract on purpose, method, scope and security, signed before',
  },
  { id: 'NDSR-22', asks: 'not beyond what was agreed, and not longer; who refused is not asked again' },
  {
    id: 'NDSR-28',
    asks: 'above ten million persons the authority is told',
    because:
      'no bundle of this program comes near ten million persons, and important data are none of its fields',
  },
  { id: 'NDSR-62-7', asks: 'a separate consent is given specially, for this act' },
  { id: 'CSL-44', asks: 'nothing is provided without consent' },
  { id: 'CC-19', asks: 'under eighteen a guardian agrees that a contract moves' },
  { id: 'CC-20', asks: 'under eight only the guardian acts' },
  { id: 'CC-67', asks: 'in a merger or division rights and duties pass by law' },
  { id: 'CC-501', asks: 'confidentiality is agreed before anything is seen' },
  { id: 'CC-551', asks: 'a debt moves only with the consent of the creditor; silence is refusal' },
  { id: 'CC-555', asks: 'a whole contract moves only with the consent of the other party' },
  { id: 'CC-1038', asks: 'nothing is provided without consent, unless nobody can be recognised' },
  { id: 'CPR-23', asks: 'no consent in bulk or by default' },
  { id: 'SPC-PP-13', asks: 'prepaid services move only with the consumer' },
  {
    id: 'SOHO-13',
    asks: 'another operator of an individual business: as a sale, unless counsel says otherwise',
  },
  { id: 'GD-11', asks: 'payer, person cared for and worker are persons of their own' },
  { id: 'SPC-CR-3', asks: 'to provide without consent is an offence' },
  {
    id: 'SPC-CR-4',
    asks: 'the buyer sees that there is a basis before taking anything',
    passes: [['test/steps/receive/unsigned-terms.test.ts', 'the terms that it did sign are received']],
    refused: [
      ['test/steps/receive/unsigned-terms.test.ts', 'is refused, whoever signed in the buyer’s name'],
    ],
  },
  {
    id: 'SPC-CR-11',
    asks: 'a bundle has one recipient',
    passes: [['test/deal/escrow.test.ts', 'stand behind the buyer, in the order of the deal']],
    refused: [['test/deal/escrow.test.ts', 'may not be easier to break than the buyer']],
  },
  { id: 'XB-10', asks: 'also where export is exempt: notice, consent and assessment' },
  { id: 'STD-35273-5.2', asks: 'the minimum that is necessary' },
  { id: 'STD-35273-5.4', asks: 'consent is informed, and explicit for what is sensitive' },
  { id: 'STD-35273-9.2', asks: 'sharing: assessment before, contract, record' },
  {
    id: 'PIPL-73',
    asks: 'figures by which nobody can be recognised: no cell below ten, none by subtraction',
    passes: [
      [
        'test/policy/statistics.test.ts',
        'counts by district, by service and by month of last activity, else of registration',
      ],
    ],
    refused: [
      [
        'test/policy/statistics.test.ts',
        'keeps no small cell, and none that the others and the total give away; and no two dimensions at once',
      ],
    ],
  },
];
