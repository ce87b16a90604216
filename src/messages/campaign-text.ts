/** How a party is reached, for a text to its customers. */
export interface TextParty {
  readonly name: string;
  readonly phone: string;
  /** E-mail and postal address, where the card has them. */
  readonly more: readonly string[];
}

/** What a text to customers says, in one language. All of it comes from the deal and the two cards. */
export interface TextFacts {
  /** The customer is asked, is told, or is told by the buyer in its own name. */
  readonly kind: TextKind;
  readonly deal: string;
  readonly seller: TextParty;
  readonly buyer: TextParty;
  readonly effective: string;
  readonly purposes: readonly string[];
  readonly fields: readonly string[];
  /** Sensitive fields that leave, and why each is indispensable. */
  readonly sensitive: readonly { readonly field: string; readonly necessity: string }[];
  /** Whether prepaid sessions, balances or contracts move only with the customer's own consent. */
  readonly asksContract: boolean;
  readonly sellerKeeps: string;
  readonly buyerKeeps: string;
  /** For a text that tells: how long the customer may object. */
  readonly objection: string | null;
  readonly complaints: { readonly contact: string; readonly phone: string };
}

export const TEXT_KINDS = ['ask', 'tell', 'own'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** A question that a customer answers: each by itself. */
export interface TextQuestion {
  /** What is answered: the data, or the contract with what was prepaid. */
  readonly matter: Matter;
  readonly text: string;
  readonly yes: TextChoice;
  readonly no: TextChoice;
}

export const MATTERS = ['data', 'contract'] as const;
export type Matter = (typeof MATTERS)[number];

interface TextChoice {
  /** What is typed for it. */
  readonly digit: string;
  readonly label: string;
}

/** The texts of a campaign in one language: one wording in five forms. */
export interface TextForms {
  readonly title: string;
  readonly letter: {
    readonly salutation: string;
    readonly opening: string;
    readonly parts: readonly { readonly heading: string; readonly lines: readonly string[] }[];
    readonly signature: string;
  };
  /** Short messages: the whole one, the whole one for whoever has something prepaid, a reminder of at most 70 characters. */
  readonly sms: { readonly whole: string; readonly withContract: string | null; readonly short: string };
  readonly wechat: string;
  /** What a clerk says on the telephone, line by line. */
  readonly call: readonly string[];
  readonly slip: {
    readonly title: string;
    readonly intro: string;
    readonly code: string;
    readonly sign: string;
    readonly guardian: string;
  };
  readonly questions: readonly TextQuestion[];
}
