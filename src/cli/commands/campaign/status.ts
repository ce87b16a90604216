import { type Channel, CHANNELS, channelWords } from '../../../messages/channels.js';
import type { Lang } from '../../../messages/lang.js';
import { campaignWords } from '../../../messages/screens/campaign.js';
import { grouped } from '../../../report/numbers.js';
import { type CampaignCounts, type CampaignState, campaignState } from '../../../steps/campaign/status.js';
import { type ConsentRecordsFile, writeConsentRecords } from '../../../steps/campaign/receipts.js';
import { EVIDENCE_GRADES, type EvidenceGrade } from '../../../campaign/grades.js';
import type { Fact, Listing, Screen } from '../../../report/screen.js';
import { findDeal } from '../../../steps/deal/deal.js';
import { withSession } from '../../../steps/session/session.js';
import type { Next, Run } from '../../context.js';

/** `handover campaign status`: who was asked, what came back, and what may be done next. */
export const run: Run<'campaign status'> = async (context, { options }) => {
  const { lang } = context;
  const words = campaignWords[lang];
  const path = options.jsonld === undefined ? null : context.path(options.jsonld);
  const { state, records } = await withSession(
    context.workspaceFolder(),
    context.runtime,
    async (session) => {
      const deal = findDeal(session, options.deal ?? null);
      const { force } = options;
      return {
        state: await campaignState(session, deal),
        records: path === null ? null : await writeConsentRecords(session, deal, { path, force }),
      };
    },
  );
  return {
    json: {
      ...stateJson(state),
      records: records === null ? null : { ...records, grades: { ...records.grades } },
    },
    screen: (screen) => {
      if (records !== null) screen.good(words.records(grouped(records.persons), context.shown(records.path)));
      if (records !== null && Object.keys(records.grades).length > 0)
        screen.facts([[words.grades, gradesText(records.grades, lang)]]).gap();
      if (state.all.asked === 0) return void screen.say(words.nobodyAsked);
      drawCounts(screen, state, lang);
      screen.gap().facts(openFacts(state, lang));
    },
    next: nextSteps(state, lang),
  };
};

/** Channels by which anybody was asked. */
function usedChannels({ byChannel }: CampaignState): readonly Channel[] {
  return CHANNELS.filter((channel) => byChannel[channel] !== undefined);
}

/** Channels by which somebody would be asked next. */
function channelsLeft({ nextChannel }: CampaignState): readonly Channel[] {
  return CHANNELS.filter((channel) => (nextChannel[channel] ?? 0) > 0);
}

function nextSteps(state: CampaignState, lang: Lang): readonly Next[] {
  const words = campaignWords[lang];
  const { terms, all, mayRemind, objection } = state;
  const batch = `handover campaign batch --deal ${terms.id} --channel`;
  const [first = 'sms'] = usedChannels(state);
  return [
    ...(all.asked === 0 ? [{ say: words.batchNext, command: `${batch} sms` }] : []),
    ...channelsLeft(state).map((channel) => ({ say: words.phoneNext, command: `${batch} ${channel}` })),
    ...(mayRemind > 0 ? [{ say: words.remindNext, command: `${batch} ${first} --remind` }] : []),
    ...((objection?.open ?? 0) > 0
      ? [{ say: words.objectionNext, command: `handover check --deal ${terms.id} --list ask` }]
      : []),
    ...(all.agreed + all.refused > 0
      ? [{ say: words.recheck, command: `handover check --deal ${terms.id}` }]
      : []),
  ];
}

function stateJson(state: CampaignState) {
  const { terms, all, byChannel, byDay, objection } = state;
  return {
    deal: terms.id,
    text: state.text,
    all: { ...all },
    by_channel: Object.fromEntries(
      usedChannels(state).map((channel) => [channel, { ...(byChannel[channel] ?? all) }]),
    ),
    by_day: byDay.map((day) => ({ ...day })),
    may_remind: state.mayRemind,
    silent_twice: state.silentTwice,
    next_channel: { ...state.nextChannel },
    objection:
      objection === null
        ? null
        : {
            open: objection.open,
            last: objection.last,
            by_day: objection.byDay.map((day) => ({ ...day })),
          },
  };
}

/** Who was asked and what they said, by channel and by day. */
function drawCounts(screen: Screen, state: CampaignState, lang: Lang): void {
  const words = campaignWords[lang];
  const { all, byChannel, byDay } = state;
  const row = (label: string, counts: CampaignCounts) => [
    label,
    ...COLUMNS.map((column) => grouped(counts[column])),
  ];
  screen.table(
    [{ title: words.byChannel }, ...COLUMNS.map((column) => ({ title: titles(words)[column], right: true }))],
    [
      ...usedChannels(state).map((channel) => row(channelWords[lang][channel], byChannel[channel] ?? all)),
      row(words.person, all),
    ],
  );
  screen.gap().table(
    [{ title: words.byDay }, { title: words.asked, right: true }, { title: words.answers, right: true }],
    byDay.map(({ day, asked, answers }) => [day, grouped(asked), grouped(answers)]),
  );
}

/** Who may still be asked, and until when customers may object. */
function openFacts(state: CampaignState, lang: Lang): readonly Fact[] {
  const words = campaignWords[lang];
  const { mayRemind, silentTwice, nextChannel, objection } = state;
  return [
    ...(mayRemind > 0 ? [[words.mayRemind, grouped(mayRemind)] as const] : []),
    ...(silentTwice > 0 ? [[words.silentTwice, grouped(silentTwice)] as const] : []),
    ...channelsLeft(state).map(
      (channel) =>
        [words.next, `${channelWords[lang][channel]}  ${grouped(nextChannel[channel] ?? 0)}`] as const,
    ),
    ...(objection === null
      ? []
      : [
          [
            words.objection,
            objection.last === null
              ? words.objectionOver
              : words.objectionText(grouped(objection.open), objection.last),
          ] as const,
          ...objection.byDay.map(
            ({ until, persons }) => ['', words.objectionDay(until, grouped(persons))] as const,
          ),
        ]),
  ];
}

/** How good the evidence is of those who agreed, the best first. */
function gradesText(grades: ConsentRecordsFile['grades'], lang: Lang): Listing {
  const names: Readonly<Record<EvidenceGrade, string>> = campaignWords[lang].gradeNames;
  const items = EVIDENCE_GRADES.flatMap((grade) => {
    const count = grades[grade];
    return count === undefined ? [] : [`${names[grade]} ${grouped(count)}`];
  });
  return { items, between: ' · ' };
}

const COLUMNS = ['asked', 'delivered', 'agreed', 'refused', 'silent', 'unreached'] as const;

function titles(words: (typeof campaignWords)[Lang]): Readonly<Record<(typeof COLUMNS)[number], string>> {
  const { asked, delivered, agreed, refused, silent, unreachable } = words;
  return { asked, delivered, agreed, refused, silent, unreached: unreachable };
}
