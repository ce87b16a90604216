/* The closed lists of the register, apart from the rules about them, so that the command line can offer them without loading a calendar. */

/** What a person may ask for (PIPL-15, 44 to 47), as the register names it, or complain of (NDSR-20). */
export const REQUEST_KINDS = [
  'access',
  'copy',
  'correction',
  'withdrawal',
  'objection',
  'erasure',
  'complaint',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Who asks: the person, a guardian (PIPL-31), a close relative of one who died (PIPL-49), somebody with a written authority. */
export const REQUESTERS = ['self', 'guardian', 'relative', 'agent'] as const;
export type Requester = (typeof REQUESTERS)[number];

/**
 * How it was made sure who asks, without asking for more personal data than are held already (NDSR-23): papers seen in person, a call back
 * to the number on file, a code sent to it, a signed letter.
 */
export const VERIFICATIONS = ['in-person', 'callback', 'code', 'writing'] as const;
export type Verification = (typeof VERIFICATIONS)[number];
