import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TAG_BYTES } from '../../src/base/tagger.js';
import type { Instant } from '../../src/base/time.js';
import { ConsentLedger } from '../../src/policy/consent-ledger.js';
import { compileJudge } from '../../src/policy/judge.js';
import { reasonSet } from '../../src/policy/reasons.js';
import { compileRefusals } from '../../src/policy/refusals.js';
import { TagReasons } from '../../src/policy/tag-reasons.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { BUYER, COLUMNS, event, GOOD, NOW, recordOf } from './setup.js';

/*
 * In whatever order facts about a few persons come in, and from whatever source, nobody may go whose latest word is no, and whoever said yes last
 * may. The verdict and the registers alone, without a workspace: thousands of orders a second. That commands bring the facts there, that bundles,
 * notices and outputs follow them, test/orders.test.ts looks at.
 */

const PERSONS = [0, 1, 2, 3] as const;
const tagOf = (person: number): Uint8Array =>
  createHash('sha256').update(`C${person}`).digest().subarray(0, TAG_BYTES);

/** Where a word stands: a row of the ledger, a word to the firm itself, or the record of a customer file, in one of three columns. */
const SOURCES = ['ledger', 'told', 'status', 'withdrawn_at', 'objection_at'] as const;
interface Fact {
  readonly person: number;
  readonly source: (typeof SOURCES)[number];
  readonly says: 'yes' | 'no' | 'undated-no' | 'erase' | 'nothing';
  /** From the day on which the notice was delivered. */
  readonly hour: number;
  /** Whether a no names nobody and no purpose. */
  readonly isVague: boolean;
}

const facts = fc.array(
  fc.record<Fact>({
    person: fc.constantFrom(...PERSONS),
    source: fc.constantFrom(...SOURCES),
    says: fc.constantFrom('yes', 'yes', 'no', 'undated-no', 'erase', 'nothing'),
    hour: fc.nat(12),
    isVague: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);

const at = (hour: number): Instant =>
  new Date(Date.parse('2026-11-01T02:00:00Z') + hour * 3_600_000)
    .toISOString()
    .replace('.000', '') as Instant;

/** What ought to be so: reckoned from the facts alone. */
class Oracle {
  #record = GOOD_AT;
  #yes: readonly number[] = [];
  #no = -1;
  #isEnded = false;

  hear({ source, says, hour }: Fact): void {
    if (says === 'erase') this.#isEnded = true;
    else if (source === 'ledger' && says === 'undated-no') this.#isEnded = true;
    else if (source === 'ledger' && says === 'yes') this.#yes = [...this.#yes, hour];
    else if (says === 'no') this.#no = Math.max(this.#no, hour);
    // A later file replaces the yes of the former.
    if (isRecord(source) && says !== 'erase')
      this.#record = source === 'status' ? (says === 'yes' ? hour : NEVER) : GOOD_AT;
  }

  get mayGo(): boolean {
    return !this.#isEnded && Math.max(this.#record, ...this.#yes) > this.#no;
  }
}

/** Hour of the yes of a record that says nothing else: {@link GOOD}. */
const GOOD_AT = 0;
const NEVER = -2;

function isRecord(source: Fact['source']): boolean {
  return source !== 'ledger' && source !== 'told';
}

const JUDGE = compileJudge({ terms: sampleTerms(), columns: COLUMNS, now: NOW });
const refusalsOf = compileRefusals('customers', COLUMNS, NOW);
const ERASURE = reasonSet('ERASURE_REQUESTED');

/** What the program knows: the record of each person in the last file, the ledger, and who asked to be erased. */
class Known {
  readonly #records = new Map<number, ReturnType<typeof recordOf>>(
    PERSONS.map((person) => [person, recordOf(GOOD)]),
  );
  readonly #ledger = new ConsentLedger();
  readonly #asked = new TagReasons();

  take(fact: Fact): void {
    const { person, source, says, hour, isVague } = fact;
    const tag = tagOf(person);
    if (says === 'erase') this.#asked.add(tag, ERASURE);
    else if (isRecord(source)) {
      // What the former record said of a no is heard from its file.
      for (const no of refusalsOf(this.#records.get(person) ?? recordOf(GOOD)))
        this.#ledger.add({ ...no, dataset: 'former' }, tag, 0);
      this.#records.set(person, recordOf({ ...GOOD, ...cellsOf(fact) }));
    } else if (says !== 'nothing') {
      const vague = isVague || source === 'told' ? { recipient: '', purpose: '' } : {};
      const no = {
        state: 'withdrawn',
        at: says === 'no' ? at(hour) : '',
        method: '',
        evidence: '',
        ...vague,
      } as const;
      if (source === 'ledger') this.#ledger.add(event(says === 'yes' ? { at: at(hour) } : no), tag, 0);
      else if (says === 'no') this.#ledger.add(event({ ...no, told: 'withdrawn' }), tag, 0);
    }
  }

  mayGo(person: number): boolean {
    const tag = tagOf(person);
    const record = this.#records.get(person) ?? recordOf(GOOD);
    return (JUDGE(record, this.#ledger.of(tag, 0)).reasonSet | this.#asked.of(tag, 0)) === 0;
  }
}

function cellsOf({ source, says, hour, isVague }: Fact): Partial<typeof GOOD> {
  const buyer = isVague ? '' : BUYER;
  if (source === 'status') {
    if (says === 'yes') return { consent_at: at(hour) };
    if (says === 'no') return { consent_status: 'withdrawn', consent_at: at(hour), consent_recipient: buyer };
    return { consent_status: '', consent_at: '' };
  }
  return says === 'no' && (source === 'withdrawn_at' || source === 'objection_at')
    ? { [source]: at(hour) }
    : {};
}

test('facts in any order: who said no last may not go, who said yes last may', () => {
  let went = 0;
  let stayed = 0;
  fc.assert(
    fc.property(facts, (all) => {
      const known = new Known();
      const oracles = PERSONS.map(() => new Oracle());
      for (const fact of all) {
        known.take(fact);
        oracles[fact.person]?.hear(fact);
        const may = PERSONS.map((person) => known.mayGo(person));
        expect(may).toEqual(oracles.map((oracle) => oracle.mayGo));
        if (may[fact.person] === true) went++;
        else stayed++;
      }
    }),
    {
      numRuns: process.env['SLOW'] === '1' ? 200_000 : 4_000,
      seed: Number(process.env['SEED'] ?? 20_261_129),
    },
  );
  // Or nothing was shown.
  expect(Math.min(went, stayed)).toBeGreaterThan(1_000);
});
