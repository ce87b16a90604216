import { describe, expect, it } from 'vitest';
import { answerColumns, channelShown } from '../../src/dataset/answer-columns.js';

const read = (header: string): Record<string, string> => {
  const cells = header.split('|');
  return Object.fromEntries([...answerColumns(cells)].map(([name, at]) => [name, cells[at] ?? '']));
};

describe('the columns of answers', () => {
  it.each([
    [
      'a platform for short messages',
      '手机号|内容|时间',
      { phone: '手机号', answer: '内容', time: '时间' },
      null,
    ],
    [
      'upstream reports',
      '通道号|上行号码|上行内容|上行时间',
      { phone: '上行号码', answer: '上行内容', time: '上行时间' },
      'sms',
    ],
    [
      'delivery reports',
      '手机号码|短信条数|状态报告|报告时间',
      { phone: '手机号码', status: '状态报告', time: '报告时间' },
      'sms',
    ],
    [
      'a questionnaire of the first kind',
      '序号|提交答卷时间|所用时间|来源|来源详情|来自IP|1、请填写您的答复码|2、把我的资料交给上海乙家政服务有限公司|3、把我的合同、余额和剩余次数转给上海乙家政服务有限公司履行',
      {
        time: '提交答卷时间',
        code: '1、请填写您的答复码',
        answer: '2、把我的资料交给上海乙家政服务有限公司',
        contract: '3、把我的合同、余额和剩余次数转给上海乙家政服务有限公司履行',
      },
      'web',
    ],
    [
      'a questionnaire of the second kind',
      '编号|开始答题时间|结束答题时间|答题时长|1.手机号码|2.您是否同意把个人信息交给上海乙家政服务有限公司？',
      {
        time: '结束答题时间',
        phone: '1.手机号码',
        answer: '2.您是否同意把个人信息交给上海乙家政服务有限公司？',
      },
      'web',
    ],
    [
      'a form',
      '序号|答复码|是否同意|提交人|提交时间|修改时间|填写设备',
      { code: '答复码', answer: '是否同意', time: '提交时间' },
      'web',
    ],
    [
      'a call sheet',
      '答复码|姓名|电话号码|通话结果|合同和余额|时间|录音编号',
      {
        code: '答复码',
        phone: '电话号码',
        answer: '通话结果',
        contract: '合同和余额',
        time: '时间',
        evidence: '录音编号',
      },
      'phone',
    ],
    ['slips', '回执码|答复|日期', { code: '回执码', answer: '答复', time: '日期' }, 'paper'],
    [
      'English headings',
      'answer code|mobile|result|contract and balance|time|recording no.',
      {
        code: 'answer code',
        phone: 'mobile',
        answer: 'result',
        contract: 'contract and balance',
        time: 'time',
        evidence: 'recording no.',
      },
      'phone',
    ],
  ])('of %s', (_name, header, columns, channel) => {
    expect(read(header)).toEqual(columns);
    expect(channelShown(header.split('|'))).toBe(channel);
  });
});
