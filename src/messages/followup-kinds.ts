/** What is to be done after a handover; their words are in screens/followup.ts. */
export const FOLLOWUP_KINDS = ['balances', 'services', 'requests', 'day-30', 'day-90'] as const;
export type FollowupKind = (typeof FOLLOWUP_KINDS)[number];
