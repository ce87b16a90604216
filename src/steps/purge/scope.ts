import type { Sha256 } from '../../base/crypto.js';

/**
 * What a purge is asked to end.
 *
 * - `due`: everything whose period is over.
 * - `handed-over`: besides, whoever went to the buyer and whose receipt was accepted, before the last day: with the handover their purpose is
 *   achieved (PIPL-47), so the period is a limit and no duty to wait.
 * - `kept-back`: besides, whoever did not go to the buyer: a person's decision.
 * - `dataset`: every record of one dataset, by id.
 * - `subjects`: every record of these persons, whatever its date. Tags as tagText() gives them.
 * - `deal`: what was received under a deal (digest of a wording), because it was ended.
 * - `replay`: persons who were erased before and came back, as with a backup.
 */
export type PurgeScope =
  | { readonly kind: 'due' }
  | { readonly kind: 'handed-over' }
  | { readonly kind: 'kept-back' }
  | { readonly kind: 'dataset'; readonly dataset: string }
  | { readonly kind: 'subjects'; readonly tags: ReadonlySet<string> }
  | { readonly kind: 'deal'; readonly deal: Sha256 }
  | { readonly kind: 'replay'; readonly tags: ReadonlySet<string> };
