/**
 * Where customers stand that no program reaches (law.md §6.5). Of each somebody says that it is cleared, was never used, or that something
 * remains; a certificate lists what was said as attested, not verified.
 */
export const PLACES = [
  'staff-phones',
  'chat-accounts',
  'chat-groups',
  'platforms',
  'mini-programs',
  'spreadsheets',
  'paper',
  'key-tags',
  'device-apps',
  'message-lists',
  'call-recordings',
  'accounting',
  'payment-providers',
  'accountant',
  'mail',
  'cloud-disks',
  'old-phones',
] as const;
export type Place = (typeof PLACES)[number];

/** What may be said of a place. */
export const PLACE_STATES = ['cleared', 'never-there', 'remains'] as const;
export type PlaceState = (typeof PLACE_STATES)[number];
