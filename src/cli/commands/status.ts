import type { Json } from '../../base/json.js';
import { dayOf } from '../../base/time.js';
import type { Lang } from '../../messages/lang.js';
import { EXIT } from '../../messages/exit.js';
import { verdictWords } from '../../messages/reasons.js';
import { statusWords } from '../../messages/screens/status.js';
import { VERDICTS } from '../../policy/reasons.js';
import { grouped } from '../../report/numbers.js';
import type { Fact, Page } from '../../report/page.js';
import type { BundleState } from '../../store/rows.js';
import { inHouse } from '../../steps/house.js';
import {
  type DealStatus,
  type NextStep,
  type PurgeStatus,
  type StatusResult,
  status,
} from '../../steps/status.js';
import type { Next, Run } from '../context.js';
import { accountingJson } from './accounting.js';
import { kindShort } from './terms.js';

const nextWords: Readonly<Record<Lang, Readonly<Record<NextStep, string>>>> = {
  zh: statusWords.zh.nexts,
  en: statusWords.en.nexts,
};
const stateWords: Readonly<Record<Lang, Readonly<Record<BundleState, string>>>> = {
  zh: statusWords.zh.states,
  en: statusWords.en.states,
};

/** `handover status`: where each deal stands, who waits for whom, what comes next. */
export const run: Run<'status'> = async (context) => {
  const { lang } = context;
  const words = statusWords[lang];
  const now = await inHouse(context.workspaceFolder(), context.around, async (house) => status(house));
  return {
    json: {
      party: now.party,
      role: now.role,
      environment: now.environment,
      events: now.events,
      deals: now.deals.map(dealJson),
      purge: now.purge === null ? null : { ...now.purge, approvals: { ...now.purge.approvals } },
      next_step: now.next,
    },
    page: (page) => {
      page.heading(partyLine(now, lang));
      if (now.deals.length === 0) page.say(words.noDeals);
      for (const deal of now.deals) page.gap().facts(dealFacts(deal, lang));
      if (now.deals.length > 0) page.gap();
      if (now.purge !== null) drawPurge(page, now.purge, lang);
    },
    next: [
      ...(now.purge === null ? [] : [nextOfPurge(now.purge, lang)]),
      ...(now.next === null
        ? now.deals.filter((deal) => deal.next !== 'done').map((deal) => nextOf(deal.next, deal.id, lang))
        : [nextOf(now.next, '', lang)]),
    ],
    exit: isUnfinished(now.purge) ? EXIT.partial : EXIT.ok,
  };
};

function isUnfinished(purge: PurgeStatus | null): boolean {
  return purge?.state === 'began' || purge?.state === 'erased';
}

function drawPurge(page: Page, purge: PurgeStatus, lang: Lang): void {
  const words = statusWords[lang];
  const { records, approvals, state } = purge;
  const text = words.purgeStates[state](grouped(records));
  if (isUnfinished(purge)) page.bad(text);
  else
    page.facts([
      [
        words.purge,
        text,
        ...(approvals.needed === 0 ? [] : [words.approvalsText(approvals.given, approvals.needed)]),
      ],
    ]);
  page.gap();
}

function nextOfPurge({ state, approvals }: PurgeStatus, lang: Lang): Next {
  const words = statusWords[lang];
  return state === 'planned' && approvals.given < approvals.needed
    ? { say: words.purgeApprove, command: 'handover approve --purge' }
    : { say: words.purgeRun, command: 'handover purge run' };
}

function partyLine({ party, role, environment, events }: StatusResult, lang: Lang): string {
  const words = statusWords[lang];
  return [
    party,
    words[role],
    ...(environment === 'test' ? [words.rehearsal] : []),
    words.events(grouped(events)),
  ].join(' · ');
}

function dealFacts(deal: DealStatus, lang: Lang): readonly Fact[] {
  const words = statusWords[lang];
  const { dataset, accounting, approvals } = deal;
  const mark = (is: boolean): string => (is ? '✓' : '–');
  return [
    [words.deal, `${deal.id}  ${kindShort(deal.kind, lang)}`],
    [words.with, deal.partner],
    [
      words.signed,
      `${words.sellerSigned} ${mark(deal.signed.seller)}  ${words.buyerSigned} ${mark(deal.signed.buyer)}`,
    ],
    ...(dataset === null
      ? []
      : [
          [words.data, words.dataText(dataset.file, grouped(dataset.rows), dayOf(dataset.imported))] as const,
        ]),
    ...(accounting === null
      ? []
      : [
          [
            words.verdicts,
            VERDICTS.map(
              (verdict) => `${verdictWords[lang][verdict].short} ${grouped(accounting[verdict])}`,
            ).join(' · '),
          ] as const,
        ]),
    ...(approvals.needed === 0 || accounting === null
      ? []
      : [[words.approvals, words.approvalsText(approvals.given, approvals.needed)] as const]),
    ...(deal.bundles.length === 0
      ? []
      : [
          [
            words.bundle,
            ...deal.bundles.map(({ file, state, rows, time }) =>
              words.bundleText(file, stateWords[lang][state], grouped(rows), dayOf(time)),
            ),
          ] as const,
        ]),
    ...(deal.next === 'done' ? [[words.stands, nextWords[lang].done] as const] : []),
    ...(deal.keepUntil === null ? [] : [[words.keep, deal.keepUntil] as const]),
  ];
}

function nextOf(next: NextStep, deal: string, lang: Lang): Next {
  const { files } = statusWords[lang];
  const say = nextWords[lang][next];
  const commands: Readonly<Record<NextStep, string | null>> = {
    'trust-partner': `handover trust add ${files.card}`,
    'draft-deal': 'handover deal init',
    'sign-deal': `handover deal sign ${deal}.deal.json`,
    'await-signature': `handover deal sign ${deal}.deal.json`,
    import: `handover import ${files.customers}`,
    check: `handover check --deal ${deal}`,
    approve: `handover approve --deal ${deal}`,
    export: `handover export --deal ${deal}`,
    'await-receipt': `handover receipt accept ${deal}-1.receipt.json`,
    receive: `handover receive ${deal}-1.handover.zip`,
    extract: 'handover extract --format csv',
    done: null,
  };
  const command = commands[next];
  return command === null ? { say } : { say, command };
}

function dealJson(deal: DealStatus): Json {
  const { dataset, accounting } = deal;
  return {
    deal: deal.id,
    kind: deal.kind,
    partner: deal.partner,
    signed: { ...deal.signed },
    dataset: dataset === null ? null : { ...dataset },
    accounting: accounting === null ? null : accountingJson(accounting),
    approvals: { ...deal.approvals },
    bundles: deal.bundles.map(({ file, direction, state, rows, time }) => ({
      file,
      direction,
      state,
      rows,
      time,
    })),
    keep_until: deal.keepUntil,
    next_step: deal.next,
  };
}
