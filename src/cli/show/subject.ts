import { hex } from '../../base/bytes.js';
import type { Json } from '../../base/json.js';
import { dayOf } from '../../base/time.js';
import { sendingName } from '../../bundle/sending.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { certificateWords } from '../../messages/screens/certificate.js';
import { subjectWords } from '../../messages/screens/subject.js';
import type { Requester, RequestKind, Verification } from '../../policy/request-lists.js';
import { grouped } from '../../report/numbers.js';
import type { Fact } from '../../report/screen.js';
import type { Share } from '../../retention/disposition.js';
import type { Ended } from '../../steps/persons/ending.js';
import type { SentNotice } from '../../steps/persons/notice-send.js';
import { kindOfRequest, type RequestState, type RequestView } from '../../steps/persons/requests.js';
import type { SubjectFacts } from '../../steps/persons/show.js';
import type { Transfer } from '../../steps/persons/transfers.js';
import type { SubjectMark } from '../../store/persons-rows.js';
import type { CommandContext, Next } from '../context.js';

type Words<K extends string> = Readonly<Record<Lang, Readonly<Record<K, string>>>>;

export const requesterWords: Words<Requester> = eachLang((lang) => subjectWords[lang].requesters);
export const verificationWords: Words<Verification> = eachLang((lang) => subjectWords[lang].verifications);
export const kindWords: Words<RequestKind> = eachLang((lang) => subjectWords[lang].kinds);
export const requestStateWords: Words<RequestState> = eachLang((lang) => subjectWords[lang].states);
export const shareWords: Words<Share> = eachLang((lang) => subjectWords[lang].shares);
const markWords: Words<SubjectMark['kind']> = eachLang((lang) => subjectWords[lang].marksOf);

/** Who asks and how that was made sure, as the options say it. */
export function requestOriginOf(options: {
  readonly requester: Requester | undefined;
  readonly verified: Verification | undefined;
}): { readonly requester: Requester | null; readonly verified: Verification | null } {
  return { requester: options.requester ?? null, verified: options.verified ?? null };
}

/** The end of an id, which `handover request refuse` understands. */
export function shortId(id: string): string {
  return id.slice(-12);
}

/** Where a person's record went or came from, what covers it, what the person said and asked. */
export function factsAbout(facts: SubjectFacts, lang: Lang): readonly Fact[] {
  const words = subjectWords[lang];
  const { transfers, restraints, marks, requests } = facts;
  const [went, came] = (['out', 'in'] as const).map((direction) =>
    transfers
      .filter(({ bundle }) => bundle.direction === direction)
      .map((transfer) => transferText(transfer, lang)),
  );
  return [
    ...(came === undefined || came.length === 0 ? [] : [[words.came, ...came] as const]),
    [words.went, ...(went === undefined || went.length === 0 ? [words.nowhere] : went)],
    ...(restraints.length === 0
      ? []
      : [
          [
            words.restraints,
            ...restraints.map(({ id, until, basis }) =>
              until === null ? words.hold(shortId(id)) : words.freeze(until, basis ?? ''),
            ),
          ] as const,
        ]),
    ...(marks.length === 0
      ? []
      : [
          [
            words.marks,
            ...marks.map(({ kind, time }) => words.mark(markWords[lang][kind], dayOf(time))),
          ] as const,
        ]),
    ...(requests.length === 0
      ? []
      : [[words.requests, ...requests.map((view) => requestText(view, lang))] as const]),
  ];
}

function transferText({ bundle, terms }: Transfer, lang: Lang): string {
  const words = subjectWords[lang];
  const partner = bundle.direction === 'out' ? terms.buyer.name : terms.seller.name;
  const file = bundle.path.split(/[/\\]/).at(-1) ?? '';
  return words.transfer(partner, dayOf(bundle.time), file);
}

function requestText({ request, state }: RequestView, lang: Lang): string {
  const kind = kindWords[lang][kindOfRequest(request)];
  return subjectWords[lang].request(shortId(request.id), kind, requestStateWords[lang][state], request.due);
}

/** A request with its state, as the documents of --json have it: the person is a tag. */
export function requestJson({ request, state }: RequestView): Json {
  const { id, tag, kind, requester, verified, received, due, closed, outcome, reason, notice } = request;
  return {
    id,
    subject: hex(tag),
    kind,
    requester,
    verified,
    received,
    due,
    state,
    closed,
    outcome,
    reason,
    notice,
  };
}

/** What is known of a person, as the documents of --json have it. */
export function factsJson(facts: SubjectFacts): { readonly [key: string]: Json } {
  return {
    subject: hex(facts.subject.own),
    child: facts.isMinor,
    erased: facts.wasErased,
    transfers: facts.transfers.map(({ bundle, manifest, terms }) => ({
      bundle: bundle.id,
      direction: bundle.direction,
      state: bundle.state,
      deal: terms.id,
      partner: bundle.direction === 'out' ? terms.buyer.name : terms.seller.name,
      time: bundle.time,
      fields: manifest.resources.flatMap(({ fields }) => fields.map(({ name }) => name)),
    })),
    restraints: facts.restraints.map(({ id, kind, basis, until }) => ({ id, kind, basis, until })),
    marks: facts.marks.map(({ kind, purpose, time }) => ({ kind, purpose, time })),
    requests: facts.requests.map(requestJson),
  };
}

/** A notice that was written, as the documents of --json have it. */
export function noticeJson({ dataPath, ...notice }: SentNotice): Json {
  return { ...notice, data_path: dataPath };
}

/** The notices that were written, and what becomes of them. */
export function noticesFact(
  context: CommandContext,
  notices: readonly SentNotice[],
  deals: readonly string[],
): Fact {
  const words = subjectWords[context.lang];
  if (context.dryRun)
    return [words.notices, deals.length === 0 ? words.noNotice : words.wouldNotify(deals.join(' · '))];
  if (notices.length === 0) return [words.notices, words.noNotice];
  return [
    words.notices,
    ...notices.flatMap(({ path, buyer, due }) => [
      context.shown(sendingName(path)),
      words.noticeTo(buyer, due),
    ]),
  ];
}

/** What comes after notices were written: the answer is received. */
export function afterNotices(context: CommandContext, notices: readonly SentNotice[]): readonly Next[] {
  const words = subjectWords[context.lang];
  if (notices.length === 0) return [];
  return [{ say: words.sendNotice, command: `handover receive ${words.completionFile}` }];
}

/** The certificate of a purge that was carried out for a person. */
export function certificateTexts(ended: Ended | null, lang: Lang): readonly string[] {
  if (ended?.state !== 'done') return [];
  const { outcomes } = certificateWords[lang];
  return [`${outcomes[ended.certificate.outcome]}  ${ended.digest}`];
}

/** The purge that a request led to, as the documents of --json have it; null for none. */
export function endedJson(ended: Ended | null): Json {
  if (ended === null) return null;
  if (ended.state === 'waits') return { ...ended };
  return { state: ended.state, certificate: ended.digest, outcome: ended.certificate.outcome };
}

/** For how many other numbers of the same person it counts as well. */
export function otherNumbersFact({ lang }: CommandContext, others: number): readonly Fact[] {
  const words = subjectWords[lang];
  return others === 0 ? [] : [[words.otherNumbers, words.otherNumbersText(grouped(others))]];
}

/** A purge that waits for a second person. */
export function afterEnding(context: CommandContext, ended: Ended | null): readonly Next[] {
  if (ended?.state !== 'waits') return [];
  return [
    { say: subjectWords[context.lang].approvePurge, command: `handover approve --purge ${ended.purge}` },
  ];
}
