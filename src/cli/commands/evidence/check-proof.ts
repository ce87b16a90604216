import type { Json } from '../../../base/json.js';
import { dayOf } from '../../../base/time.js';
import { rowOf } from '../../../bundle/subject-proof.js';
import type { Lang } from '../../../messages/lang.js';
import { proofWords } from '../../../messages/screens/proof.js';
import { fieldLabel } from '../../../report/labels.js';
import { grouped } from '../../../report/numbers.js';
import type { Fact } from '../../../report/screen.js';
import {
  type CheckedEventProof,
  type CheckedSubjectProof,
  checkProof,
} from '../../../steps/evidence/check-proof.js';
import type { CommandContext, CommandResult, Run } from '../../context.js';
import { fieldList } from '../../show/accounting.js';
import { eventJson, eventText } from '../../show/events.js';
import { issuerOf } from '../../show/issuer.js';
import { kindText } from '../../show/terms.js';

/** `handover audit check-proof`: what a proof shows and what it does not. Needs the file and the issuer's card, and nothing else. */
export const run: Run<'audit check-proof'> = async (context, { arguments: args, options }) => {
  const card = await issuerOf(context, options.card, 'audit check-proof');
  const bundle = options.bundle === undefined ? null : context.path(options.bundle);
  const checked = await checkProof(context.path(args.proof), card, bundle);
  const isNamed = options.card !== undefined;
  return checked.proves === 'event'
    ? eventOutcome(context, checked, isNamed)
    : subjectOutcome(context, checked, isNamed);
};

function eventOutcome(context: CommandContext, checked: CheckedEventProof, isNamed: boolean): CommandResult {
  const { lang } = context;
  const words = proofWords[lang];
  const { file, issuer, event, checkpoint } = checked;
  return {
    json: {
      proves: 'event',
      file,
      issuer: { ...issuer },
      event: eventJson(event),
      log: { origin: checkpoint.origin, size: checkpoint.size, root: checkpoint.root },
    },
    screen: (screen) => {
      screen.good(words.provedEvent(issuer.name, event.seq));
      screen.facts([
        [words.event, eventText(event, lang)],
        [words.objects, ...Object.entries(event.objects).map(([kind, id]) => `${kind} ${id}`)],
        [words.content, JSON.stringify(event.details)],
        [words.under, words.underText(grouped(checkpoint.size)), checkpoint.origin],
        [words.fingerprint, issuer.fingerprint],
      ]);
      screen.say(words.notProvedEvent);
      if (isNamed) screen.say(words.compare);
    },
  };
}

function subjectOutcome(
  context: CommandContext,
  checked: CheckedSubjectProof,
  isNamed: boolean,
): CommandResult {
  const words = proofWords[context.lang];
  const { proof } = checked;
  const isThere = proof.kind === 'presence';
  const limit = isThere
    ? proof.row === null
      ? words.notProvedPresence
      : words.notProvedValues
    : words.notProvedAbsence;
  return {
    json: subjectJson(checked),
    screen: (screen) => {
      screen.good((isThere ? words.provedPresence : words.provedAbsence)(proof.customer_no));
      screen.facts([...bundleFacts(checked, context.lang), ...signatureFacts(checked, context.lang)]);
      screen.say(limit);
      if (isNamed) screen.say(words.compare);
    },
  };
}

/** The values of the person's row, where the proof has them. */
function valuesOf({ proof }: CheckedSubjectProof): ReturnType<typeof rowOf> | null {
  return proof.row === null ? null : rowOf(proof.row.line);
}

function subjectJson(checked: CheckedSubjectProof): CommandResult['json'] {
  const { proof, manifest, terms } = checked;
  return {
    proves: proof.kind,
    file: checked.file,
    issuer: { ...checked.issuer, role: checked.issuerRole },
    customer_no: proof.customer_no,
    tag: proof.tag,
    bundle: manifest.id,
    bundle_number: manifest.number,
    created: manifest.created,
    deal: terms.id,
    kind: terms.kind,
    seller: terms.seller.name,
    buyer: terms.buyer.name,
    purposes: terms.purposes.map((purpose): Json => ({ ...purpose })),
    fields: checked.resource.fields.map(({ name }) => name),
    row: valuesOf(checked),
    signed_by_seller: checked.signedBySeller,
    receipted: checked.receipt !== null,
    link: checked.rowNamesCustomer ? 'row' : 'issuer',
  };
}

/** Which bundle, under which deal, and what of the person is in it. */
function bundleFacts(checked: CheckedSubjectProof, lang: Lang): readonly Fact[] {
  const words = proofWords[lang];
  const { proof, manifest, terms, resource, bundleFile } = checked;
  const fields = resource.fields.map((field) => field.name);
  const values = Object.entries(valuesOf(checked) ?? {}).map(
    ([name, value]) => `${fieldLabel(name, lang)}  ${value ?? words.empty}`,
  );
  return [
    [
      words.bundle,
      words.bundleText(terms.id, manifest.number, dayOf(manifest.created)),
      ...(bundleFile === null ? [] : [words.compared(bundleFile)]),
    ],
    [words.parties, words.partiesText(terms.seller.name, terms.buyer.name)],
    [words.basis, kindText(terms, lang)],
    [words.purposes, ...terms.purposes.map((purpose) => purpose[lang])],
    ...(proof.kind === 'presence' ? [[words.fields, fieldList(fields, lang)] as const] : []),
    ...(proof.row === null ? [] : [[words.values, ...values] as const]),
  ];
}

/** Who signed it, and what ties it to the person. */
function signatureFacts(checked: CheckedSubjectProof, lang: Lang): readonly Fact[] {
  const words = proofWords[lang];
  const { proof, issuer, receipt, rowNamesCustomer } = checked;
  const sorted = receipt === null ? words.sortedSeller : words.sortedBoth;
  return [
    [words.signedBy, signedText(checked, words)],
    [words.link, rowNamesCustomer ? words.linkRow : words.linkIssuer(issuer.name)],
    ...(proof.kind === 'presence' ? [] : [[words.sorted, sorted] as const]),
    [words.issuer, issuer.name],
    [words.fingerprint, issuer.fingerprint],
  ];
}

function signedText(
  { signedBySeller, receipt }: CheckedSubjectProof,
  words: (typeof proofWords)[Lang],
): string {
  if (receipt === null) return words.signedSeller;
  return signedBySeller ? words.signedBoth : words.signedBuyer;
}
