import { describe, expect, test } from 'vitest';
import { mayBeNo } from '../../src/policy/doubts.js';
import { processorSeconds } from '../kit/effort.js';
import { timed } from '../kit/timed.js';

describe('words in a remark that may be a no', () => {
  test.each([
    '客户说不同意把资料给别人',
    '不要把我的电话给别家公司',
    '不愿意个人信息被转让',
    '要求删除资料',
    '客户要求把她的信息删掉，请删除资料',
    '别再把信息提供给第三方',
    '勿转给新公司',
    '拒绝移交',
    '不同意转让给乙公司',
    '反对过户到别家',
    '已撤回同意',
    '电话里说撤销授权',
    '申请注销会员',
    '不想号码被卖',
    '客户要求不再联系',
    '别再打电话了',
    '勿再打扰',
    '停止联系',
    '电话里说不想换公司',
    '不愿意去新公司',
    '不换别的家政',
    'do not share my data',
    "Doesn't want her details passed on",
    'Please delete my data',
    'customer withdrew her consent',
    'refuses to transfer her records',
  ])('%s', (text) => {
    expect(mayBeNo(text)).toBe(true);
  });

  test.each([
    '喜欢周六上午',
    '不同意涨价',
    '不要把钥匙交给别人',
    '不要发广告短信',
    '不要给猫喂食',
    '拒绝加班',
    '地址信息已更新',
    '删除旧地址',
    '取消周三的服务',
    '不要提供水果给孩子',
    '别人介绍的客户',
    '收回保洁工具',
    '不想换阿姨',
    '资料已交给财务',
    'do not ring the bell',
    'delete the old order',
    'never on Sundays',
    '不吃辣，别放葱',
    '勿扰，中午休息',
    '另约时间',
    '不要打电话，发微信',
    '联系不上',
    '不想换新的沙发套',
    '白天不便联系',
    '停止供水时联系物业',
    '换公司地址了',
  ])('not %s', (text) => {
    expect(mayBeNo(text)).toBe(false);
  });

  timed('takes time in proportion to the text', async () => {
    for (const piece of ['不同意把资料', 'do not share ', '要求', '别'])
      expect(await processorSeconds(() => mayBeNo(piece.repeat(5_000))), piece).toBeLessThan(2);
  });
});
