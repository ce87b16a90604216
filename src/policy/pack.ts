import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson, type Json } from '../base/json.js';
import type { Duration } from '../base/time.js';
import type { Terms } from '../deal/terms.js';
import type { DealKind } from '../messages/deal-kinds.js';
import { fail } from '../messages/error.js';
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
  /** Ways of expressing consent that are no separate consent, whatever evidence there is. */
  readonly silentMethods: readonly ConsentMethod[];
  /** Ways that count only with evidence of what was said. */
  readonly recordedMethods: readonly ConsentMethod[];
}

const CONSENT: KindRule = {
  bundle: true,
  consent: 'separate',
  notice: 'before-consent',
  contract: true,
  laws: ['PIPL-23', 'PIPL-14', 'NDSR-62-7', 'CC-551', 'CC-555'],
};

const SUCCESSION: KindRule = {
  bundle: true,
  consent: 'none',
  notice: 'delivered',
  contract: false,
  laws: ['PIPL-22', 'NDSR-14'],
};

/** The national rules of mainland China, as catalogued in law.md in September 2026. */
const CN_PIPL: PolicyPack = {
  id: 'cn-pipl',
  version: '2026-09',
  kinds: {
    'asset-sale': CONSENT,
    merger: { ...SUCCESSION, laws: [...SUCCESSION.laws, 'CL-220'] },
    division: { ...SUCCESSION, laws: [...SUCCESSION.laws, 'CL-222'] },
    dissolution: SUCCESSION,
    bankruptcy: SUCCESSION,
    'operator-change': { ...CONSENT, withOpinion: 'merger', laws: ['SOHO-13', ...CONSENT.laws] },
    equity: { bundle: false, consent: 'none', notice: 'none', contract: false, laws: ['PIPL-17'] },
  } satisfies Partial<Record<DealKind, KindRule>>,
  guardianUnder: 'P14Y' as Duration,
  guardianLaws: ['PIPL-28', 'PIPL-31'],
  silentMethods: ['default', 'pre-ticked', 'no-response'],
  recordedMethods: ['verbal'],
};

/** Every pack that this program knows. A version is never changed once published: deals are signed over it. */
export const POLICY_PACKS: readonly PolicyPack[] = [CN_PIPL];

/** The pack that a new deal refers to. */
export const CURRENT_POLICY: PolicyPack = CN_PIPL;

/** The pack that a deal refers to, or undefined if it was signed over rules that this version does not know. */
export function findEvidencePack({
  policy: { pack, version },
}: Pick<Terms, 'policy'>): PolicyPack | undefined {
  return POLICY_PACKS.find((p) => p.id === pack && p.version === version);
}

/**
 * The pack that a deal refers to.
 *
 * @throws HandoverError POLICY_PACK_UNKNOWN
 */
export function policyOf(terms: Terms): PolicyPack {
  const { pack, version } = terms.policy;
  return findEvidencePack(terms) ?? fail({ code: 'POLICY_PACK_UNKNOWN', pack, version });
}

/** What of a deal decides which rule holds. */
export interface RuledDeal {
  readonly kind: string;
  readonly opinion?: unknown;
}

/** The rule for a deal's kind. With an opinion in the deal, the rule that the opinion opens (law.md §1.1, operator change). */
export function ruleOf(pack: PolicyPack, { kind, opinion }: RuledDeal): KindRule {
  const rule = kindRule(pack, kind);
  return rule.withOpinion !== undefined && opinion !== undefined ? kindRule(pack, rule.withOpinion) : rule;
}

function kindRule({ kinds }: PolicyPack, kind: string): KindRule {
  return (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined) ?? CONSENT;
}

/** SHA-256 of the pack's canonical JSON, for manifests: which rules exactly were applied. */
export function policyDigest(pack: PolicyPack): Sha256 {
  const { id, version, kinds, guardianUnder, guardianLaws, silentMethods, recordedMethods } = pack;
  const rules: Record<string, Json> = {};
  for (const [kind, rule] of Object.entries(kinds)) {
    const { withOpinion, ...rest } = rule;
    rules[kind] = withOpinion === undefined ? { ...rest } : { ...rest, withOpinion };
  }
  return sha256(
    utf8(
      canonicalJson({
        id,
        version,
        kinds: rules,
        guardianUnder,
        guardianLaws,
        silentMethods,
        recordedMethods,
      }),
    ),
  );
}
