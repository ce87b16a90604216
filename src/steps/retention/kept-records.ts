import { basename } from 'node:path';
import type { Sha256 } from '../../base/crypto.js';
import { type CalendarDate, dayOf } from '../../base/time.js';
import { readDealJson } from '../../deal/signed-deal.js';
import { readCertificate } from '../../retention/certificate.js';
import { type KeptKind, keptBecause, keptUntil } from '../../retention/kept-records.js';
import type { Reader } from '../../store/reader.js';
import { bundlesOfDeal, hasLeft } from '../session/handed-over.js';

/** A record about the handover itself, without customers, that has to be kept at least until a day. */
export interface KeptRecord {
  readonly kind: KeptKind;
  /** Id of the deal, bundle, purge or incident. */
  readonly about: string;
  /** The same as people call it: of a bundle its file. */
  readonly name: string;
  /** Digest of the paper, where it is one. */
  readonly paper: Sha256 | null;
  readonly since: CalendarDate;
  readonly until: CalendarDate;
  readonly laws: readonly string[];
}

/**
 * Every record about the handover that the store knows, and until when each has to be there. `retention list`, the self-audit form and the
 * audit report read it, so that none of them reckons a day of its own.
 */
export function keptRecords(read: Reader): readonly KeptRecord[] {
  return [...assessments(read), ...provisions(read), ...certificates(read), ...incidents(read)];
}

/** Until when a deal's assessment is kept. One that nobody has signed for is no record yet: its own date counts. */
export function assessmentUntil(
  read: Reader,
  deal: string,
  { sha256, date }: { readonly sha256: Sha256; readonly date: CalendarDate },
): CalendarDate {
  const record = assessments(read).find(({ about, paper }) => about === deal && paper === sha256);
  return record?.until ?? keptUntil('impact-assessment', date);
}

function kept(
  kind: KeptKind,
  about: string,
  since: CalendarDate,
  more: Partial<KeptRecord> = {},
): KeptRecord {
  const laws = keptBecause(kind);
  return { kind, about, name: about, paper: null, since, until: keptUntil(kind, since), laws, ...more };
}

/**
 * The impact assessment of each deal, and the further ones that its amendments name. Its period runs from the last handover that it was
 * made for: as long as that can be asked about, the assessment has to be there (PIPL-55, PIPL-56).
 */
function assessments(read: Reader): readonly KeptRecord[] {
  return read.deals().flatMap(({ id }) => {
    const records = new Map<Sha256, KeptRecord>();
    for (const { bytes, digest, signatures } of read.versions(id)) {
      if (signatures.length === 0) continue;
      const { sha256: paper, date } = readDealJson(bytes).assessment;
      const days = bundlesOfDeal(read, id).flatMap((bundle) =>
        bundle.deal === digest && hasLeft(bundle) ? [dayOf(bundle.time)] : [],
      );
      const until = keptUntil('impact-assessment', [date, ...days].sort().at(-1) ?? date);
      const known = records.get(paper)?.until ?? until;
      const last = known > until ? known : until;
      records.set(paper, kept('impact-assessment', id, date, { paper, until: last }));
    }
    return [...records.values()];
  });
}

function provisions(read: Reader): readonly KeptRecord[] {
  return read
    .bundles()
    .filter(hasLeft)
    .map(({ id, path, time }) => kept('provision-record', id, dayOf(time), { name: basename(path) }));
}

/** Of a certificate that was signed, its own word. */
function certificates(read: Reader): readonly KeptRecord[] {
  return read.retention.purges().flatMap(({ id, certificate }) => {
    if (certificate === null) return [];
    const { finished, retain_until: until } = readCertificate(certificate);
    return [kept('certificate', id, dayOf(finished), { until })];
  });
}

function incidents(read: Reader): readonly KeptRecord[] {
  return read.incidents().map(({ id, opened, closed }) => kept('incident', id, dayOf(closed ?? opened)));
}
