import { basename } from 'node:path';
import type { CalendarDate } from '../../base/time.js';
import { dayOf, instantOf } from '../../base/time.js';
import { fieldOf } from '../../dataset/fields.js';
import {
  ACTIVITY_FIELD,
  type DraftField,
  type DraftTable,
  type DraftPaper,
  type DraftPaperName,
  type DraftTerms,
  dealTemplate,
} from '../../deal/template.js';
import type { DealRole, FieldAction } from '../../deal/terms.js';
import type { ClaimedCard } from '../../identity/card.js';
import type { Lang } from '../../messages/lang.js';
import { TABLE_FIELDS } from '../../deal/tables.js';
import { FURTHER_TABLES } from '../../messages/tables.js';
import { currentTable } from '../session/tables.js';
import { templatePurposes } from '../../messages/deal-template.js';
import { fail } from '../../messages/error.js';
import { type ProposedField, proposeFields } from '../../policy/draft-fields.js';
import { CURRENT_POLICY } from '../../policy/packs.js';
import { fileDigest, modifiedAt, writeWhole } from '../../store/files.js';
import { ownCard, pinnedCard } from '../session/cards.js';
import { columnsOfAll } from '../session/datasets.js';
import { customerList } from '../session/list.js';
import type { Session } from '../session/session.js';

/** What a draft can begin with: the parties, and the columns that were imported. */
export interface DraftBasis {
  readonly id: string;
  readonly seller: ClaimedCard;
  readonly buyer: ClaimedCard;
  /** The columns of the customer list, each with what is proposed; none where nothing was imported. */
  readonly fields: readonly ProposedField[];
  /** Papers that were taken in before: the deal names them, and nobody is asked for them. */
  readonly kept: ReadonlySet<DraftPaperName>;
  /** Whether the list says when a customer was last served. */
  readonly hasActivity: boolean;
  readonly today: CalendarDate;
}

/**
 * @param partner name, digest or part of the name of the trusted card; null for the one that was trusted last
 * @throws HandoverError DEAL_NO_PARTNER, TRUST_WHICH
 */
export function draftBasis(session: Session, partner: string | null): DraftBasis {
  const { info, read } = session.workspace;
  const own = ownCard(info);
  const isSeller = info.role === 'seller';
  const other = partnerCard(session, isSeller ? 'buyer' : 'seller', partner);
  const [seller, buyer] = isSeller ? [own, other] : [other, own];
  const columns = columnsOfAll(customerList(read));
  return {
    id: freeId(session),
    seller,
    buyer,
    fields: columns.length === 0 ? [] : proposeFields(columns),
    kept: keptPapers(session),
    hasActivity: columns.some((name) => name === ACTIVITY_FIELD),
    today: dayOf(session.now),
  };
}

/** Which papers of a deal are here already. */
function keptPapers({ workspace }: Session): DraftBasis['kept'] {
  const kinds = new Set(workspace.read.house.papers().map(({ kind }) => kind));
  return new Set([
    ...(kinds.has('nda') ? (['confidentiality'] as const) : []),
    ...(kinds.has('pia') ? (['assessment'] as const) : []),
    ...(kinds.has('notice') ? (['notice'] as const) : []),
  ]);
}

/** Trusted cards of those who may be the other party, oldest first. */
export function possiblePartners(session: Session): readonly ClaimedCard[] {
  return partnersIn(session, session.workspace.info.role === 'seller' ? 'buyer' : 'seller');
}

function partnersIn(session: Session, role: DealRole): readonly ClaimedCard[] {
  return session.workspace.read
    .cards()
    .filter(({ state }) => state === 'trusted')
    .map(({ digest }) => pinnedCard(session, digest))
    .filter(({ card }) => (card.role ?? role) === role);
}

function partnerCard(session: Session, role: DealRole, named: string | null): ClaimedCard {
  const cards = partnersIn(session, role);
  if (named === null) return cards.at(-1) ?? fail({ code: 'DEAL_NO_PARTNER' });
  const found = cards.filter(({ card, digest }) => card.name === named.trim() || digest === named.trim());
  const [only, ...more] = found;
  return only === undefined || more.length > 0 ? fail({ code: 'TRUST_WHICH', found: found.length }) : only;
}

/** The first number of this year that no deal here has. */
function freeId({ now, workspace }: Session): string {
  const taken = new Set(workspace.read.deals().map(({ id }) => id));
  for (let number = 1; ; number++) {
    const id = `${now.slice(0, 4)}-${String(number).padStart(3, '0')}`;
    if (!taken.has(id)) return id;
  }
}

/** What was answered; what was not is drafted in the usual way, or left blank. */
export interface DraftAnswers
  extends Partial<
    Pick<
      DraftTerms,
      | 'kind'
      | 'effective'
      | 'purposes'
      | 'sellerKeeps'
      | 'buyerKeeps'
      | 'inactive'
      | 'contact'
      | 'phone'
      | 'approvals'
    >
  > {
  readonly id: string;
  /** What becomes of columns where a person said so. */
  readonly actions: ReadonlyMap<string, FieldAction>;
  /** Files whose digests the deal holds, and their days where they are known. */
  readonly papers: Readonly<
    Partial<Record<DraftPaperName, { readonly path: string; readonly date: CalendarDate | null }>>
  >;
}

export interface DealDraft {
  readonly path: string;
  readonly id: string;
  readonly seller: string;
  readonly buyer: string;
  /** Whether the list of fields was made from imported columns. */
  readonly fromColumns: boolean;
}

/** Writes a commented deal.yaml that both parties read. */
export async function draftDeal(
  session: Session,
  basis: DraftBasis,
  answers: DraftAnswers,
  input: { readonly path: string; readonly force: boolean },
): Promise<DealDraft> {
  const { id, actions, papers, ...settled } = answers;
  const { seller, buyer } = basis;
  const { info, read } = session.workspace;
  const fields = draftFields(session, basis, answers.purposes ?? [], actions);
  const tables = draftTables(session, answers.purposes ?? []);
  const text = dealTemplate(
    session.runtime.lang,
    {
      id,
      environment: info.environment,
      policy: { pack: CURRENT_POLICY.id, version: CURRENT_POLICY.version },
      seller: { name: seller.card.name, card: seller.digest },
      buyer: { name: buyer.card.name, card: buyer.digest },
      today: session.now,
      papers: read.house.papers(),
    },
    {
      ...settled,
      ...(fields.length === 0 ? {} : { fields }),
      tables,
      papers: await lookAt(papers),
    },
  );
  await writeWhole(input.path, text, { force: input.force });
  return {
    path: input.path,
    id,
    seller: seller.card.name,
    buyer: buyer.card.name,
    fromColumns: customerList(read).length > 0,
  };
}

/** The columns that were imported, or those that were named; none leaves the usual list. */
function draftFields(
  { runtime }: Session,
  { fields }: DraftBasis,
  purposes: readonly string[],
  actions: ReadonlyMap<string, FieldAction>,
): readonly DraftField[] {
  const listed = new Set(fields.map(({ name }) => String(name)));
  const named = [...actions.keys()].flatMap((name) => {
    const field = fieldOf(name);
    return field === undefined || listed.has(name) ? [] : [field.name];
  });
  const proposed =
    fields.length + named.length === 0
      ? []
      : [...fields, ...proposeFields(named).filter(({ name }) => !listed.has(name))];
  return proposed.map((field) => draftField(field, purposes, runtime.lang, actions.get(field.name)));
}

/** A field as it is drafted: what is proposed, unless a person said otherwise. */
function draftField(
  { name, class: fieldClass, action, serves }: ProposedField,
  purposes: readonly string[],
  lang: Lang,
  said?: FieldAction,
): DraftField {
  return {
    name,
    class: fieldClass,
    action: said ?? action,
    purpose: purposes.includes(serves) ? serves : (purposes[0] ?? templatePurposes[0].id),
    note: fieldOf(name)?.[lang] ?? name,
  };
}

/** The tables beside the customer list that were imported, each with those of its columns that may leave in one. */
function draftTables({ workspace, runtime }: Session, purposes: readonly string[]): readonly DraftTable[] {
  return FURTHER_TABLES.flatMap((table): readonly DraftTable[] => {
    const files = currentTable(workspace.read, table);
    if (files.length === 0) return [];
    const columns = columnsOfAll(files).filter((name) => TABLE_FIELDS[table].includes(name));
    const fields = proposeFields(columns).map((field) => draftField(field, purposes, runtime.lang));
    return [{ name: table, fields }];
  });
}

/** The papers as they are on disk. */
async function lookAt(papers: DraftAnswers['papers']): Promise<DraftTerms['papers']> {
  const found: Partial<Record<DraftPaperName, DraftPaper>> = {};
  for (const name of ['confidentiality', 'assessment', 'notice'] as const) {
    const paper = papers[name];
    if (paper === undefined) continue;
    const { sha256 } = await fileDigest(paper.path);
    found[name] = { file: basename(paper.path), sha256, date: paper.date };
  }
  return found;
}

/** The day on which a paper was last changed, which is the first guess for when it was signed. */
export function dayOfFile(path: string): CalendarDate {
  return dayOf(instantOf(modifiedAt(path)));
}
