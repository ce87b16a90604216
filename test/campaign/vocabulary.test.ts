import { describe, expect, it } from 'vitest';
import { Vocabulary } from '../../src/campaign/vocabulary.js';
import { ANSWER_MEANINGS, ANSWER_WORDS } from '../../src/messages/answer-words.js';

const words = new Vocabulary([]);

describe('what an answer says', () => {
  it.each([
    ['1', 'yes', undefined],
    ['１', 'yes', undefined],
    ['同意', 'yes', undefined],
    ['同意。', 'yes', undefined],
    ['好的', 'yes', undefined],
    ['OK', 'yes', undefined],
    ['ok!', 'yes', undefined],
    ['A.同意', 'yes', undefined],
    ['1、同意', 'yes', undefined],
    ['没问题', 'yes', undefined],
    ['2', 'no', undefined],
    ['不同意', 'no', undefined],
    ['B. 不同意', 'no', undefined],
    ['退订', 'no', 'no'],
    ['TD', 'no', 'no'],
    ['1 3', 'yes', 'yes'],
    ['1和3', 'yes', 'yes'],
    ['1,4', 'yes', 'no'],
    ['13', 'yes', 'yes'],
    ['24', 'no', 'no'],
    ['12', 'no', undefined],
    ['都同意', 'yes', 'yes'],
    ['3', undefined, 'yes'],
    ['同意 不同意', 'no', undefined],
    ['no', 'no', undefined],
    ['I agree', 'yes', undefined],
    ['同意👍', 'yes', undefined],
    ['🙏同意', 'yes', undefined],
    ['【同意】', 'yes', undefined],
    ['[OK]', 'yes', undefined],
    ['我同意，谢谢', 'yes', undefined],
    ['回复1', 'yes', undefined],
    ['回复：1', 'yes', undefined],
    ['答：同意', 'yes', undefined],
    ['1同意', 'yes', undefined],
    ['Yes, I agree', 'yes', undefined],
    ['no problem', 'yes', undefined],
    ['沒問題', 'yes', undefined],
    ['我同意轉移', 'yes', undefined],
    ['退訂', 'no', 'no'],
    ['請刪除我的資料', 'no', 'no'],
    ['👎', 'no', undefined],
    ['❌', 'no', undefined],
    ['不同意👍', 'no', undefined],
    ['ＴＤ', 'no', 'no'],
    ['同意移交资料，不同意转合同', 'yes', 'no'],
    ['不同意移交资料，同意转合同', 'no', 'yes'],
    ['资料可以转，余额退给我', 'yes', 'no'],
    ['我要退卡', undefined, 'no'],
  ])('%s', (text, data, contract) => {
    expect(words.read(text)).toMatchObject({
      kind: 'answer',
      said: { ...(data && { data }), ...(contract && { contract }) },
    });
    expect(Object.keys(words.read(text).said)).toHaveLength([data, contract].filter(Boolean).length);
  });

  it.each([
    ['可以但是别打电话', 'conditional'],
    ['同意，不过先把卡退了', 'conditional'],
    ['yes but only by mail', 'conditional'],
    ['如果价格不变就同意', 'conditional'],
    ['同意但别给我打电话', 'conditional'],
    ['嗯', 'unclear'],
    ['知道了', 'unclear'],
    ['谁啊', 'unclear'],
    ['🙏', 'unclear'],
    ['没有不同意', 'unclear'],
    ['现金付款', 'unclear'],
    ['我不是张三', 'unclear'],
    ['我老公同意', 'unclear'],
    ['不是本人', 'unreached'],
    ['not now', 'later'],
    ['你们是谁', 'unclear'],
    ['您好', 'unclear'],
    ['什么意思？', 'unclear'],
    ['不懂什么意思', 'unclear'],
    ['要不要钱?', 'unclear'],
    ['10000', 'unclear'],
    ['', 'blank'],
    ['   ', 'blank'],
    ['考虑一下', 'later'],
    ['无人接听', 'unreached'],
    ['空号', 'unreached'],
    ['DELIVRD', 'delivered'],
  ])('%s is no answer', (text, kind) => {
    expect(words.read(text)).toMatchObject({ kind, said: {} });
  });

  it.each([
    '我不太想',
    '别卖我的信息',
    '算了吧',
    '坚决反对这样做',
    'please do not share',
    "don't share my data",
    'No, thanks a lot for nothing',
    '你们再发我就投诉',
    '谢绝',
    '回绝',
    '退出',
    '撤了',
    '解除授权',
    '终止同意',
    '收回同意',
    '反悔',
    '后悔了',
    '改主意了',
    '異議',
    '没兴趣',
    'nope',
    'DNC',
    'Remove me',
    'opt out',
    'Revoked',
    'withdrew',
    'declined',
    'disagreed',
  ])('%s is a no in doubt', (text) => {
    expect(words.read(text)).toMatchObject({ kind: 'doubtful-no', said: { data: 'no' } });
  });

  it('takes a bare word under a question of its own for an answer to that question', () => {
    expect(words.read('同意', 'contract').said).toEqual({ contract: 'yes' });
    expect(words.read('2', 'contract').said).toEqual({ contract: 'no' });
    expect(words.read('4', 'contract').said).toEqual({ contract: 'no' });
    expect(words.read('退订', 'contract').said).toEqual({ data: 'no', contract: 'no' });
  });

  it('knows words that people add, and what they mean', () => {
    const more = new Vocabulary([{ word: '中', meaning: 'yes' }]);
    expect(words.read('中').kind).toBe('unclear');
    expect(more.read('中！').said).toEqual({ data: 'yes' });
    expect(new Vocabulary([{ word: '冇問題', meaning: 'yes' }]).read('冇問題').said).toEqual({ data: 'yes' });
  });

  it('has no word of two meanings', () => {
    const all = ANSWER_MEANINGS.flatMap((meaning) => ANSWER_WORDS[meaning].split(' '));
    expect(all.filter((word, i) => all.indexOf(word) !== i)).toEqual([]);
  });
});
