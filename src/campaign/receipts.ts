import type { Sha256 } from '../base/crypto.js';
import type { Json } from '../base/json.js';
import type { Instant } from '../base/time.js';
import { leavingFields, leavingPurposes, type Terms } from '../deal/terms.js';
import type { Card } from '../identity/card.js';
import type { AnswerChannel } from '../messages/channels.js';
import { LANGS } from '../messages/lang.js';
import { type EvidenceGrade, evidenceGrade } from './grades.js';

/*
 * Consent records for other programs: ISO/IEC TS 27560 in the terms of the Data Privacy Vocabulary, as JSON-LD. What they have
 * in common is written once and referred to. A person is a keyed tag, so that a record says nothing to whoever has not the key.
 */

/** One thing that a person was sent or said. */
export interface RecordedWord {
  readonly what: 'asked' | 'yes' | 'no';
  readonly matter: 'data' | 'contract';
  readonly at: Instant | '';
  readonly text: string;
  readonly channel: AnswerChannel;
}

/** A person by tag, in hexadecimal, with their words, oldest first. */
export interface RecordedPerson {
  readonly tag: string;
  readonly words: readonly RecordedWord[];
}

const CONTEXT = {
  dpv: 'https://w3id.org/dpv#',
  dct: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  handover: 'urn:handover:',
} as const;

const CONFORMS = 'https://w3id.org/dpv/schema/dpv-27560#record';

/** What all records of a deal refer to: the firms, the purposes, the categories, the retention, the text. */
function sharedNodes(
  terms: Terms,
  { seller, buyer }: { readonly seller: Card; readonly buyer: Card },
): readonly Json[] {
  const party = (id: string, { name, contact }: Card): Json => ({
    '@id': `handover:${id}`,
    '@type': 'dpv:DataController',
    'dpv:hasName': name,
    'dpv:hasContact': contact.phone,
    ...(contact.address === undefined ? {} : { 'dpv:hasAddress': contact.address }),
  });
  const titles = (named: { readonly zh: string; readonly en: string }): Json =>
    LANGS.map((lang) => ({ '@value': named[lang], '@language': lang }));
  return [
    party('seller', seller),
    party('buyer', buyer),
    ...leavingPurposes(terms).map(
      (purpose): Json => ({
        '@id': `handover:purpose:${purpose.id}`,
        '@type': 'dpv:Purpose',
        'dct:title': titles(purpose),
      }),
    ),
    {
      '@id': 'handover:purpose:contract',
      '@type': ['dpv:Purpose', 'dpv:FulfilmentOfContractualObligation'],
    },
    ...leavingFields(terms).map(
      (field): Json => ({
        '@id': `handover:data:${field.name}`,
        '@type':
          field.class === 'sensitive'
            ? ['dpv:PersonalData', 'dpv:SensitivePersonalData']
            : 'dpv:PersonalData',
        'dpv:hasPurpose': { '@id': `handover:purpose:${field.purpose}` },
      }),
    ),
    {
      '@id': 'handover:retention',
      '@type': 'dpv:StorageDuration',
      'dct:extent': terms.retention.buyer.after_effective,
      'dct:valid': terms.effective,
    },
    {
      '@id': `urn:sha256:${terms.notice.sha256}`,
      '@type': 'dpv:ConsentNotice',
      'dct:issued': { '@value': terms.notice.sent, '@type': 'xsd:date' },
      'dct:language': [...LANGS],
    },
    {
      '@id': 'handover:withdrawal',
      '@type': 'dpv:WithdrawConsent',
      'dpv:hasContact': `${terms.complaints.contact} ${terms.complaints.phone}`,
    },
  ];
}

const HOW: Readonly<Record<EvidenceGrade, string>> = {
  signed: 'signed on paper',
  own: 'from the own number or account',
  recorded: 'recorded',
  spoken: 'spoken',
};

/** The records of one person: one for each thing that was said about a matter; one that waits, where nothing was. */
export function consentRecords(terms: Terms, { tag, words }: RecordedPerson): readonly Json[] {
  const said = words.filter(({ what }) => what !== 'asked');
  const last = words.at(-1);
  const told = said.length === 0 && last !== undefined ? [last] : said;
  return told.map((word, i): Json => {
    const earlier = told.slice(0, i).filter(({ matter }) => matter === word.matter);
    const status = statusOf(word, earlier.at(-1));
    const purposes =
      word.matter === 'contract'
        ? [{ '@id': 'handover:purpose:contract' }]
        : leavingPurposes(terms).map(({ id }) => ({ '@id': `handover:purpose:${id}` }));
    return {
      '@id': `handover:record:${tag}:${i + 1}`,
      '@type': 'dpv:ConsentRecord',
      'dpv:hasDataSubject': { '@id': `handover:subject:${tag}` },
      'dpv:hasDataController': { '@id': 'handover:seller' },
      'dpv:hasRecipientDataController': { '@id': 'handover:buyer' },
      'dpv:hasPurpose': purposes,
      'dpv:hasPersonalData':
        word.matter === 'contract'
          ? []
          : leavingFields(terms).map(({ name }) => ({ '@id': `handover:data:${name}` })),
      'dpv:hasNotice': { '@id': `urn:sha256:${word.text === '' ? terms.notice.sha256 : word.text}` },
      'dpv:hasConsentStatus': { '@id': `dpv:${status}` },
      ...(status === 'ConsentRequested'
        ? {}
        : {
            'dpv:hasLegalBasis': { '@id': 'dpv:ExplicitlyExpressedConsent' },
            'dpv:hasIndicationMethod': HOW[evidenceGrade(word.channel)],
          }),
      ...(word.at === '' ? {} : { 'dpv:isIndicatedAtTime': { '@value': word.at, '@type': 'xsd:dateTime' } }),
      'dpv:hasStorageCondition': { '@id': 'handover:retention' },
      'dpv:hasOrganisationalMeasure': { '@id': 'handover:withdrawal' },
      'dpv:hasJurisdiction': 'CN',
    };
  });
}

function statusOf(word: RecordedWord, before: RecordedWord | undefined): string {
  if (word.what === 'asked') return 'ConsentRequested';
  if (word.what === 'no') return before?.what === 'yes' ? 'ConsentWithdrawn' : 'ConsentRefused';
  return before?.what === 'yes' ? 'RenewedConsentGiven' : 'ConsentGiven';
}

/** The whole document in pieces, so that a long list is never one text. @param made when it was written */
export function* consentDocument(
  terms: Terms,
  about: { readonly seller: Card; readonly buyer: Card; readonly digest: Sha256; readonly made: Instant },
  persons: Iterable<RecordedPerson>,
): Generator<string> {
  const head = {
    '@context': CONTEXT,
    '@id': `urn:sha256:${about.digest}`,
    'dct:conformsTo': CONFORMS,
    'dct:created': { '@value': about.made, '@type': 'xsd:dateTime' },
  };
  yield `${JSON.stringify(head).slice(0, -1)},"@graph":[\n`;
  yield sharedNodes(terms, about)
    .map((node) => JSON.stringify(node))
    .join(',\n');
  for (const person of persons)
    for (const record of consentRecords(terms, person)) yield `,\n${JSON.stringify(record)}`;
  yield '\n]}\n';
}
