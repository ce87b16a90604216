import { describe, expect, test } from 'vitest';
import { draftLetter, ADDRESSEES, type Addressee, type Sender } from '../../src/incident/draft.js';
import { letterBlanks, letterMarkdown } from '../../src/incident/letter.js';
import { type Lang, LANGS } from '../../src/messages/lang.js';
import { letterWords } from '../../src/messages/screens/incident-letter.js';
import { letterHtml } from '../../src/report/letter.js';
import { at, incident, SCOPE, told } from './sample.js';

const SENDER: Sender = {
  name: '上海甲家政服务有限公司',
  phone: '021-5550100',
  uscc: null,
  environment: 'production',
};

function markdown(of: ReturnType<typeof incident>, reader: Addressee, lang: Lang, sender = SENDER): string {
  const letter = draftLetter(of, reader, { sender, opened: at('2026-11-20T16:05:00Z'), lang });
  return letterMarkdown(letter, letterWords[lang].marks);
}

const bare = incident();
const full = incident(
  {
    grade: 'larger',
    scope: {
      ...SCOPE,
      exact: false,
      fields: [
        ...SCOPE.fields,
        { name: 'health', class: 'sensitive', tier: 2 },
        { name: 'access', class: 'safety', tier: 2 },
        { name: 'bank_account', class: 'sensitive', tier: 1 },
        { name: 'id_no', class: 'sensitive', tier: 2 },
        { name: 'balance', class: 'transaction', tier: 2 },
      ],
    },
  },
  { cause: '搬运时无人看管', measure: '已更换口令' },
  told('persons', '2026-11-20T17:00:00Z', 'sms'),
  { minors: 'yes' },
);

describe.each(LANGS)('drafts in %s', (lang) => {
  test.each(ADDRESSEES)('what nobody said is a blank, for %s', (reader) => {
    const setting = { sender: SENDER, opened: at('2026-11-20T16:05:00Z'), lang };
    const few = letterBlanks(draftLetter(full, reader, setting));
    expect(letterBlanks(draftLetter(bare, reader, setting))).toBeGreaterThan(few);
    expect(few).toBeGreaterThan(2);
    const { open, close } = letterWords[lang].marks;
    const text = markdown(bare, reader, lang);
    expect(text.split(open).length - 1).toBe(letterBlanks(draftLetter(bare, reader, setting)));
    expect(
      text
        .split(open)
        .slice(1)
        .every((rest) => rest.split('\n')[0]?.includes(close)),
    ).toBe(true);
  });

  test('every part has something in it', () => {
    for (const reader of ADDRESSEES)
      for (const { heading, lines } of draftLetter(bare, reader, {
        sender: SENDER,
        opened: at('2026-11-20T16:05:00Z'),
        lang,
      }).parts)
        expect(lines.length, heading).toBeGreaterThan(0);
  });

  test('a draft of a rehearsal says so', () => {
    const { rehearsal } = letterWords[lang];
    expect(markdown(bare, 'persons', lang, { ...SENDER, environment: 'test' })).toContain(rehearsal);
    expect(markdown(bare, 'persons', lang)).not.toContain(rehearsal);
  });

  test('the page has all that the text has, escaped, and marks its blanks', () => {
    const sender = { ...SENDER, name: 'A <b> & Co' };
    const letter = draftLetter(full, 'authority', { sender, opened: at('2026-11-20T16:05:00Z'), lang });
    const page = letterHtml(letter, lang, letterWords[lang].marks);
    expect(page.split('<mark>').length - 1).toBe(letterBlanks(letter));
    expect(page).toContain('A &#60;b&#62; &#38; Co');
    for (const { heading } of letter.parts) expect(page).toContain(`<h2>${heading}</h2>`);
  });
});

describe('contents that PIPL-57 asks for', () => {
  test('to the authority: numbers, times, categories, cause, measures, who was told, what persons can do, contact', () => {
    const text = markdown(full, 'authority', 'zh');
    for (const part of [
      '我单位于2026年11月20日23时30分发现存有客户个人信息的设备或者存储介质丢失。',
      '登记时间：2026年11月21日0时05分',
      '事件等级：较大。',
      '至多涉及个人300人、客户记录300条。',
      '其中属于敏感个人信息的：健康状况、',
      '涉及不满十四周岁的未成年人。',
      '搬运时无人看管。',
      '不知道口令的人不能读取。',
      '：已更换口令。',
      '已于2026年11月21日1时00分以短信的方式通知个人。',
      '请尽快更换门锁、门禁的密码',
      '留意银行账户和支付账户的变动',
      '留意是否有人冒用您的身份信息办理业务',
      '单位电话：021-5550100',
      '特此报告。',
    ])
      expect(text).toContain(part);
  });

  test('a reason for not telling stands in place of it', () => {
    const of = incident({}, { notTellingPersons: '密钥不在一起' });
    expect(markdown(of, 'authority', 'zh')).toContain('没有通知个人，理由是：密钥不在一起。');
    expect(markdown(of, 'authority', 'en')).not.toContain('have not been told yet');
  });

  test('what is only suspected is said to be so', () => {
    const of = incident({ suspected: true });
    expect(markdown(of, 'authority', 'zh')).toContain('发现可能存在以下情况：');
    expect(markdown(of, 'persons', 'en')).toContain('we discovered what may be the loss');
  });

  test('advice fits what was in it', () => {
    const text = markdown(bare, 'persons', 'zh');
    expect(text).toContain('警惕以家政服务');
    expect(text).not.toContain('门锁');
    expect(text).not.toContain('银行账户和支付账户');
  });

  test('marks of Markdown in a sentence of the staff stay text', () => {
    const of = incident({}, { cause: '*见* [附件](http://x) #3' });
    expect(markdown(of, 'authority', 'zh')).toContain('\\*见\\* [附件]\\(http://x) \\#3。');
  });
});
