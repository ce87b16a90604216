import { utf8 } from '../base/bytes.js';
import { type Sha256, sha256 } from '../base/crypto.js';
import { canonicalJson, type Json } from '../base/json.js';
import type { Terms } from '../deal/terms.js';
import { fail } from '../messages/error.js';
import { ASKED, POLICY_PACKS } from './packs.js';
import type { Duty, KindRule, PolicyPack, Route } from './rules.js';

/** The pack that a deal refers to, or undefined if it was signed over rules that this version does not know. */
export function findPolicy({ policy: { pack, version } }: Pick<Terms, 'policy'>): PolicyPack | undefined {
  return POLICY_PACKS.find((p) => p.id === pack && p.version === version);
}

/**
 * The pack that a deal refers to.
 *
 * @throws HandoverError POLICY_PACK_UNKNOWN
 */
export function policyOf(terms: Terms): PolicyPack {
  const { pack, version } = terms.policy;
  return findPolicy(terms) ?? fail({ code: 'POLICY_PACK_UNKNOWN', pack, version });
}

/** How a pack is called on the command line: `cn-pipl@2026-12`. */
export function packName({ id, version }: PolicyPack): string {
  return `${id}@${version}`;
}

/**
 * A pack by its name, or the newest of that id.
 *
 * @throws HandoverError POLICY_NAME_UNKNOWN
 */
export function packNamed(name: string): PolicyPack {
  const found = POLICY_PACKS.findLast((pack) => pack.id === name || packName(pack) === name);
  return found ?? fail({ code: 'POLICY_NAME_UNKNOWN', known: POLICY_PACKS.map(packName) });
}

/** The newest version of a pack, or undefined if this program knows none of that id. */
export function newestOf(id: string): PolicyPack | undefined {
  return POLICY_PACKS.findLast((pack) => pack.id === id);
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
  return (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined) ?? ASKED;
}

/** SHA-256 of the pack's canonical JSON, for manifests: which rules exactly were applied. */
export function policyDigest(pack: PolicyPack): Sha256 {
  return sha256(utf8(canonicalJson(packJson(pack))));
}

/** The pack as the document over which its digest is taken. */
export function packJson(pack: PolicyPack): Readonly<Record<string, Json>> {
  const { id, version, kinds, guardianUnder, guardianLaws, contractUnder, silentMethods, recordedMethods } =
    pack;
  const { delivery, profile, duties, routes } = pack;
  const rules: Record<string, Json> = {};
  for (const [kind, rule] of Object.entries(kinds)) {
    const { withOpinion, ...rest } = rule;
    rules[kind] = withOpinion === undefined ? { ...rest } : { ...rest, withOpinion };
  }
  return {
    id,
    version,
    kinds: rules,
    guardianUnder,
    guardianLaws,
    contractUnder,
    silentMethods,
    recordedMethods,
    // What an older version does not know is not in its digest either.
    ...(delivery === undefined ? {} : { delivery }),
    ...(profile === undefined ? {} : { profile }),
    ...(duties === undefined ? {} : { duties: duties.map(dutyJson) }),
    ...(routes === undefined ? {} : { routes: Object.fromEntries(routes.map(routeJson)) }),
  };
}

function dutyJson({ kinds, ...duty }: Duty): Json {
  return kinds === undefined ? { ...duty } : { ...duty, kinds: [...kinds] };
}

function routeJson({ basis, kinds, fields, laws }: Route): readonly [string, Json] {
  return [basis, { kinds: [...kinds], fields: [...fields], laws: [...laws] }];
}

/** A rule on which two packs differ: its path (`kinds.merger.contract`), and what each says; null for nothing. */
export interface PackDifference {
  readonly rule: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What two packs say differently, rule by rule. */
export function packDifferences(before: PolicyPack, after: PolicyPack): readonly PackDifference[] {
  const [a, b] = [rulesIn(packJson(before)), rulesIn(packJson(after))];
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((rule) => {
    const [one, other] = [a.get(rule) ?? null, b.get(rule) ?? null];
    return one === other ? [] : [{ rule, before: one, after: other }];
  });
}

/** Every rule of a pack by its path. A duty is one rule, wherever it is in the list. */
function rulesIn({
  id: _,
  version: __,
  duties,
  ...pack
}: Readonly<Record<string, Json>>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (place: string, value: Json): void => {
    if (typeof value !== 'object' || value === null) found.set(place, String(value));
    else if (Array.isArray(value)) found.set(place, value.join(' '));
    else for (const [name, inner] of Object.entries(value)) add(`${place}.${name}`, inner);
  };
  for (const [name, value] of Object.entries(pack)) add(name, value);
  for (const duty of Array.isArray(duties) ? duties : []) {
    if (typeof duty !== 'object' || duty === null || Array.isArray(duty)) continue;
    const { what, law, who, anchor, side, within } = duty;
    found.set(`duties.${what} ${law} ${side} ${anchor} ${within}`, String(who));
  }
  return found;
}
