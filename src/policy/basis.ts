import type { Instant } from '../base/time.js';
import type { FieldName } from '../dataset/fields.js';
import type { Terms } from '../deal/terms.js';
import { fail } from '../messages/error.js';
import { type Limits, limitsOf } from './limits.js';
import { type ConsentMatcher, consentMatcher } from './match.js';
import { policyOf, ruleOf } from './pack.js';
import type { KindRule, PolicyPack } from './rules.js';

/** What a judgement rests on: the signed terms, the order of the record's cells, the moment. */
export interface JudgeSetup {
  readonly terms: Terms;
  readonly columns: readonly FieldName[];
  readonly now: Instant;
}

/** What the questions are compiled from. */
export interface JudgeBasis extends JudgeSetup {
  readonly pack: PolicyPack;
  readonly rule: KindRule;
  readonly limits: Limits;
  readonly matcher: ConsentMatcher;
}

/**
 * Looks up and computes what is the same for every record.
 *
 * @param pack the rules; those that the terms name, unless others are handed in
 * @throws HandoverError POLICY_PACK_UNKNOWN, DEAL_KIND_NO_BUNDLE
 */
export function basisOf(setup: JudgeSetup, pack: PolicyPack = policyOf(setup.terms)): JudgeBasis {
  const { terms, now } = setup;
  const rule = ruleOf(pack, terms);
  if (!rule.bundle) fail({ code: 'DEAL_KIND_NO_BUNDLE', deal: terms.id });
  return { ...setup, pack, rule, limits: limitsOf(terms, now), matcher: consentMatcher(terms) };
}

/** Where a field is in the record, or -1. */
export function columnOf({ columns }: JudgeSetup, name: string): number {
  const names: readonly string[] = columns;
  return names.indexOf(name);
}

/** A cell, or '' where the file has no such column (-1). */
export function cell(record: readonly string[], column: number): string {
  return column < 0 ? '' : (record[column] ?? '');
}
