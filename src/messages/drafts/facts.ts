/** Everything that a paper is filled from, in the paper's language. What nobody knows is null, and the paper has a blank there. */
export interface DraftFacts {
  readonly firm: {
    readonly name: string;
    readonly role: 'seller' | 'buyer';
    readonly uscc: string | null;
    readonly phone: string;
    readonly address: string | null;
    readonly isRehearsal: boolean;
  };
  readonly today: string;
  readonly deal: DraftDeal;
  readonly data: DraftData | null;
  readonly people: readonly DraftPerson[];
  /** Places that may hold customers and that no program reaches, with what somebody said of them. */
  readonly places: readonly { readonly name: string; readonly said: string | null }[];
  /** Laws in words: `《个人信息保护法》第五十五条`. */
  readonly cite: (...ids: readonly string[]) => string;
  /** A law with the day from which its wording is in force. */
  readonly citeDated: (id: string) => string;
}

/** The terms, as far as anybody has written them down. */
export interface DraftDeal {
  readonly id: string | null;
  readonly title: string | null;
  readonly kind: string | null;
  /**
   * What the kind demands for each customer: a consent, a notice, or nothing because the company stays what it is. A consent where the kind is
   * not known.
   */
  readonly demands: 'consent' | 'notice' | 'nothing';
  /** Whether contracts, with what was prepaid, pass without the customer's agreement (CC-67). */
  readonly contractsPass: boolean;
  readonly seller: string | null;
  readonly buyer: string | null;
  readonly effective: string | null;
  readonly purposes: readonly string[];
  readonly fields: readonly DraftField[];
  readonly sellerKeeps: string | null;
  readonly buyerKeeps: string | null;
  readonly contact: string | null;
  readonly phone: string | null;
  /** Persons who approve besides whoever exports. */
  readonly approvals: number | null;
  /** Others who can open the bundle, with the reason. */
  readonly escrow: readonly string[];
}

/** A field that leaves. */
interface DraftField {
  readonly label: string;
  readonly action: string;
  readonly purpose: string;
  readonly isSensitive: boolean;
  readonly necessity: string | null;
}

/** The customer list as it is here. */
export interface DraftData {
  readonly persons: string;
  /** Columns by what kind of data they hold. */
  readonly general: readonly string[];
  readonly sensitive: readonly string[];
  /** Door codes, keys: what never leaves. */
  readonly safety: readonly string[];
  /** Columns about children, and about whoever is cared for. */
  readonly children: readonly string[];
  readonly care: readonly string[];
}

export interface DraftPerson {
  readonly name: string;
  readonly role: string;
  readonly contact: string | null;
  /** What a paper looks for. */
  readonly is: 'lead' | 'incident-lead' | 'home-visit' | 'entrusted' | 'broker' | 'custodian' | 'staff';
  readonly promised: string | null;
  readonly trained: string | null;
}
