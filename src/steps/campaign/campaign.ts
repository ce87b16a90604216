// The campaign: customers are told and asked under one text, each once; their answers come in, and who is still silent is known.

import type { Sha256 } from '../../base/crypto.js';
import { textFacts } from '../../campaign/facts.js';
import { type LintFinding, lintText } from '../../campaign/lint.js';
import { type CampaignText, TEXT_LANGS } from '../../campaign/text.js';
import { dealDigest } from '../../deal/signed-deal.js';
import type { Terms } from '../../deal/terms.js';
import { fail } from '../../messages/error.js';
import type { Lang } from '../../messages/lang.js';
import { formsText } from '../../report/campaign-text.js';
import { letterPage } from '../../report/campaign-page.js';
import { writeWhole } from '../../store/files.js';
import { requireSigned } from '../deal/signing.js';
import { namedText, textOfDeal } from '../deal/text.js';
import { requireAgreed } from '../deal/uses.js';
import { pinnedCard } from '../session/cards.js';
import type { Session } from '../session/session.js';

export interface TextDraftInput {
  readonly terms: Terms;
  /** What the buyer says that it will use the data for: ids or words of the deal's purposes; empty for all of them. */
  readonly uses: readonly string[];
  readonly dryRun: boolean;
}

export interface TextDraft {
  readonly text: CampaignText;
  /** Whether it is the text that the deal names: only answers to that one count. */
  readonly isNamed: boolean;
  readonly findings: readonly (LintFinding & { readonly lang: Lang })[];
  /** Where it was written, a file for each form. */
  readonly files: readonly string[];
}

/**
 * Writes what customers are shown, as it follows from the signed deal: the seller's request or notice, or the buyer's own notice. It is
 * kept, so that what was sent stays known. A text in which something is missing or forbidden is shown and not kept.
 *
 * @throws HandoverError those of requireSigned; PURPOSE_DRIFT
 */
export async function draftCampaign(
  session: Session,
  { terms, uses, dryRun }: TextDraftInput,
): Promise<TextDraft> {
  requireSigned(session, terms);
  const { role } = session.workspace.info;
  requireAgreed(session, terms, uses);
  const kind = role === 'buyer' ? 'own' : undefined;
  const text = textOfDeal(session, terms, kind);
  const findings = lintAll(session, terms, text);
  const isNamed = text.kind === 'own' || text.digest === terms.notice.sha256;
  const isGood = findings.every(({ code }) => code === 'TEXT_SMS_LONG');
  if (dryRun || !isGood) return { text, isNamed, findings, files: [] };
  await session.keys();
  const files = await writeForms(session, text);
  const deal = dealDigest(terms);
  const known = session.workspace.read.campaign.text(text.digest);
  if (known === undefined || known.deal !== deal)
    session.record(
      { action: 'text-drafted', objects: { deal, text: text.digest }, details: { kind: text.kind } },
      (write) => write.campaign.putText({ ...text, deal, time: session.now }),
    );
  return { text, isNamed, findings, files };
}

function lintAll(session: Session, terms: Terms, text: CampaignText): TextDraft['findings'] {
  const seller = pinnedCard(session, terms.seller.card).card;
  const buyer = pinnedCard(session, terms.buyer.card).card;
  return TEXT_LANGS.flatMap((lang) =>
    lintText(text.forms[lang], textFacts(terms, { seller, buyer }, text.kind, lang)).map((finding) => ({
      ...finding,
      lang,
    })),
  );
}

async function writeForms(
  session: Session,
  { deal, kind, forms, bytes, digest }: CampaignText,
): Promise<readonly string[]> {
  // What customers were sent stays as it was: a text that changed has files of its own.
  const { read } = session.workspace;
  const sent =
    kind === 'own'
      ? hasOwnText(session, deal, digest)
      : read.campaign.batches(deal).some(({ text }) => text !== digest);
  const plain = kind === 'own' ? `${deal}.own` : deal;
  const name = sent ? `${plain}.${digest.slice(0, 8)}` : plain;
  const written: string[] = [];
  const put = async (ending: string, content: string | Uint8Array): Promise<void> => {
    const path = session.path('exchange', `${name}.${ending}`);
    await writeWhole(path, content, { force: true });
    written.push(path);
  };
  for (const lang of TEXT_LANGS) {
    await put(`letter.${lang}.html`, letterPage(forms[lang], lang));
    await put(`texts.${lang}.txt`, formsText(forms[lang], lang));
  }
  await put('text.json', bytes);
  return written;
}

/** Whether the buyer drafted another notice of its own before: it asks nobody here, so each that was written may have been sent. */
function hasOwnText(session: Session, deal: string, digest: Sha256): boolean {
  const { read } = session.workspace;
  return read.campaign
    .texts()
    .some((text) => text.kind === 'own' && text.digest !== digest && read.deal(text.deal)?.id === deal);
}

/** The text that a deal names, under which its customers are asked. @throws HandoverError CAMPAIGN_ROLE, CAMPAIGN_TEXT_OTHER */
export function requireText(session: Session, terms: Terms): CampaignText {
  if (session.workspace.info.role !== 'seller') fail({ code: 'CAMPAIGN_ROLE' });
  return namedText(session, terms) ?? fail({ code: 'CAMPAIGN_TEXT_OTHER', deal: terms.id });
}
