import { webcrypto } from 'node:crypto';
import type { Accounting } from '../../src/bundle/accounting.js';
import type { ReportData } from '../../src/report/audit-report.js';
import { reportHtml } from '../../src/report/audit-report-html.js';
import { grouped, percent } from '../../src/report/numbers.js';
import { PROOF_PARTS, type ProofWords, selfProof } from '../../src/report/page-proof.js';
import { reportProof } from '../../src/steps/evidence/report.js';
import { type Printed, printedIn } from '../cli/world.js';
import { Answer } from './firms.js';
import { within } from './session.js';
import { pageOf } from './proof-page.js';

/*
 * Every output that tells figures and days, held against the others. What is compared is what was printed: the documents of --json, the text
 * on the terminal, and the page with the proof that it carries.
 */

/** What a workspace says of itself in one moment. */
interface Outputs {
  readonly status: Answer;
  readonly retention: Answer;
  readonly form: Answer;
  readonly notices: Answer;
  readonly requests: Answer;
  readonly report: ReportData;
  readonly texts: Readonly<Record<'status' | 'report' | 'retention', string>>;
  readonly page: string;
}

/**
 * Where the outputs of a workspace contradict each other: nothing, if all is well.
 *
 * @param time of the clock by which they are made
 */
export async function disagreements(workspace: string, time: string): Promise<readonly string[]> {
  const outputs = await outputsOf(workspace, time);
  if (outputs === null) return [];
  const found = new Differences();
  comparePersons(outputs, found);
  compareRows(outputs, found);
  compareDays(outputs, found);
  compareOpen(outputs, found);
  compareScreens(outputs, found);
  await comparePage(outputs, found);
  return found.list;
}

/** Null for a folder that is no workspace, or one that is damaged or locked on purpose. */
async function outputsOf(workspace: string, time: string): Promise<Outputs | null> {
  const look = (...argv: readonly string[]): Promise<Printed | null> =>
    printedIn(
      { cwd: workspace, time, env: { HANDOVER_OPERATOR: '李店长' }, columns: 200 },
      ...argv,
      '--workspace',
      workspace,
    );
  const status = await look('status');
  if (status === null || (status.exit !== 0 && status.exit !== 8)) return null;
  const [report, retention, form, notices, requests] = [
    await look('audit', 'report'),
    await look('retention', 'list'),
    await look('audit', 'form'),
    await look('notice', 'list'),
    await look('request', 'list'),
  ];
  if (report === null || retention === null || form === null || notices === null || requests === null)
    throw new Error(`status tells of ${workspace}, and another command cannot`);
  const answer = ({ json }: Printed): Answer => new Answer(JSON.parse(json));
  const data = answer(report).at('report') as ReportData;
  const page = await within(workspace, time, async (session) =>
    reportHtml(data, reportProof(session), 'zh', null),
  );
  return {
    status: answer(status),
    retention: answer(retention),
    form: answer(form),
    notices: answer(notices),
    requests: answer(requests),
    report: data,
    texts: { status: status.text, report: report.text, retention: retention.text },
    page,
  };
}

class Differences {
  readonly list: string[] = [];

  /** What several outputs say of one thing. */
  same(what: string, said: Readonly<Record<string, unknown>>): void {
    const [first, ...others] = Object.values(said).map((value) => JSON.stringify(value));
    if (others.some((other) => other !== first)) this.list.push(`${what}: ${JSON.stringify(said)}`);
  }

  holds(what: string, holds: boolean): void {
    if (!holds) this.list.push(what);
  }
}

const listOf = (answer: Answer, path: string): readonly Answer[] => {
  const value = answer.at(path);
  return Array.isArray(value) ? value.map((each: unknown) => new Answer(each)) : [];
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** The digits of a form's remarks with this code, each as its numbers and days. */
function remarks(form: Answer, code: string): readonly (readonly string[])[] {
  return listOf(form, 'points').flatMap((point) =>
    listOf(point, 'evidence')
      .filter((evidence) => evidence.text('code') === code)
      .map((evidence) =>
        [...evidence.text('text').matchAll(/\d{4}-\d\d-\d\d|\d+/g)].map(([digits]) => digits),
      ),
  );
}

/** Persons who were handed over, each once, under each deal. */
function comparePersons({ status, report }: Outputs, found: Differences): void {
  for (const deal of listOf(status, 'deals')) {
    const told = report.deals.find(({ id }) => id === deal.text('deal'));
    found.same(`handover of ${deal.text('deal')}`, { status: deal.at('handover'), report: told?.handover });
    const { gone: _, ...since } = told?.since_handover ?? { gone: 0 };
    found.same(`heard since of ${deal.text('deal')}`, {
      status: deal.at('since_handover') ?? {},
      report: since,
    });
    found.same(`end of ${deal.text('deal')}`, { status: deal.at('keep_until'), report: told?.keep_until });
    found.holds(
      `${deal.text('deal')}: next step ${deal.text('next_step')} at ${told?.stage}`,
      told !== undefined && (STEPS[told.stage] ?? []).includes(deal.text('next_step')),
    );
  }
  found.same('persons who went', {
    deals: sum(report.deals.map(({ handover }) => handover.persons)),
    exposure: sum(report.exposure.tiers.map(({ transferred }) => transferred)),
  });
  for (const { id, handover, provisions } of report.deals) {
    const rows = provisions.filter(({ state }) => state !== 'began').map((provision) => provision.rows);
    found.holds(
      `${id}: ${handover.persons} persons in bundles of ${rows.join(' and ')}`,
      handover.persons <= sum(rows) && handover.persons >= Math.max(0, ...rows),
    );
    found.holds(`${id}: more confirmed than sent`, (handover.confirmed ?? 0) <= handover.persons);
  }
}

/** What comes next once all was handed over: nothing, or what hands over who is new since. */
const COMPLETE = ['done', 'settle-late', 'settle-unmatched', 'check', 'approve', 'export'];

/** What may come next at each stage of the report. */
const STEPS: Readonly<Partial<Record<ReportData['deals'][number]['stage'], readonly string[]>>> = {
  unsigned: ['sign-deal', 'await-signature', 'check', 'import'],
  'no-data': ['import'],
  unchecked: ['check'],
  unapproved: ['approve'],
  'to-ask': ['ask', 'ask-on'],
  nobody: ['nobody'],
  ready: ['export'],
  sent: ['await-receipt'],
  'partly-sent': ['await-receipt'],
  'partly-refused': ['settle-refusal', 'check'],
  'awaiting-bundle': ['receive'],
  'handed-over': COMPLETE,
  holding: ['own-notice', 'extract', 'done'],
  purged: [...COMPLETE],
  refused: ['import', 'check', 'ask', 'ask-on', 'nobody', 'approve', 'export'],
  aborted: ['aborted'],
};

/** Where the rows went, and what each bundle holds. */
function compareRows({ status, report, form }: Outputs, found: Differences): void {
  const isSeller = report.party.role === 'seller';
  for (const deal of listOf(status, 'deals')) {
    const name = deal.text('deal');
    const told = report.deals.find(({ id }) => id === name);
    const accounting = deal.at('accounting');
    if (isSeller && accounting !== null)
      found.same(`rows of ${name}`, { status: accounting, report: told?.sources.at(-1)?.accounting });
    found.same(`bundles of ${name}`, {
      status: listOf(deal, 'bundles').map((bundle) => [
        bundle.number('number'),
        bundle.text('state'),
        bundle.number('rows'),
      ]),
      report: told?.provisions.map(({ number, state, rows }) => [number, state, rows]),
    });
  }
  const judged = isSeller ? report.deals.flatMap(({ sources }) => sources.slice(-1)) : [];
  if (isSeller)
    found.same('rows judged', {
      form: remarks(form, 'CHECKED').map((digits) => digits.slice(-3).map(Number)),
      report: judged.map(({ accounting: { read, transfer, handed_over: before } }) => [
        read,
        transfer + before,
        read - transfer - before,
      ]),
    });
  const left = report.deals
    .flatMap(({ provisions }) => provisions)
    .filter(({ state }) => state !== 'began')
    .map(({ number, rows }) => [number, rows]);
  const told = [...remarks(form, 'SENT'), ...remarks(form, 'RECEIVED')];
  const pairs = (all: readonly (readonly unknown[])[]) => [...new Set(all.map(String))].sort();
  found.same('bundles of the form', {
    form: pairs(told.map((digits) => [digits[0], digits.at(-1)])),
    report: pairs(left),
  });
}

/** Until when what is kept. */
function compareDays({ status, report, retention, form }: Outputs, found: Differences): void {
  const parts = listOf(retention, 'parts');
  const isPart = ({ records, what }: ReportData['calendar'][number]): boolean =>
    records !== null && what !== 'hold' && what !== 'freeze';
  found.same('parts', {
    list: parts.map((part) => [part.at('dataset'), part.at('share'), part.at('until'), part.at('records')]),
    report: report.calendar
      .filter(isPart)
      .map(({ about, what, until, records }) => [about, what, until, records]),
  });
  const due = sum(parts.map((part) => part.number('due')));
  found.same('due', {
    list: due,
    status: status.number('retention.due'),
    report: sum(report.calendar.map((entry) => entry.due)),
    finding: report.findings.find(({ code }) => code === 'PURGE_OVERDUE')?.count ?? 0,
    form: Number(remarks(form, 'OVERDUE')[0]?.at(0) ?? 0),
  });
  const ends = parts.filter((part) => part.number('due') > 0).map((part) => String(part.at('until')));
  found.same('end of what is due', {
    list: ends.sort()[0] ?? null,
    finding: report.findings.find(({ code }) => code === 'PURGE_OVERDUE')?.due ?? null,
    form: remarks(form, 'OVERDUE')[0]?.find((digits) => digits.includes('-')) ?? null,
  });
  found.same('overdue since', {
    list: parts.flatMap((part) => part.at('overdue_since') ?? []).sort()[0] ?? null,
    status: status.at('retention.overdue_since'),
  });
  const evidence = listOf(retention, 'evidence');
  const kept = (kind: string) =>
    evidence.filter((record) => record.text('kind') === kind).map((record) => record.text('until'));
  found.same('kept records', {
    list: evidence.map((record) => [record.text('kind'), record.text('since'), record.text('until')]),
    report: report.calendar
      .filter(({ what }) => KEPT.includes(what))
      .map(({ what, from, until }) => [what, from, until]),
  });
  found.same('records of provisions', {
    list: kept('provision-record'),
    report: inOrder(report),
  });
  found.same('certificates', {
    list: kept('certificate'),
    report: report.purges.flatMap(({ certificate }) => certificate?.retain_until ?? []),
  });
  const papers = report.deals
    .filter(({ signed }) => signed.seller || signed.buyer)
    .flatMap(({ assessment, former }) => [assessment, ...former.map((version) => version.assessment)]);
  found.same('assessments', {
    list: [...new Set(kept('impact-assessment'))].sort(),
    report: [...new Set(papers.map(({ keep_until }) => keep_until))].sort(),
  });
  for (const digits of remarks(form, 'ASSESSED'))
    found.holds(
      `assessment in the form: ${digits.join(' ')}`,
      report.deals.some(({ assessment, former }) =>
        [assessment, ...former.map((version) => version.assessment)].some(
          ({ keep_until }) => keep_until === digits.at(-1),
        ),
      ),
    );
}

const KEPT: readonly string[] = ['impact-assessment', 'provision-record', 'certificate', 'incident'];

/** The ends of all provision records in the order of the bundles, which is that of their days. */
function inOrder({ deals }: ReportData): readonly string[] {
  return deals
    .flatMap(({ provisions }) => provisions)
    .filter(({ state }) => state !== 'began')
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    .map(({ keep_until }) => keep_until);
}

/** What waits for somebody. */
function compareOpen({ status, report, form, notices, requests }: Outputs, found: Differences): void {
  const open = listOf(notices, 'notices').filter((notice) => notice.text('state') !== 'completed');
  found.same('notices that are open', {
    list: [open.length, notices.number('overdue')],
    status: [status.number('notices.open'), status.number('notices.overdue')],
  });
  found.same('whom to tell', { list: notices.at('pending'), status: status.at('pending_notices') });
  found.same('what is heard since', {
    list: listOf(notices, 'since_handover').map((since) => [since.text('deal'), ...sinceOf(since)]),
    status: listOf(status, 'deals').flatMap((deal) => {
      if (deal.at('since_handover') === null) return [];
      const since = sinceOf(new Answer(deal.at('since_handover')));
      return since.every((each) => each === 0 || each === false) ? [] : [[deal.text('deal'), ...since]];
    }),
  });
  found.same('requests that are open', {
    list: listOf(requests, 'requests').length,
    status: status.number('requests.open'),
  });
  found.same('requests', {
    status: [status.number('requests.open'), status.number('requests.overdue')],
    report: [report.requests.open, report.requests.overdue],
  });
  found.same('notices', {
    status: status.number('notices.open'),
    report: report.notices.filter(({ completed }) => completed === null).length,
  });
  found.same('to be told', {
    status: sum(listOf(status, 'pending_notices').map((pending) => pending.number('persons'))),
    report: sum(
      report.findings.filter(({ code }) => code === 'NOTICE_PENDING').map(({ count }) => count ?? 0),
    ),
  });
  found.same('purged', {
    status: listOf(status, 'purged').map((purge) => purge.number('records')),
    report: report.purges.filter(({ certificate }) => certificate !== null).map(({ records }) => records),
  });
  found.same('files in the clear', {
    form: Number(remarks(form, 'CLEAR_COPIES')[0]?.at(0) ?? 0),
    report: report.findings.find(({ code }) => code === 'FILES_IN_CLEAR')?.count ?? 0,
  });
  found.same('awaited receipts', {
    status: listOf(status, 'deals').map(
      (deal) => listOf(deal, 'bundles').filter((bundle) => bundle.text('state') === 'exported').length,
    ),
    report: report.deals.map(
      ({ id }) =>
        report.findings.filter(({ code, deal }) => code === 'RECEIPT_AWAITED' && deal === id).length,
    ),
  });
}

function sinceOf(since: Answer): readonly unknown[] {
  return [since.at('unclear'), since.at('unmatched'), since.at('unheard')];
}

/** The numbers on the terminal are those of the documents. */
function compareScreens({ status, report, texts }: Outputs, found: Differences): void {
  const shows = (screen: keyof Outputs['texts'], what: string, text: string): void =>
    found.holds(`${screen} does not show ${what}: ${text}`, texts[screen].includes(text));
  for (const deal of listOf(status, 'deals')) {
    const keep = deal.at('keep_until');
    if (typeof keep === 'string') shows('status', 'until when', keep);
    if (deal.text('next_step') === 'await-receipt') {
      if (listOf(status, 'deals').length === 1)
        found.holds('status says complete', !texts.status.includes('The handover is complete.'));
      const awaited = listOf(deal, 'bundles').find((bundle) => bundle.text('state') === 'exported');
      const file = `${deal.text('deal')}-${awaited?.number('number')}.receipt.html`;
      shows('status', 'the receipt', file);
      shows('report', 'the receipt', file);
    }
    if (listOf(deal, 'bundles').length > 1)
      shows('status', 'persons', `${grouped(deal.number('handover.persons'))} customer`);
  }
  for (const { stage, handover, sources } of report.deals) {
    const source = sources.at(-1);
    if (source !== undefined && report.party.role === 'seller')
      shows('report', 'coverage', coverageText(source.accounting));
    if (stage === 'sent' || stage.startsWith('partly-'))
      shows('report', 'persons', `${grouped(handover.persons)} customer`);
    if (stage === 'handed-over' || stage === 'holding')
      shows('report', 'persons', `${grouped(handover.confirmed ?? 0)} customer`);
  }
  for (const { until } of report.calendar) if (until !== null) shows('retention', 'a day', until);
}

function coverageText({ transfer, read, blank, replaced }: Accounting): string {
  return percent(transfer, read - blank - replaced);
}

/** The page says what its own proof says, and gives one share for the same persons. */
async function comparePage({ report, page }: Outputs, found: Differences): Promise<void> {
  if (!report.log.intact) return;
  const proof = pageOf(page);
  const whole = { page: proof, is: () => true, looksAs: () => true, alarm: () => undefined };
  await selfProof(webcrypto.subtle, WORDS, PROOF_PARTS, whole);
  const lines = proof.getElementById('proof-lines')?.textContent ?? '';
  // Made without the keys, because some of these workspaces are locked.
  for (const line of lines.split('\n'))
    found.holds(`page: ${line}`, !line.startsWith('✗') || line === '✗ pageUnsigned');
  if (report.deals.length !== 1) return;
  const [deal] = report.deals;
  const source = deal?.sources.at(-1);
  if (source === undefined) return;
  const share = coverageText(source.accounting);
  const shares = [
    ...page.matchAll(
      /<rect class="transfer" width="16" height="12"\/><\/svg>[^<]*<\/th><td class="n">(?:<span[^>]*>)?[\d,]+(?:<\/span>)?<\/td><td class="n soft">([^<]*)</g,
    ),
  ];
  found.same('share on page one', { tile: share, table: unescaped(shares[0]?.[1] ?? '') });
}

function unescaped(text: string): string {
  return text.replaceAll('&#60;', '<').replaceAll('&#62;', '>');
}

/** The names of the sentences in their places. */
const WORDS: ProofWords = {
  good: 'good',
  partly: 'partly',
  bad: 'bad',
  events: 'events',
  rootBad: 'rootBad',
  sequence: 'sequence',
  signatureGood: 'signatureGood',
  signatureBad: 'signatureBad',
  signatureSkipped: 'signatureSkipped',
  noCrypto: 'noCrypto',
  dataBad: 'dataBad',
  fingerprintGood: 'fingerprintGood',
  fingerprintBad: 'fingerprintBad',
  figuresGood: 'figuresGood {0}',
  figuresBad: 'figuresBad {0}',
  figuresMissing: 'figuresMissing {0}',
  unsigned: 'unsigned {0}',
  pageGood: 'pageGood',
  pageBad: 'pageBad',
  pageUnsigned: 'pageUnsigned',
};
