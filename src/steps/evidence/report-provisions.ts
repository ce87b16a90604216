import { tablesIn } from '../../bundle/sums.js';
import { sha256 } from '../../base/crypto.js';
import { dayOf } from '../../base/time.js';
import type { Manifest } from '../../bundle/manifest.js';
import type { Receipt } from '../../bundle/receipt.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { leavingPurposes, type Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { ReportProvision } from '../../report/audit-report-deal.js';
import { keptUntil } from '../../retention/kept-records.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import { manifestOf } from './report-overrides.js';
import { receiptOf, rowsOf } from '../session/handed-over.js';
import type { Session } from '../session/session.js';

/* The bundles of a deal as the report shows them: records of a provision to another handler, each with its receipt. */

type Answered = Pick<Receipt['resources'][number], 'received' | 'stored' | 'present' | 'refused'>;

function answered({ resources }: Receipt): Answered {
  const sum = (key: keyof Answered) => resources[0]?.[key] ?? 0;
  return {
    received: sum('received'),
    stored: sum('stored'),
    present: sum('present'),
    refused: sum('refused'),
  };
}

/** What the tables beside the customers add up to, by the signed manifest, and whether the buyer's receipt confirms it. */
function reportedTables(
  manifest: Manifest | null,
  answered: Receipt['resources'],
): Pick<ReportProvision, 'tables'> {
  const tables = manifest === null ? [] : tablesIn(manifest);
  if (tables.length === 0) return {};
  // A receipt is kept only if its sums are those of the manifest.
  const confirmed = (table: string): boolean =>
    answered.some(({ resource, sums }) => resource === table && sums !== undefined);
  return { tables: tables.map((each) => ({ ...each, confirmed: confirmed(each.table) })) };
}

/** One bundle as a provision to another handler (NDSR-12). @throws HandoverError WORKSPACE_DAMAGED where its deal is gone */
export function provisionOf(session: Session, bundle: StoredBundle): ReportProvision {
  const terms = termsOf(session, bundle);
  const manifest = manifestOf(bundle);
  const receipt = receiptOf(session.workspace.read, bundle);
  const { id, number, direction, state, time } = bundle;
  return {
    bundle: id,
    deal: bundle.deal,
    number,
    direction,
    // Bundles that were abandoned are no provision and were left out.
    state: state === 'abandoned' ? 'began' : state,
    time,
    manifest: manifest === null ? null : bundle.manifestDigest,
    file_sha256: bundle.sha256 === '' ? null : bundle.sha256,
    rows: rowsOf(bundle),
    fields: [...new Set((manifest?.resources ?? []).flatMap(({ fields }) => fields.map(({ name }) => name)))],
    ...reportedTables(manifest, receipt?.resources ?? []),
    purposes: leavingPurposes(terms).map((purpose) => purpose.id),
    recipient: terms.buyer.name,
    receipt:
      receipt === null
        ? null
        : {
            sha256: sha256(session.workspace.read.receipt(id)?.bytes ?? new Uint8Array()),
            disposition: receipt.disposition,
            reason: receipt.reason,
            issued: receipt.issued,
            ...answered(receipt),
            retention_until: receipt.retention_until,
          },
    keep_until: keptUntil('provision-record', dayOf(time)),
  };
}

/** The terms under which a bundle was made. */
function termsOf(session: Session, { deal }: StoredBundle): Terms {
  const stored =
    session.workspace.read.deal(deal) ?? fail({ code: 'WORKSPACE_DAMAGED', name: 'handover.db' });
  return readDealJson(stored.bytes);
}
