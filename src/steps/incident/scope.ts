import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Sha256, sha256 } from '../../base/crypto.js';
import { openContainer } from '../../bundle/container.js';
import { DEAL, MANIFEST } from '../../bundle/entry-names.js';
import { type Manifest, readManifest } from '../../bundle/manifest.js';
import { readPlan } from '../../bundle/plan.js';
import { fieldOf } from '../../dataset/fields.js';
import { fieldBehind } from '../../dataset/ledger.js';
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
import type { Dataset, StoredBundle } from '../../store/rows.js';
import { ownCard } from '../session/cards.js';
import type { House } from '../session/house.js';

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
export async function affectedBy(house: House, subject: IncidentSubject): Promise<Affected> {
  const bundle = await concernedBundle(house, subject);
  if (bundle !== null) return bundle;
  const { read } = house.workspace;
  const kept = read.datasets().filter((dataset) => dataset.state === 'kept');
  const named = kept.filter((dataset) => subject.dataset === null || dataset.id === subject.dataset);
  if (subject.dataset !== null && named.length === 0) return fail({ code: 'DATASET_UNKNOWN' });
  const { card } = ownCard(house.workspace.info);
  return {
    bundle: null,
    scope: scopeOf(read, named),
    sealing: {
      recipients: [{ who: 'own', name: card.name, kind: kindOf(card.recipient) }],
      identity: identityState(house),
    },
    files: clearFilesConcern(subject.what, false) ? openFiles(read, subject.dataset) : [],
  };
}

/** Files in the clear that no purge has ended. Whether somebody removed one by hand, the store does not know. */
function openFiles(read: Reader, dataset: string | null): ClearFile[] {
  // Imported again, one file belongs to several datasets.
  const seen = new Set<string>();
  return read
    .files()
    .filter((file) => file.gone === null && (dataset === null || file.dataset === dataset))
    .filter(({ path, sha256: digest }) => {
      const key = `${path} ${digest}`;
      return !seen.has(key) && seen.add(key);
    })
    .filter((file) => isOfKind(file, OPEN_KINDS))
    .map(({ kind, sha256: digest, bytes }) => ({ kind, sha256: digest, bytes }));
}

function identityState(house: House): Sealing['identity'] {
  return existsSync(house.path('keys', IDENTITY_CLEAR)) ? 'unprotected' : 'protected';
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
      .filter((dataset) => dataset.kind === 'customers')
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

/**
 * How many persons stand in datasets, each once as far as their tags can be compared. The first eight bytes of a tag are as good as random, so
 * two of a million persons share them once in tens of millions of counts.
 */
function personsIn(read: Reader, datasets: readonly Dataset[]): number {
  const size = datasets.reduce((sum, dataset) => sum + recordsIn(read, dataset), 0);
  const heads = new BigUint64Array(size);
  let at = 0;
  for (const { id } of datasets)
    for (const { tags, records } of read.pageTags(id)) {
      const view = new DataView(tags.buffer, tags.byteOffset, tags.byteLength);
      const width = records === 0 ? 0 : tags.byteLength / records;
      for (let i = 0; i < records; i++) heads[at++] = view.getBigUint64(i * width);
    }
  heads.sort();
  let persons = 0;
  for (let i = 0; i < heads.length; i++) if (i === 0 || heads[i] !== heads[i - 1]) persons += 1;
  return persons;
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

async function concernedBundle(house: House, subject: IncidentSubject): Promise<Affected | null> {
  const { read } = house.workspace;
  const there = read.bundles().filter(({ state }) => state !== 'began' && state !== 'abandoned');
  if (subject.bundle !== null) {
    const stored = namedBundle(read, there, subject.bundle);
    return stored === undefined ? await claimedBundle(house, subject.bundle) : storedBundle(house, stored);
  }
  const isAboutBundle = subject.what === 'lost-bundle' || subject.what === 'misdirected';
  if (!isAboutBundle || subject.dataset !== null) return null;
  const [only, ...others] = there;
  if (only === undefined || others.length > 0)
    return fail({ code: 'INCIDENT_BUNDLE_NEEDED', bundles: there.length });
  return storedBundle(house, only);
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

function storedBundle(house: House, bundle: StoredBundle): Affected {
  const { read } = house.workspace;
  const manifest = readManifest(bundle.manifest);
  const deal = read.deal(bundle.deal);
  const terms = deal === undefined ? null : readDealJson(deal.bytes);
  return bundleFacts(house, manifest, terms, bundle.direction);
}

/** A bundle that the store does not know, from its file: what it says of itself is a claim. */
async function claimedBundle(house: House, path: string): Promise<Affected> {
  if (!existsSync(path)) return fail({ code: 'INCIDENT_BUNDLE_UNKNOWN' });
  const file = await openFile(path);
  try {
    const container = await openContainer(file);
    const bytes = await container.read(MANIFEST);
    const manifest = readManifest(bytes);
    const stored = house.workspace.read.bundle(manifest.id);
    if (stored !== undefined && stored.manifestDigest === sha256(bytes)) return storedBundle(house, stored);
    return bundleFacts(house, manifest, readDealJson(await container.read(DEAL)), 'unknown');
  } finally {
    await file.close();
  }
}

function bundleFacts(
  house: House,
  manifest: Manifest,
  terms: Terms | null,
  direction: 'out' | 'in' | 'unknown',
): Affected {
  const { info } = house.workspace;
  const fields = manifest.resources.flatMap((resource) =>
    resource.fields.map((field) => fieldFact(field.name, field.class)),
  );
  const rows = manifest.resources.reduce((sum, resource) => sum + resource.rows, 0);
  const tagRoot: Sha256 = manifest.resources[0]?.tag_root ?? manifest.deal.digest;
  const { recipient } = manifest.buyer;
  const isOurs = manifest.buyer.card === info.cardDigest;
  return {
    bundle: { id: manifest.id, number: manifest.number, direction, deal: manifest.deal.digest, tagRoot },
    scope: {
      records: rows,
      // A bundle holds each person once: whoever stands twice in a file is not transferred.
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
      identity: identityState(house),
    },
    files: [],
  };
}
