import type { Duration } from '../base/time.js';
import type { RouteBasis } from '../deal/terms.js';
import type { DealKind } from '../messages/deal-kinds.js';
import type { DutyAnchor, DutyName } from '../messages/duties.js';
import type { ConsentMethod } from './consent.js';

/** What one kind of deal demands for each record (law.md §1.1). */
export interface KindRule {
  /** Whether records may go to the buyer in a bundle at all. */
  readonly bundle: boolean;
  /** `separate`: a yes of this person to this recipient for these purposes. */
  readonly consent: 'separate' | 'none';
  /** `delivered`: proof for every record. `before-consent`: the consent must not be earlier than the notice. */
  readonly notice: 'delivered' | 'before-consent' | 'none';
  /** Whether moving prepaid services needs the customer's further consent, because the contract changes hands by agreement. */
  readonly contract: boolean;
  /** The kind whose rule holds instead once counsel's opinion is part of the signed deal. */
  readonly withOpinion?: DealKind;
  readonly laws: readonly string[];
}

/** A policy pack: the rules as data. One judge reads them all. */
export interface PolicyPack {
  readonly id: string;
  readonly version: string;
  /** By deal kind. Under a kind that is not named here each customer must be asked, as for an asset sale. */
  readonly kinds: Readonly<Record<string, KindRule>>;
  /** Below this age a guardian must agree. */
  readonly guardianUnder: Duration;
  readonly guardianLaws: readonly string[];
  /** Below this age a guardian must agree that a contract moves. */
  readonly contractUnder: Duration;
  /** Ways of expressing consent that are no separate consent, whatever evidence there is. */
  readonly silentMethods: readonly ConsentMethod[];
  /** Ways that count only with evidence of what was said. */
  readonly recordedMethods: readonly ConsentMethod[];
  /** `each`: a file that says of nobody when the notice arrived proves nothing. Without it such a file rests on the notice that was signed. */
  readonly delivery?: 'each';
  /** Which standard says what is sensitive. Without it the stricter. */
  readonly profile?: SensitiveProfile;
  /** What a closing sets going besides, in the order of the calendar. */
  readonly duties?: readonly Duty[];
  /** Routes besides consent and notice that a deal may name. Without it none. */
  readonly routes?: readonly Route[];
}

/**
 * A route other than consent and notice by which a record may go, if the deal names it and both parties sign it (PIPL-13). The statutory
 * duty (PIPL-13(3)) is none: no law of the catalogue wants a seller to give customers to a buyer (docs/decisions/0075).
 */
export interface Route {
  /** `contract`: the buyer performs the contract that the customer has, and agreed to be taken over (PIPL-13(2)). */
  readonly basis: RouteBasis;
  /** The kinds of deal under which it may be named: those that ask each customer. */
  readonly kinds: readonly DealKind[];
  /** What performance needs: nothing else leaves by this route, and nothing sensitive without its own consent. */
  readonly fields: readonly string[];
  readonly laws: readonly string[];
}

/** GB/T 35273 lists an identity number by itself among what is sensitive; GB/T 45574 does not, and lists pictures of the document. */
export type SensitiveProfile = 'gbt35273' | 'gbt45574';

/** Something to be done by a day. Its words are in messages/duties.ts. */
export interface Duty {
  readonly what: DutyName;
  readonly law: string;
  readonly who: 'seller' | 'buyer' | 'both';
  readonly anchor: DutyAnchor;
  /** How long before or after the anchor. */
  readonly side: 'before' | 'after';
  readonly within: Duration;
  /** The kinds of deal that it is about; without them all. */
  readonly kinds?: readonly DealKind[];
}
