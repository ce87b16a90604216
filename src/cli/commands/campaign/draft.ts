import type { Terms } from '../../../deal/terms.js';
import type { Lang } from '../../../messages/lang.js';
import { exitOf, type Problem } from '../../../messages/problem.js';
import { campaignWords } from '../../../messages/screens/campaign.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { draftCampaign, type TextDraft } from '../../../steps/campaign/campaign.js';
import { status } from '../../../steps/status/status.js';
import { withSession } from '../../../steps/session/session.js';
import type { WorkspaceInfo } from '../../../store/workspace.js';
import type { Next, Run } from '../../context.js';
import { drawProblems, problemsJson } from '../../show/terms.js';

/** `handover campaign draft`: what customers are shown, as it follows from the deal. */
export const run: Run<'campaign draft'> = async (context, { options }) => {
  const { lang, dryRun } = context;
  const words = campaignWords[lang];
  const drafted = await withSession(context.workspaceFolder(), context.runtime, async (session) => {
    const terms = findDeal(session, options.deal ?? null);
    const draft = await draftCampaign(session, { terms, uses: options.for, dryRun });
    const { role } = session.workspace.info;
    // With several deals the newest data need not be those of this one.
    const standing = role === 'buyer' ? status(session).deals.find(({ id }) => id === terms.id) : undefined;
    return { draft, role, terms, unwritten: standing?.unwritten ?? null };
  });
  const { draft, terms } = drafted;
  const { text, isNamed, files } = draft;
  const problems: readonly Problem[] = draft.findings.map(({ code, form, lang: of }) => ({
    code,
    form,
    lang: of,
  }));
  const [faulty] = problems.filter(({ code }) => code !== 'TEXT_SMS_LONG');
  return {
    json: {
      deal: terms.id,
      text: text.digest,
      kind: text.kind,
      in_deal: isNamed,
      problems: problemsJson(problems, lang),
      files: [...files],
      sms: text.forms[lang].sms.whole,
    },
    screen: (screen) => {
      screen.facts([
        [words.deal, `${terms.id}  ${terms.title}`],
        [words.kind, words.kinds[text.kind]],
        [words.digest, text.digest, ...(isNamed && text.kind !== 'own' ? [words.inDeal] : [])],
        ...(files.length === 0 ? [] : [[words.files, ...files.map((file) => context.shown(file))] as const]),
      ]);
      screen.gap().heading(words.forms.sms).say(text.forms[lang].sms.whole);
      screen.heading(words.forms.reminder).say(text.forms[lang].sms.short).gap();
      if (problems.length > 0) {
        if (faulty !== undefined) screen.bad(words.faults);
        drawProblems(screen, problems, lang);
      }
      if (!isNamed) screen.warn(words.otherText);
      if (faulty === undefined && !dryRun) screen.good(words.drafted);
    },
    next: faulty === undefined ? nextAfter(drafted, lang) : [],
    exit: faulty === undefined ? 0 : exitOf(faulty.code),
  };
};

/** A text that was drafted, for whom, and which data the buyer has not taken out yet. */
interface Drafted {
  readonly draft: TextDraft;
  readonly role: WorkspaceInfo['role'];
  readonly terms: Terms;
  readonly unwritten: string | null;
}

function nextAfter({ draft, role, terms, unwritten }: Drafted, lang: Lang): readonly Next[] {
  const words = campaignWords[lang];
  const dataset = unwritten === null ? '' : ` --dataset ${unwritten}`;
  if (role === 'buyer') return [{ say: words.sendOwn, command: `handover extract --format csv${dataset}` }];
  if (!draft.isNamed) return [];
  return [
    { say: words.checkFirst, command: `handover check --deal ${terms.id}` },
    { say: words.batchNext, command: `handover campaign batch --deal ${terms.id} --channel sms` },
  ];
}
