import type { Sha256 } from '../base/crypto.js';
import type { CalendarDate } from '../base/time.js';
import type { PaperKind } from '../messages/papers.js';
import type { KindRule } from '../policy/rules.js';
import type { PersonStanding } from './people.js';

/** Where something can be looked up: numbers of events, digests of documents. */
export interface Pointers {
  readonly events: readonly number[];
  readonly documents: readonly Sha256[];
}

/** How many there are, and where to find them. The log may have been pruned, so events are not what is counted. */
export interface Counted extends Pointers {
  readonly count: number;
}

export interface DealFact extends Pointers {
  readonly id: string;
  /** What its kind demands, counsel's opinion taken into account. */
  readonly rule: Pick<KindRule, 'bundle' | 'consent'>;
  readonly isSigned: boolean;
  readonly isAborted: boolean;
  readonly purposes: number;
  /** Fields that leave, by canonical name, as far as their class matters here. */
  readonly fields: number;
  readonly sensitive: readonly string[];
  readonly judgement: readonly string[];
  readonly notice: { readonly sha256: Sha256; readonly sent: CalendarDate };
  /** `keep` is the last day on which the report has to be there (PIPL-56). */
  readonly assessment: { readonly sha256: Sha256; readonly date: CalendarDate; readonly keep: CalendarDate };
  readonly confidentiality: { readonly sha256: Sha256; readonly signed: CalendarDate };
  readonly opinion: { readonly sha256: Sha256; readonly date: CalendarDate } | null;
  readonly escrow: number;
}

/** Where the rows of a dataset went under a deal: the seller's latest check, or what the manifest says to the buyer. */
export interface AccountFact extends Pointers {
  readonly deal: string;
  readonly read: number;
  readonly transfer: number;
  /** Records by reason code, of whatever verdict. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface BundleFact extends Pointers {
  readonly deal: string;
  readonly number: number;
  readonly direction: 'out' | 'in';
  readonly rows: number;
  /** The day on which it was made. */
  readonly day: CalendarDate;
  readonly receipt: Pointers | null;
}

export interface PurgeFact extends Pointers {
  readonly state: 'planned' | 'began' | 'erased' | 'done' | 'void';
  readonly outcome: 'erased' | 'erased-with-limits' | 'failed' | null;
  readonly day: CalendarDate;
}

export interface RequestFact {
  readonly due: CalendarDate;
  /** The day on which it was closed, or null. */
  readonly closed: CalendarDate | null;
  readonly refused: boolean;
  readonly hasReason: boolean;
}

export interface PaperFact {
  readonly id: string;
  readonly kind: PaperKind;
  readonly signed: CalendarDate;
  readonly sha256: Sha256;
  readonly events: readonly number[];
}

/** Persons who are counted as distinct: tags are comparable within a group only. */
export interface PersonCount {
  /** `imported`: from files of this workspace. `received`: in the bundles of one deal. */
  readonly source: 'imported' | 'received';
  readonly deal: string | null;
  readonly datasets: number;
  readonly records: number;
  readonly persons: number;
}

/** Everything that the rules look at; no rule sees the store. */
export interface SelfAuditFacts {
  readonly today: CalendarDate;
  readonly role: 'seller' | 'buyer';
  readonly environment: 'production' | 'test';
  readonly deals: readonly DealFact[];
  readonly accounts: readonly AccountFact[];
  readonly bundles: readonly BundleFact[];
  /** Consent ledgers that were imported. */
  readonly ledgers: Counted;
  /** Withdrawals, objections and erasures on record. */
  readonly marks: number;
  /** Whether any imported file has a column that tells an age; null if nothing was imported. */
  readonly tellsAge: boolean | null;
  readonly approvals: Counted;
  readonly purges: readonly PurgeFact[];
  /** Records past their retention that nothing forbids to purge, since the first of their dates. */
  readonly overdue: { readonly records: number; readonly ended: CalendarDate | null };
  /** The next day on which a retention ends; null if no clock runs. */
  readonly nextEnd: CalendarDate | null;
  /** In force. */
  readonly holds: Counted;
  readonly freezes: Counted;
  readonly places: { readonly cleared: number; readonly never: number; readonly remains: number };
  readonly requests: readonly RequestFact[];
  readonly requestEvents: readonly number[];
  readonly notices: readonly { readonly due: CalendarDate; readonly isOpen: boolean }[];
  readonly noticeEvents: readonly number[];
  readonly incidents: { readonly total: number; readonly open: number } & Pointers;
  /** Signed papers that were taken in, and who has to do with the data. */
  readonly papers: readonly PaperFact[];
  readonly people: readonly PersonStanding[];
  readonly peopleEvents: readonly number[];
  readonly datasets: number;
  readonly clearCopies: number;
  readonly keyInClear: boolean;
  readonly log: { readonly events: number; readonly isIntact: boolean };
  readonly persons: readonly PersonCount[];
  /** How many there are besides, by the firm's own word; null while it has not said. */
  readonly others: { readonly persons: number; readonly on: CalendarDate } | null;
}

/** The persons of this workspace. Tags of different groups cannot be compared, so somebody may be counted twice: an upper bound. */
export function personsOf({ persons }: Pick<SelfAuditFacts, 'persons'>): number {
  return persons.reduce((sum, group) => sum + group.persons, 0);
}
