import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { openContainer } from '../../bundle/container.js';
import { DEAL, MANIFEST } from '../../bundle/entry-names.js';
import { type Manifest, readManifest } from '../../bundle/manifest.js';
import { readPlan } from '../../bundle/plan.js';
import { fieldOf } from '../../dataset/fields.js';
import { fieldBehind } from '../../dataset/consent-columns.js';
import type { FieldClass } from '../../deal/classes.js';
import { readDealJson } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { clearFilesConcern } from '../../incident/exposure.js';
import type {
  AffectedField,
  ClearFile,
  IncidentFacts,
  IncidentKind,
  IncidentScope,
  Sealing,
} from '../../incident/facts.js';
import { fail } from '../../messages/error.js';
import { isOfKind, OPEN_KINDS } from '../../messages/limits.js';
import { IDENTITY_CLEAR } from '../../store/identity-file.js';
import { openFile } from '../../store/random-access.js';
import type { Reader } from '../../store/reader.js';
import type { StoredBundle } from '../../store/bundle-rows.js';
import type { Dataset } from '../../store/dataset-rows.js';
import { filesLeft } from '../session/clear-files.js';
import { ownCard } from '../session/cards.js';
import type { Session } from '../session/session.js';
import { personsIn } from '../session/list.js';

/** What an incident is about, as a person named it. */
export interface IncidentSubject {
  readonly what: IncidentKind;
  /** Id, file name or absolute path of a bundle; null for none in particular. */
  readonly bundle: string | null;
  /** Id of a dataset; null for all that are there. */
  readonly dataset: string | null;
}

export type Affected = Pick<IncidentFacts, 'bundle' | 'scope' | 'sealing' | 'files'>;

/**
 * Who and what was in it, as far as the store knows without opening a record: whoever lost a passphrase must be able to ask.
 *
 * @throws HandoverError INCIDENT_BUNDLE_NEEDED, INCIDENT_BUNDLE_UNKNOWN, DATASET_UNKNOWN, and what reading a bundle's file gives
 */
export async function affectedBy(session: Session, subject: IncidentSubject): Promise<Affected> {
  const bundle = await concernedBundle(session, subject);
  if (bundle !== null) return bundle;
  const { read } = session.workspace;
  const kept = read.datasets().filter((dataset) => dataset.state === 'kept');
  const named = kept.filter((dataset) => subject.dataset === null || dataset.id === subject.dataset);
  if (subject.dataset !== null && named.length === 0) return fail({ code: 'DATASET_UNKNOWN' });
  const { card } = ownCard(session.workspace.info);
  return {
    bundle: null,
    scope: scopeOf(read, named),
    sealing: {
      recipients: [{ who: 'own', name: card.name, kind: kindOf(card.recipient) }],
      identity: identityState(session),
    },
    files: clearFilesConcern(subject.what, false) ? openFiles(read, subject.dataset) : [],
  };
}

/** Files in the clear that no purge has ended. Whether somebody removed one by hand, the store does not know. */
function openFiles(read: Reader, dataset: string | null): ClearFile[] {
  return filesLeft(read, dataset)
    .filter((file) => isOfKind(file, OPEN_KINDS))
    .map(({ kind, sha256: digest, bytes }) => ({ kind, sha256: digest, bytes }));
}

function identityState(session: Session): Sealing['identity'] {
  return existsSync(session.path('keys', IDENTITY_CLEAR)) ? 'unprotected' : 'protected';
}

function kindOf(recipient: string): Sealing['recipients'][number]['kind'] {
  return recipient.startsWith('age1pq1') ? 'hybrid' : 'classic';
}

function scopeOf(read: Reader, datasets: readonly Dataset[]): IncidentScope {
  const fields = new Map<string, AffectedField>();
  for (const { kind, columns } of datasets)
    for (const column of columns) {
      const name = fieldBehind(kind, column);
      fields.set(name, fieldFact(name));
    }
  return {
    records: datasets
      .filter((dataset) => dataset.kind === 'customers' || dataset.kind === 'archive')
      .reduce((sum, dataset) => sum + recordsIn(read, dataset), 0),
    persons: personsIn(read, datasets),
    exact: new Set(datasets.map((dataset) => tagSpace(read, dataset))).size <= 1,
    datasets: datasets.map((dataset) => dataset.id),
    fields: [...fields.values()],
    minors: datasets.some((dataset) => hasMinors(read, dataset))
      ? 'some'
      : minorsByFields([...fields.keys()]),
  };
}

/** A column of the file or field of the bundle, as the catalogue looks at it. */
function fieldFact(name: string, fieldClass?: FieldClass): AffectedField {
  const known = fieldOf(name);
  return { name, class: fieldClass ?? known?.class ?? 'evidence', tier: known?.tier ?? 3 };
}

function recordsIn(read: Reader, dataset: Dataset): number {
  let records = 0;
  for (const page of read.pageTags(dataset.id)) records += page.records;
  return records;
}

/** Imported datasets are tagged under one key of the workspace, received ones under one of their deal. */
function tagSpace(read: Reader, dataset: Dataset): string {
  const bundle = dataset.bundle === null ? undefined : read.bundle(dataset.bundle);
  return bundle?.deal ?? '';
}

/** Whether a check found children among them whose guardian had not agreed. */
function hasMinors(read: Reader, dataset: Dataset): boolean {
  return read
    .checksOf(dataset.id)
    .some(({ plan }) =>
      readPlan(plan).accounting.some(({ reasons }) =>
        Object.values(reasons).some((byCode) => (byCode['GUARDIAN_MISSING'] ?? 0) > 0),
      ),
    );
}

/** A field tells the age if the rule about children reads it (PIPL-31), or if it is a resident's identity number. */
function minorsByFields(names: readonly string[]): IncidentScope['minors'] {
  const tells = names.some((name) => name === 'id_no' || fieldOf(name)?.laws.includes('PIPL-31') === true);
  return tells ? 'not-without-opening' : 'no-field';
}

async function concernedBundle(session: Session, subject: IncidentSubject): Promise<Affected | null> {
  const { read } = session.workspace;
  const there = read.bundles().filter(({ state }) => state !== 'began' && state !== 'abandoned');
  if (subject.bundle !== null) {
    const stored = namedBundle(read, there, subject.bundle);
    return stored === undefined
      ? await claimedBundle(session, subject.bundle)
      : storedBundle(session, stored);
  }
  const isAboutBundle = subject.what === 'lost-bundle' || subject.what === 'misdirected';
  if (!isAboutBundle || subject.dataset !== null) return null;
  const [only, ...others] = there;
  if (only === undefined || others.length > 0)
    return fail({ code: 'INCIDENT_BUNDLE_NEEDED', bundles: there.length });
  return storedBundle(session, only);
}

/** By id, by its number in the deal (`D-1-1`), or by the name of its file, which may be gone. */
function namedBundle(
  read: Reader,
  bundles: readonly StoredBundle[],
  named: string,
): StoredBundle | undefined {
  const name = basename(named);
  return bundles.find(
    ({ id, path, deal, number }) =>
      id === named || basename(path) === name || `${read.deal(deal)?.id ?? ''}-${number}` === name,
  );
}

function storedBundle(session: Session, bundle: StoredBundle): Affected {
  const { read } = session.workspace;
  const manifest = readManifest(bundle.manifest);
  const deal = read.deal(bundle.deal);
  const terms = deal === undefined ? null : readDealJson(deal.bytes);
  return bundleFacts(session, manifest, terms, bundle.direction);
}

/** A bundle that the store does not know, from its file: what it says of itself is a claim. */
async function claimedBundle(session: Session, path: string): Promise<Affected> {
  if (!existsSync(path)) return fail({ code: 'INCIDENT_BUNDLE_UNKNOWN' });
  const file = await openFile(path);
  try {
    const container = await openContainer(file);
    const bytes = await container.read(MANIFEST);
    const manifest = readManifest(bytes);
    const stored = session.workspace.read.bundle(manifest.id);
    if (stored !== undefined && stored.manifestDigest === sha256(bytes)) return storedBundle(session, stored);
    return bundleFacts(session, manifest, readDealJson(await container.read(DEAL)), 'unknown');
  } finally {
    await file.close();
  }
}

function bundleFacts(
  session: Session,
  manifest: Manifest,
  terms: Terms | null,
  direction: 'out' | 'in' | 'unknown',
): Affected {
  const { info } = session.workspace;
  const fields = manifest.resources.flatMap((resource) =>
    resource.fields.map((field) => fieldFact(field.name, field.class)),
  );
  const rows = manifest.resources[0]?.rows ?? 0;
  const tagRoot: Sha256 = manifest.resources[0]?.tag_root ?? manifest.deal.digest;
  const { recipient } = manifest.buyer;
  const isOurs = manifest.buyer.card === info.cardDigest;
  return {
    bundle: { id: manifest.id, number: manifest.number, direction, deal: manifest.deal.digest, tagRoot },
    scope: {
      records: rows,
      // A bundle holds each person once: whoever appears twice in a file is not transferred.
      persons: rows,
      exact: true,
      datasets: [],
      fields,
      minors: minorsByFields(fields.map((field) => field.name)),
    },
    sealing: {
      recipients: [
        { who: isOurs ? 'own' : 'buyer', name: terms?.buyer.name ?? '', kind: kindOf(recipient) },
        ...(terms?.escrow ?? []).map(
          (escrow) => ({ who: 'escrow', name: escrow.name, kind: kindOf(escrow.recipient) }) as const,
        ),
      ],
      identity: identityState(session),
    },
    files: [],
  };
}
