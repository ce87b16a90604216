import { join } from 'node:path';
import { dayOf } from '../../base/time.js';
import type { PartialTerms } from '../../deal/cross-checks.js';
import { fieldOf } from '../../dataset/fields.js';
import { blankMarks, draftOf, USUAL_DRAFTS } from '../../messages/drafts/drafts.js';
import type { DraftData, DraftDeal, DraftFacts, DraftPerson } from '../../messages/drafts/facts.js';
import { kindName } from '../../messages/deal-kinds.js';
import { durationWords } from '../../messages/durations.js';
import type { Lang } from '../../messages/lang.js';
import { type DraftKind, paperName } from '../../messages/papers.js';
import { roleName } from '../../messages/people.js';
import { PLACES, placeName } from '../../messages/places.js';
import { punctuation } from '../../messages/punctuation.js';
import { dealWords } from '../../messages/screens/deal.js';
import { retentionWords } from '../../messages/screens/retention.js';
import { citationOf, fullCitationOf } from '../../policy/laws.js';
import { findPolicy, ruleOf } from '../../policy/pack.js';
import { CURRENT_POLICY } from '../../policy/packs.js';
import { fieldLabel } from '../../report/labels.js';
import { grouped } from '../../report/numbers.js';
import { blanksIn, wordFile } from '../../report/word.js';
import { makeFolder, writeWhole } from '../../store/files.js';
import type { StoredPerson } from '../../store/house-rows.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import { personsIn } from '../session/list.js';
import type { Session } from '../session/session.js';

export interface PapersInput {
  /** One kind, or null for what a firm usually needs. */
  readonly kind: DraftKind | null;
  /** The terms as far as they are written; null where there are none yet. */
  readonly terms: PartialTerms | null;
  readonly folder: string;
  readonly lang: Lang;
  readonly force: boolean;
}

/** A paper that was written. */
export interface DraftFile {
  readonly kind: DraftKind;
  readonly path: string;
  /** Places that people still have to fill in. */
  readonly blanks: number;
}

/**
 * Writes papers as Word files, filled from the deal, the customer list and the registers as far as they are known. Opens no record and changes
 * nothing, so it needs no passphrase.
 *
 * @throws HandoverError FILE_EXISTS and the other problems of writing
 */
export async function writeDrafts(session: Session, input: PapersInput): Promise<readonly DraftFile[]> {
  const { lang, folder, force } = input;
  const facts = draftFacts(session, input.terms, lang);
  makeFolder(folder);
  const written: DraftFile[] = [];
  for (const kind of input.kind === null ? USUAL_DRAFTS : [input.kind]) {
    const draft = draftOf(kind, facts, lang);
    const path = join(folder, draftName(kind, facts.deal.id, lang));
    await writeWhole(path, await wordFile(draft, { created: session.now, lang, marks: blankMarks[lang] }), {
      force,
    });
    written.push({ kind, path, blanks: blanksIn(draft) });
  }
  return written;
}

/** Papers of a deal carry its id; those of the firm do not. */
const OF_DEAL: readonly DraftKind[] = ['nda', 'pia', 'undertaking', 'gdpr-notice'];

/** What is not allowed in the name of a file anywhere. */
function draftName(kind: DraftKind, deal: string | null, lang: Lang): string {
  const name = paperName(kind, lang).replace(/[\\/:*?"<>|]/g, '');
  return `${deal !== null && OF_DEAL.includes(kind) ? `${name}-${deal}` : name}.docx`;
}

function draftFacts(session: Session, terms: PartialTerms | null, lang: Lang): DraftFacts {
  const { info, read } = session.workspace;
  const { card } = ownCard(info);
  const said = new Map(read.retention.attestations().map((attestation) => [attestation.place, attestation]));
  return {
    firm: {
      name: card.name,
      role: info.role,
      uscc: card.uscc ?? null,
      phone: card.contact.phone,
      address: card.contact.address ?? null,
      isRehearsal: info.environment === 'test',
    },
    today: dayOf(session.now),
    deal: dealFacts(session, terms, lang),
    data: dataFacts(session, lang),
    people: read.house
      .people()
      .filter(({ gone }) => gone === null)
      .map((person) => personFacts(person, lang)),
    places: PLACES.map((place) => {
      const last = said.get(place);
      return {
        name: placeName(place, lang),
        said: last === undefined ? null : `${retentionWords[lang].states[last.state]} ${dayOf(last.time)}`,
      };
    }),
    cite: (...ids) => ids.map((id) => citationOf(id, lang)).join(punctuation[lang].list),
    citeDated: (id) => fullCitationOf(id, lang),
  };
}

function dealFacts(session: Session, terms: PartialTerms | null, lang: Lang): DraftDeal {
  const { info, read } = session.workspace;
  const own = ownCard(info).card.name;
  const cards = read.cards().filter(({ state }) => state === 'trusted');
  const partner = cards.map(({ digest }) => pinnedCard(session, digest).card.name).at(-1) ?? null;
  const [seller, buyer] = info.role === 'seller' ? [own, partner] : [partner, own];
  const actions = dealWords[lang].actions;
  const purposes = (terms?.purposes ?? []).flatMap((purpose) => (purpose === undefined ? [] : [purpose]));
  const fields = (terms?.fields ?? []).flatMap((field) =>
    field === undefined || field.action === 'drop' ? [] : [field],
  );
  return {
    id: terms?.id ?? null,
    title: terms?.title ?? null,
    kind: terms?.kind === undefined ? null : kindName(terms.kind, lang),
    ...demandsOf(terms),
    seller: terms?.seller?.name ?? seller,
    buyer: terms?.buyer?.name ?? buyer,
    effective: terms?.effective ?? null,
    purposes: purposes.map((purpose) => purpose[lang]),
    fields: fields.map(({ name, class: fieldClass, action, purpose, necessity }) => ({
      label: fieldLabel(name, lang),
      action: actions[action],
      purpose: purposes.find(({ id }) => id === purpose)?.[lang] ?? purpose,
      isSensitive: fieldClass === 'sensitive',
      necessity: necessity ?? null,
    })),
    sellerKeeps:
      terms?.retention === undefined ? null : durationWords(terms.retention.seller.after_receipt, lang),
    buyerKeeps:
      terms?.retention === undefined ? null : durationWords(terms.retention.buyer.after_effective, lang),
    contact: terms?.complaints?.contact ?? null,
    phone: terms?.complaints?.phone ?? null,
    approvals: terms?.approvals ?? null,
    escrow: (terms?.escrow ?? []).map(({ name, reason }) => dealWords[lang].dated(name, reason)),
  };
}

/** What the rules demand for the kind of deal, by those of a new deal where none are named; the strictest where the kind is not known. */
function demandsOf(terms: PartialTerms | null): Pick<DraftDeal, 'demands' | 'contractsPass'> {
  const { policy, kind, opinion } = terms ?? {};
  const pack = (policy === undefined ? undefined : findPolicy({ policy })) ?? CURRENT_POLICY;
  if (kind === undefined) return { demands: 'consent', contractsPass: false };
  const rule = ruleOf(pack, { kind, ...(opinion === undefined ? {} : { opinion }) });
  const demands = !rule.bundle ? 'nothing' : rule.consent === 'separate' ? 'consent' : 'notice';
  return { demands, contractsPass: rule.bundle && !rule.contract };
}

/** Columns that tell of children, and of whoever is cared for. */
const CHILDREN: readonly string[] = ['children', 'birth_date', 'age'];
const CARE: readonly string[] = ['care_recipient', 'health'];

function dataFacts(session: Session, lang: Lang): DraftData | null {
  const { read } = session.workspace;
  const datasets = read.datasets().filter(({ kind, state }) => kind === 'customers' && state === 'kept');
  if (datasets.length === 0) return null;
  const columns = [...new Set(datasets.flatMap((dataset) => dataset.columns))];
  const ofClass = (isOne: (fieldClass: string) => boolean): readonly string[] =>
    columns.filter((name) => isOne(fieldOf(name)?.class ?? 'general')).map((name) => fieldLabel(name, lang));
  const among = (names: readonly string[]): readonly string[] =>
    columns.filter((name) => names.includes(name)).map((name) => fieldLabel(name, lang));
  return {
    persons: grouped(personsIn(read, datasets)),
    general: ofClass((fieldClass) => fieldClass !== 'sensitive' && fieldClass !== 'safety'),
    sensitive: ofClass((fieldClass) => fieldClass === 'sensitive'),
    safety: ofClass((fieldClass) => fieldClass === 'safety'),
    children: among(CHILDREN),
    care: among(CARE),
  };
}

function personFacts({ name, role, facts }: StoredPerson, lang: Lang): DraftPerson {
  return {
    name,
    role: roleName(role, lang),
    contact: facts.contact,
    is: role === 'clerk' || role === 'approver' ? 'staff' : role,
    promised: facts.promised,
    trained: facts.trained.at(-1)?.date ?? null,
  };
}
