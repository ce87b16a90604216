import { describe, expect, test } from 'vitest';
import type { CalendarDate, Duration, Instant } from '../../src/base/time.js';
import type { FieldName } from '../../src/dataset/fields.js';
import type { Terms } from '../../src/deal/terms.js';
import { HandoverError } from '../../src/messages/error.js';
import type { ReasonCode } from '../../src/messages/reasons.js';
import type { ConsentEvent } from '../../src/policy/consent.js';
import { compileJudge } from '../../src/policy/judge.js';
import { REASONS, reasonSet, reasonsOf } from '../../src/policy/reasons.js';
import { stayings } from '../../src/policy/stays.js';
import { checkedRecord, verdictCode, verdictOf } from '../../src/policy/verdict.js';
import { sampleTerms } from '../deal/terms-sample.js';
import { BUYER, type Cells, COLUMNS, event, GOOD, GUARDIAN, judged, NOW, recordOf } from './setup.js';

const at = (text: string) => text as Instant;
const date = (text: string) => text as CalendarDate;

describe('packs', () => {
  const under = (
    pack: string,
    columns: readonly FieldName[],
    change: (terms: Terms) => void = () => undefined,
  ) => {
    const terms = sampleTerms((t) => {
      Object.assign(t.policy, { pack, version: '2026-11' });
      t.resources[0]?.fields.push({
        name: 'id_no',
        class: 'sensitive',
        purpose: 'service',
        action: 'keep',
        necessity: '劳务合同备案要登记身份证号',
      });
      change(t);
    });
    const judge = compileJudge({ terms, columns, now: NOW });
    const { reasonSet: set, stays } = judge(
      recordOf({ ...GOOD, id_no: '11010519491231002X' }, columns),
      undefined,
    );
    return { reasons: reasonsOf(set).map(({ code }) => code), stays: stayings(stays, terms) };
  };
  const untold = COLUMNS.filter((name) => name !== 'notice_delivered_at');

  test('a file that says of nobody when the notice arrived asks, unless both parties signed why not', () => {
    expect(under('cn-pipl', untold).reasons).toEqual(['NOTICE_MISSING']);
    const signed = (terms: Terms) =>
      Object.assign(terms.notice, { taken_as_delivered: '挂号信逐户寄出，有存根' });
    expect(under('cn-pipl', untold, signed).reasons).toEqual([]);
    // Where the file has the column, a blank in it stays a blank.
    expect(under('cn-pipl', COLUMNS, signed).reasons).toEqual([]);
    const judge = compileJudge({ terms: sampleTerms(), columns: untold, now: NOW });
    expect(judge(recordOf(GOOD, untold), undefined).reasonSet).toBe(0);
  });

  test('an identity number is sensitive by one standard and not by the other, unless the deal says so', () => {
    expect(under('cn-pipl', COLUMNS).stays).toEqual(['identity']);
    expect(under('cn-pipl-45574', COLUMNS).stays).toEqual(['identity']);
    const asPrivate = (terms: Terms) => {
      for (const field of terms.resources[0]?.fields ?? [])
        if (field.name === 'id_no') field.class = 'private';
    };
    expect(under('cn-pipl', COLUMNS, asPrivate).stays).toEqual(['identity']);
    expect(under('cn-pipl-45574', COLUMNS, asPrivate).stays).toEqual([]);
  });

  test('with customers in the European Union a guardian agrees up to sixteen', () => {
    const terms = (pack: string) => sampleTerms((t) => Object.assign(t.policy, { pack, version: '2026-11' }));
    const fifteen = recordOf({ ...GOOD, age: '15' });
    const masks = ['cn-pipl', 'eu-gdpr'].map(
      (pack) =>
        compileJudge({ terms: terms(pack), columns: COLUMNS, now: NOW })(fifteen, undefined).reasonSet,
    );
    expect(masks).toEqual([0, reasonSet('GUARDIAN_MISSING')]);
  });
});

describe('an asset sale, from the columns of the file', () => {
  test.each<[string, Cells, readonly ReasonCode[]]>([
    ['everything in order', {}, []],
    ['no customer number', { customer_no: '' }, ['SUBJECT_MISSING']],
    ['renewed is a yes', { consent_status: 'renewed' }, []],
    ['the recipient with spaces around it', { consent_recipient: ` ${BUYER} ` }, []],
    ['the purpose by id', { consent_purpose: 'Service' }, []],
    ['the purpose in English', { consent_purpose: 'To go on providing home services' }, []],
    ['one of several purposes', { consent_purpose: '短信营销、继续提供家政服务' }, []],
    ['another recipient', { consent_recipient: '上海丙家政服务有限公司' }, ['CONSENT_OTHER_RECIPIENT']],
    ['a part of the name is not the name', { consent_recipient: '上海乙家政' }, ['CONSENT_OTHER_RECIPIENT']],
    ['third parties are nobody in particular', { consent_recipient: '第三方' }, ['CONSENT_OTHER_RECIPIENT']],
    ['no recipient', { consent_recipient: '' }, ['CONSENT_NO_RECIPIENT']],
    ['another purpose', { consent_purpose: '短信营销' }, ['CONSENT_OTHER_PURPOSE']],
    ['all purposes is no purpose', { consent_purpose: '全部用途' }, ['CONSENT_OTHER_PURPOSE']],
    ['no evidence', { consent_evidence: '' }, ['CONSENT_NO_EVIDENCE']],
    ['implied', { consent_status: 'implied' }, ['CONSENT_NOT_EXPLICIT']],
    ['by default', { consent_method: 'default' }, ['CONSENT_NOT_EXPLICIT']],
    ['pre-ticked', { consent_method: 'pre-ticked' }, ['CONSENT_NOT_EXPLICIT']],
    ['silence', { consent_method: 'no-response' }, ['CONSENT_NOT_EXPLICIT']],
    [
      'verbal without record',
      { consent_method: 'verbal', consent_evidence: '' },
      ['CONSENT_NOT_EXPLICIT', 'CONSENT_NO_EVIDENCE'],
    ],
    ['verbal with record', { consent_method: 'verbal' }, []],
    [
      'only spoken',
      { consent_status: 'verbal', consent_method: '', consent_evidence: '' },
      ['CONSENT_NOT_EXPLICIT', 'CONSENT_NO_EVIDENCE'],
    ],
    ['spoken and recorded', { consent_status: 'verbal', consent_method: 'phone-recording' }, []],
    ['no time', { consent_at: '' }, ['CONSENT_UNDATED']],
    ['a time in the future', { consent_at: '2026-11-23T04:00:01Z' }, ['CONSENT_IN_FUTURE']],
    ['this very second', { consent_at: NOW }, []],
    [
      'before this deal was announced',
      { consent_at: '2026-10-19T15:59:59Z', notice_delivered_at: '2026-10-19T15:59:59Z' },
      ['CONSENT_BEFORE_NOTICE'],
    ],
    [
      'on the day of the notice, in Shanghai',
      { consent_at: '2026-10-19T16:00:00Z', notice_delivered_at: '2026-10-19T16:00:00Z' },
      [],
    ],
    ['nobody knows when the notice arrived', { notice_delivered_at: '' }, ['NOTICE_MISSING']],
    [
      'no delivery, but the consent names the text',
      { notice_delivered_at: '', consent_notice: sampleTerms().notice.sha256 },
      [],
    ],
    ['before the notice arrived', { consent_at: '2026-10-21T01:59:59Z' }, ['CONSENT_BEFORE_NOTICE']],
    ['not valid any more', { consent_valid_until: '2026-11-22' }, ['CONSENT_EXPIRED']],
    ['valid until today', { consent_valid_until: '2026-11-23' }, []],
    ['expired', { consent_status: 'expired' }, ['CONSENT_EXPIRED']],
    ['refused', { consent_status: 'refused' }, ['CONSENT_REFUSED']],
    [
      'refused with nothing else',
      { consent_status: 'refused', consent_recipient: '', consent_purpose: '', consent_at: '' },
      ['CONSENT_REFUSED'],
    ],
    ['withdrawn', { consent_status: 'withdrawn' }, ['CONSENT_WITHDRAWN']],
    [
      'withdrawn from a part of the name',
      { consent_status: 'withdrawn', consent_recipient: '上海乙家政' },
      ['CONSENT_WITHDRAWN'],
    ],
    [
      'withdrawn for a purpose in other words',
      { consent_status: 'withdrawn', consent_purpose: '所有用途' },
      ['CONSENT_WITHDRAWN'],
    ],
    [
      'refused to somebody else',
      { consent_status: 'refused', consent_recipient: '上海丙家政服务有限公司' },
      ['CONSENT_MISSING'],
    ],
    ['no reply', { consent_status: 'no-reply' }, ['CONSENT_PENDING']],
    ['asked', { consent_status: 'requested', consent_at: '', consent_evidence: '' }, ['CONSENT_PENDING']],
    ['will think about it', { consent_status: 'deferred' }, ['CONSENT_PENDING']],
    ['unknown', { consent_status: 'unknown' }, ['CONSENT_UNKNOWN']],
    ['a time without a status', { consent_status: '' }, ['CONSENT_UNKNOWN']],
    [
      'nothing at all',
      { consent_status: '', consent_at: '', consent_method: '', consent_evidence: '' },
      ['CONSENT_MISSING'],
    ],
    ['objected after agreeing', { objection_at: '2026-11-02T00:00:00Z' }, ['OBJECTION']],
    ['withdrawn after agreeing', { withdrawn_at: '2026-11-02T00:00:00Z' }, ['CONSENT_WITHDRAWN']],
    ['opted out after agreeing', { cancelled_at: '2026-11-02T00:00:00Z' }, ['CONSENT_WITHDRAWN']],
    ['agreed after opting out', { cancelled_at: '2026-10-30T00:00:00Z', withdrawn_at: '' }, []],
    [
      'withdrawn on the day of the consent, at no time',
      { withdrawn_at: '2026-10-31T16:00:00Z' },
      ['CONSENT_WITHDRAWN'],
    ],
    ['agreed after objecting', { objection_at: '2026-10-30T00:00:00Z' }, []],
    ['objected and agreed at once', { objection_at: '2026-11-01T02:00:00Z' }, ['OBJECTION']],
    ['kept until yesterday', { retain_until: '2026-11-22' }, ['RETENTION_OVER']],
    ['kept until today', { retain_until: '2026-11-23' }, []],
    ['not seen for three years and a day', { last_service_at: '2023-11-22' }, ['RETENTION_OVER']],
    ['not seen for three years', { last_service_at: '2023-11-23' }, []],
    ['nobody knows when last seen', { last_service_at: '' }, ['ACTIVITY_UNKNOWN']],
    ['asked to be erased', { erasure_requested_at: '2026-01-01T00:00:00Z' }, ['ERASURE_REQUESTED']],
    ['fourteen on the day of the consent', { birth_date: '2012-11-01' }, []],
    ['fourteen the day after', { birth_date: '2012-11-02' }, ['GUARDIAN_MISSING']],
    ['thirteen when agreeing, fourteen now', { birth_date: '2012-11-23' }, ['GUARDIAN_MISSING']],
    ['thirteen when agreeing, with a guardian', { ...GUARDIAN, birth_date: '2012-11-23' }, []],
    ['fourteen tomorrow', { birth_date: '2012-11-24' }, ['GUARDIAN_MISSING']],
    ['an adult who has a guardian, by the role', { subject_role: '被监护人' }, ['GUARDIAN_MISSING']],
    ['an adult who has a guardian, who agreed', { ...GUARDIAN, subject_role: '无民事行为能力人' }, []],
    [
      'nobody is the own guardian',
      { ...GUARDIAN, birth_date: '2018-01-01', guardian_name: '张三' },
      ['GUARDIAN_MISSING'],
    ],
    [
      'a guardian who is named says no, of whatever age',
      { ...GUARDIAN, guardian_consent: 'refused' },
      ['CONSENT_REFUSED'],
    ],
    ['a no for a guardian whom nobody names', { guardian_consent: 'refused' }, []],
    [
      'a guardian says no, for the contract of one of fifteen',
      { ...GUARDIAN, guardian_consent: 'refused', birth_date: '2011-01-01' },
      [],
    ],
    [
      "a mother's signature proves a guardian's consent",
      { ...GUARDIAN, birth_date: '2018-01-01', guardian_consent_evidence: '母亲签字的同意书' },
      [],
    ],
    ["and nobody else's", { consent_evidence: '母亲签字的同意书' }, ['CONSENT_NO_EVIDENCE']],
    ['a message of the husband', { consent_evidence: '丈夫微信截图' }, ['CONSENT_NO_EVIDENCE']],
    ['spoken, and recorded', { consent_evidence: '口头同意，有通话录音' }, []],
    ['spoken, and not recorded', { consent_evidence: '口头同意，没有录音' }, ['CONSENT_NO_EVIDENCE']],
    ['a customer who has died, by the state', { contract_status: '客户已去世' }, ['CONSENT_UNKNOWN']],
    ['beside the name', { name: '张三（已故）' }, ['CONSENT_UNKNOWN']],
    ['in a remark', { notes: '客户去年病故，女儿来退卡' }, ['CONSENT_UNKNOWN']],
    ['somebody of the household has died', { notes: '老伴去年去世，一个人住' }, []],
    ['a child with a guardian', { ...GUARDIAN, birth_date: '2018-01-01' }, []],
    [
      'a cell that says yes for a guardian',
      { birth_date: '2018-01-01', guardian_consent: 'given' },
      ['GUARDIAN_MISSING'],
    ],
    ...(
      ['guardian_name', 'guardian_relation', 'guardian_consent_at', 'guardian_consent_evidence'] as const
    ).map((name): [string, Cells, readonly ReasonCode[]] => [
      `a guardian without ${name}`,
      { ...GUARDIAN, birth_date: '2018-01-01', [name]: '' },
      ['GUARDIAN_MISSING'],
    ]),
    ['a blank method is not explicit', { consent_method: '' }, ['CONSENT_NOT_EXPLICIT']],
    ...['口头', '聊天记录已删除', '老板代签', '客户妻子说可以', '有', '√', '1', '待补'].map(
      (evidence): [string, Cells, readonly ReasonCode[]] => [
        `${evidence} is no evidence`,
        { consent_evidence: evidence },
        ['CONSENT_NO_EVIDENCE'],
      ],
    ),
    ...['签字同意书', '录音 2026-10-21', 'DX-000123', '微信截图3', '20261101_01', '纸质授权书第12页'].map(
      (evidence): [string, Cells, readonly ReasonCode[]] => [
        `${evidence} is evidence`,
        { consent_evidence: evidence },
        [],
      ],
    ),
    [
      'the text of this notice, by its beginning',
      { consent_notice: sampleTerms().notice.sha256.slice(0, 12) },
      [],
    ],
    ['the text of this notice, by its day', { consent_notice: '2026年10月20日' }, []],
    ['an older text of the notice', { consent_notice: '2025年3月版' }, ['CONSENT_OTHER_NOTICE']],
    ['another text by digest', { consent_notice: 'a'.repeat(64) }, ['CONSENT_OTHER_NOTICE']],
    [
      'a child whose guardian refuses',
      { birth_date: '2018-01-01', guardian_consent: 'refused' },
      ['CONSENT_REFUSED'],
    ],
    ['a child by ID number', { id_no: '310101201801010017' }, ['GUARDIAN_MISSING']],
    ['fourteen on the day of the consent, by ID number', { id_no: '310101201211010017' }, []],
    ['fourteen the day after, by ID number', { id_no: '310101201211020017' }, ['GUARDIAN_MISSING']],
    ['an adult by ID number', { id_no: '310101199001010017' }, []],
    ['an old ID number, last issued in 1999', { id_no: '310101991231001' }, []],
    ['a child by age', { age: '13' }, ['GUARDIAN_MISSING']],
    ['a child by the name', { name: '王小朋友' }, ['GUARDIAN_MISSING']],
    ['a child by years beside the name', { name: '李乐乐（9岁）' }, ['GUARDIAN_MISSING']],
    ['a child by years in words', { name: '李乐乐十二岁' }, ['GUARDIAN_MISSING']],
    ['a child by months', { name: '果果 8个月大' }, ['GUARDIAN_MISSING']],
    ['a child by the role', { subject_role: '幼儿' }, ['GUARDIAN_MISSING']],
    ['a child in English', { name: 'Tom (toddler)' }, ['GUARDIAN_MISSING']],
    ['fourteen by years beside the name', { name: '李乐乐（14岁）' }, []],
    ['a parent who is called by the child', { name: '乐乐妈妈（3岁）' }, []],
    ['a name like a word, of an adult by date', { name: '王宝宝', birth_date: '1980-01-01' }, []],
    ['the one who pays, by role', { subject_role: '雇主' }, []],
    ['somebody cared for, with the yes of another', { subject_role: '服务对象' }, ['CONSENT_MISSING']],
    ['a relative, with the yes of another', { subject_role: '家庭成员' }, ['CONSENT_MISSING']],
    ['somebody who works for the firm', { subject_role: '家政服务人员' }, ['CONSENT_MISSING']],
    [
      'somebody cared for who agreed',
      {
        subject_role: '老人',
        care_consent: 'given',
        care_consent_at: '2026-11-02T00:00:00Z',
        care_consent_evidence: 'CARE-1',
      },
      [],
    ],
    ['somebody small', { name: '小王' }, []],
    ['fourteen by age', { age: '14' }, []],
    ['sessions left, contract not asked: they stay, and the person goes', { remaining_sessions: '3' }, []],
    ['sessions left, contract refused', { remaining_sessions: '3', contract_consent: 'refused' }, []],
    ['no sessions left', { remaining_sessions: '0' }, []],
    ['a balance that does not leave', { prepaid_balance: '100.00' }, []],
    [
      'several reasons at once',
      { retain_until: '2020-01-01', consent_evidence: '', consent_recipient: '' },
      ['RETENTION_OVER', 'CONSENT_NO_EVIDENCE', 'CONSENT_NO_RECIPIENT'],
    ],
  ])('%s', (_, change, expected) => {
    expect(judged({ ...GOOD, ...change })).toEqual(expected);
  });

  test('a consent lapses when the deal says so', () => {
    const limited = (valid: string) =>
      judged(GOOD, undefined, (t) => Object.assign(t.notice, { consent_valid: valid as Duration }));
    // Agreed on 2026-11-01, Shanghai; today is 2026-11-23.
    expect(limited('P22D')).toEqual([]);
    expect(limited('P21D')).toEqual(['CONSENT_EXPIRED']);
  });

  test('a person goes for the purposes agreed to, and the fields of the others stay', () => {
    const twoPurposes = (purpose: string, more: Cells = {}, carrier = 'service') => {
      const terms = sampleTerms((t) => {
        t.purposes.push({ id: 'care', zh: '健康照护', en: 'care' }, { id: 'ads', zh: '营销', en: 'ads' });
        for (const field of t.resources[0]?.fields ?? [])
          if (field.name === 'frequency' || (field.name === 'customer_no' && carrier === 'care'))
            field.purpose = 'care';
      });
      const { reasonSet: set, stays } = compileJudge({ terms, columns: COLUMNS, now: NOW })(
        recordOf({ ...GOOD, consent_purpose: purpose, ...more }),
        undefined,
      );
      return [...reasonsOf(set).map(({ code }) => code), ...stayings(stays, terms)];
    };
    expect(twoPurposes('service')).toEqual(['purpose:care']);
    expect(twoPurposes('care')).toEqual(['CONSENT_OTHER_PURPOSE']);
    expect(twoPurposes('care', {}, 'care')).toEqual(['purpose:service']);
    expect(twoPurposes('service, care')).toEqual([]);
    expect(twoPurposes('健康照护;继续提供家政服务')).toEqual([]);
    // A no to one purpose keeps its fields; a no to all keeps the person.
    const no = { consent_status: 'refused' };
    expect(twoPurposes('care', no)).toEqual(['CONSENT_MISSING']);
    expect(twoPurposes('service', no)).toEqual(['CONSENT_REFUSED']);
    expect(twoPurposes('', no)).toEqual(['CONSENT_REFUSED']);
  });

  test('where no number carries the row, one good purpose carries it, and without one nobody goes', () => {
    const numberless = (purpose: string, more: Cells = {}) => {
      const terms = sampleTerms((t) => {
        t.purposes.push({ id: 'care', zh: '健康照护', en: 'care' });
        const [resource] = t.resources;
        if (resource === undefined) throw new Error('no resource');
        resource.fields = resource.fields.filter(({ name }) => name !== 'customer_no');
        for (const field of resource.fields) if (field.name === 'frequency') field.purpose = 'care';
      });
      const { reasonSet: set, stays } = compileJudge({ terms, columns: COLUMNS, now: NOW })(
        recordOf({ ...GOOD, consent_purpose: purpose, ...more }),
        undefined,
      );
      return [...reasonsOf(set).map(({ code }) => code), ...stayings(stays, terms)];
    };
    expect(numberless('service')).toEqual(['purpose:care']);
    expect(numberless('care')).toEqual(['purpose:service']);
    expect(numberless('service, care')).toEqual([]);
    expect(numberless('短信营销')).toEqual(['CONSENT_OTHER_PURPOSE']);
    expect(numberless('care', { consent_status: 'refused' })).toEqual(['CONSENT_MISSING']);
  });

  test('the file may lack columns', () => {
    const judge = compileJudge({ terms: sampleTerms(), columns: ['customer_no'], now: NOW });
    const { reasonSet: set } = judge(recordOf({ customer_no: 'C1' }, ['customer_no']), undefined);
    expect(set).toBe(reasonSet('ACTIVITY_UNKNOWN', 'CONSENT_MISSING'));
  });
});

describe('the ledger beside the columns: the later event wins', () => {
  const later = at('2026-11-10T00:00:00Z');
  const earlier = at('2026-10-25T00:00:00Z');
  const same = at('2026-11-01T02:00:00Z');
  const none: Cells = {
    ...GOOD,
    consent_status: '',
    consent_at: '',
    consent_method: '',
    consent_evidence: '',
  };

  test.each<[string, Cells, readonly ConsentEvent[], readonly ReasonCode[]]>([
    ['a yes in the ledger alone', none, [event({})], []],
    ['a later withdrawal', GOOD, [event({ state: 'withdrawn', at: later })], ['CONSENT_WITHDRAWN']],
    ['an earlier withdrawal', GOOD, [event({ state: 'withdrawn', at: earlier })], []],
    ['a withdrawal at the same time', GOOD, [event({ state: 'withdrawn', at: same })], ['CONSENT_WITHDRAWN']],
    ['a withdrawal without time', GOOD, [event({ state: 'withdrawn', at: '' })], ['CONSENT_WITHDRAWN']],
    [
      'a withdrawal from everybody',
      GOOD,
      [event({ state: 'withdrawn', at: later, recipient: '所有第三方', purpose: '' })],
      ['CONSENT_WITHDRAWN'],
    ],
    [
      'a withdrawal from somebody else',
      GOOD,
      [event({ state: 'withdrawn', at: later, recipient: '北京丙家政' })],
      [],
    ],
    [
      'withdrawn, then agreed again',
      none,
      [event({ state: 'withdrawn', at: earlier }), event({ at: later })],
      [],
    ],
    [
      'the same in another order',
      none,
      [event({ at: later }), event({ state: 'withdrawn', at: earlier })],
      [],
    ],
    [
      'a no is not undone by silence',
      none,
      [event({ state: 'refused', at: earlier }), event({ at: later, method: 'no-response' })],
      ['CONSENT_REFUSED'],
    ],
    [
      'a no is not undone by a yes without evidence',
      none,
      [event({ state: 'refused', at: earlier }), event({ at: later, evidence: '' })],
      ['CONSENT_REFUSED'],
    ],
    [
      'a no is not undone by asking again',
      none,
      [event({ state: 'refused', at: earlier }), event({ state: 'requested', at: later })],
      ['CONSENT_REFUSED'],
    ],
    [
      'a no is not undone by a yes in the future',
      none,
      [event({ state: 'refused', at: earlier }), event({ at: at('2027-01-01T00:00:00Z') })],
      ['CONSENT_REFUSED'],
    ],
    ['a yes is not undone by a reminder', GOOD, [event({ state: 'requested', at: later })], []],
    ['a good yes stands beside a later poor one', GOOD, [event({ at: later, evidence: '' })], []],
    ['ended later', GOOD, [event({ state: 'expired', at: later })], ['CONSENT_EXPIRED']],
    ['ended earlier', GOOD, [event({ state: 'expired', at: earlier })], []],
    ['to another text', none, [event({ notice: 'f'.repeat(64) })], ['CONSENT_OTHER_NOTICE']],
    ['to this text', none, [event({ notice: sampleTerms().notice.sha256 })], []],
    [
      'the nearest yes speaks',
      none,
      [event({ recipient: '北京丙家政', at: later }), event({ evidence: '', at: earlier })],
      ['CONSENT_NO_EVIDENCE'],
    ],
    ['the card digest names the buyer', none, [event({ recipient: sampleTerms().buyer.card })], []],
  ])('%s', (_, cells, ledger, expected) => {
    expect(judged(cells, ledger)).toEqual(expected);
  });
});

describe('words elsewhere in the record', () => {
  const note = { ...GOOD, notes: '客户说不要把资料给别人' };
  test.each<[string, Cells, readonly ConsentEvent[] | undefined, readonly ReasonCode[]]>([
    ['beside the yes of the same file', note, undefined, ['CONSENT_UNKNOWN']],
    ['a state of somebody who left', { ...GOOD, contract_status: '已注销' }, undefined, ['CONSENT_UNKNOWN']],
    ['a state of somebody who is there', { ...GOOD, contract_status: '正常' }, undefined, []],
    ['an answer that came by itself', note, [event({})], []],
    ['an answer that is not good', note, [event({ evidence: '' })], ['CONSENT_UNKNOWN']],
    [
      'a clear no beside them',
      { ...note, withdrawn_at: '2026-11-02T00:00:00Z' },
      undefined,
      ['CONSENT_WITHDRAWN'],
    ],
    [
      'nobody who agreed',
      { customer_no: 'C1', last_service_at: '2026-09-01', notes: note.notes },
      undefined,
      ['CONSENT_MISSING'],
    ],
  ])('%s', (_, cells, ledger, expected) => {
    expect(judged(cells, ledger)).toEqual(expected);
  });
});

describe('kinds that need a notice', () => {
  const told: Cells = {
    customer_no: 'C1',
    last_service_at: '2026-09-01',
    notice_delivered_at: '2026-10-21T02:00:00Z',
  };
  const merged = (cells: Cells, objection?: string) =>
    judged(cells, undefined, (t) => {
      t.kind = 'merger';
      if (objection !== undefined) t.notice.objection = objection as Duration;
    });

  test.each<[string, Cells, readonly ReasonCode[]]>([
    ['delivered', {}, []],
    ['not delivered', { notice_delivered_at: '' }, ['NOTICE_MISSING']],
    ['an earlier notice', { notice_delivered_at: '2026-10-19T15:59:59Z' }, ['NOTICE_OTHER']],
    ['in the future', { notice_delivered_at: '2026-12-01T00:00:00Z' }, ['NOTICE_IN_FUTURE']],
    ['objected', { objection_at: '2026-10-22T00:00:00Z' }, ['OBJECTION']],
    ['refused', { consent_status: 'refused', consent_at: '2026-10-22T00:00:00Z' }, ['CONSENT_REFUSED']],
    ['silent', { consent_status: 'requested' }, []],
    ['words that may be an objection', { notes: '反对把她的资料转给别家' }, ['CONSENT_UNKNOWN']],
    ['a child', { birth_date: '2018-01-01' }, ['GUARDIAN_MISSING']],
    ['sessions move with the contract', { remaining_sessions: '3' }, []],
  ])('%s', (_, change, expected) => {
    expect(merged({ ...told, ...change })).toEqual(expected);
  });

  test('while the time to object runs, the record waits', () => {
    // Delivered on 2026-10-21: 33 days later is today, 2026-11-23.
    expect(merged(told, 'P32D')).toEqual([]);
    expect(merged(told, 'P33D')).toEqual(['OBJECTION_PERIOD_OPEN']);
    expect(merged(told, 'P2M')).toEqual(['OBJECTION_PERIOD_OPEN']);
  });

  test('an operator change is consent, and notice only with an opinion', () => {
    expect(judged(told, undefined, (t) => Object.assign(t, { kind: 'operator-change' }))).toEqual([
      'CONSENT_MISSING',
    ]);
    const withOpinion = judged(told, undefined, (t) => {
      t.kind = 'operator-change';
      t.opinion = { sha256: t.notice.sha256, author: 'A', date: date('2026-10-01') };
    });
    expect(withOpinion).toEqual([]);
  });

  test('a sale of shares is not judged', () => {
    try {
      judged(GOOD, undefined, (t) => Object.assign(t, { kind: 'equity' }));
      expect.unreachable();
    } catch (error) {
      expect(error instanceof HandoverError && error.problem.code).toBe('DEAL_KIND_NO_BUNDLE');
    }
  });
});

describe('verdicts', () => {
  test('the worst reason decides', () => {
    expect(verdictOf(0)).toBe('transfer');
    expect(verdictOf(reasonSet('CONSENT_MISSING'))).toBe('ask');
    expect(verdictOf(reasonSet('CONSENT_MISSING', 'OBJECTION'))).toBe('withhold');
    expect(verdictOf(reasonSet('CONSENT_MISSING', 'OBJECTION', 'SUBJECT_REPEATED'))).toBe('reject');
    for (const { code, verdict } of REASONS) expect(verdictOf(reasonSet(code))).toBe(verdict);
  });

  test('only a record without reasons is passed on', () => {
    const record = recordOf(GOOD);
    expect(checkedRecord(record, 0)).toBe(record);
    expect(checkedRecord(record, undefined)).toBeNull();
    for (const { code } of REASONS) expect(checkedRecord(record, reasonSet(code))).toBeNull();
  });

  test('the list fits its set, and the codes are stable', () => {
    expect(REASONS.length).toBeLessThanOrEqual(32);
    expect(new Set(REASONS.map((r) => r.code)).size).toBe(REASONS.length);
    expect(verdictCode(reasonSet(...REASONS.map((r) => r.code)))).toBe(3);
    expect(REASONS.map((r) => r.code).slice(0, 9)).toEqual([
      'SUBJECT_MISSING',
      'SUBJECT_REPEATED',
      'SUBJECT_DUPLICATE',
      'RETENTION_OVER',
      'ACTIVITY_UNKNOWN',
      'ERASURE_REQUESTED',
      'CONSENT_REFUSED',
      'CONSENT_WITHDRAWN',
      'OBJECTION',
    ]);
    expect(COLUMNS.length).toBe(new Set(COLUMNS).size);
  });
});
