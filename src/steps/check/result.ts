import type { Sha256 } from '../../base/crypto.js';
import type { Accounting } from '../../bundle/accounting.js';
import type { Terms } from '../../deal/terms.js';
import type { ScanCounts } from '../../policy/scan-counts.js';
import type { ScopeReview } from '../../policy/scope.js';
import type { Coverage } from '../import/coverage.js';
import type { UndatedNo } from './consent-ledger.js';
import type { JudgedFile } from './judged-records.js';
import type { JudgedTables } from './tables.js';
import type { Unmatched } from './unmatched.js';

/** What a check found, and the plan that it drew up. */
export interface CheckResult {
  readonly check: string;
  readonly coverage: Coverage;
  readonly terms: Terms;
  readonly accounting: Accounting;
  /** The tables beside the customer list that leave under the deal. */
  readonly tables: JudgedTables;
  readonly scope: ScopeReview;
  /** Personal data found in free text, per field and category. */
  readonly scan: ScanCounts;
  readonly consentEvents: number;
  /** Events of ledgers that no customer's number names. */
  readonly unmatched: Unmatched;
  /** No's of ledgers whose time cannot be read. */
  readonly undated: readonly UndatedNo[];
  readonly planDigest: Sha256;
  readonly approvalsNeeded: number;
  /** How the last check before this one counted; null for the first. */
  readonly former: Accounting | null;
  /** Whether customers were asked under the deal. */
  readonly isAsked: boolean;
  /** The verdict on every record. */
  readonly files: readonly JudgedFile[];
}
