import { screen } from './screen.js';

/** The sheet with a card's fingerprint. `numerals` are the digits from 0 to 9 as words. */
export const sheetWords = screen(
  {
    title: '名片指纹核对单',
    page: (name: string) => `${name} · 名片指纹核对单`,
    group: '组',
    digits: '数字',
    words: '大写',
    code: '指纹二维码',
    how: '对方在电话里逐组念出自己名片的指纹，与本单一致，才信任那份名片。二维码里只有这三十位数字，可用手机扫出来比对。',
    changed: '名片更换后指纹随之改变，本单作废，请重新打印。',
    sign: '经办人签名',
    day: '日期',
    stamp: '盖章',
    numerals: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    between: '',
    written: (path: string) => `指纹核对单已写入 ${path}，请打印、签名、盖章`,
  },
  {
    title: 'Fingerprint of a card',
    page: (name: string) => `${name} · fingerprint of the card`,
    group: 'Group',
    digits: 'Digits',
    words: 'Words',
    code: 'QR code of the fingerprint',
    how: 'The other party reads out the fingerprint of its card on the phone, group by group. The card is trusted only if it is the same as here. The QR code holds these thirty digits and nothing else, so that a telephone can read them.',
    changed: 'A new card has another fingerprint: then this sheet is void, and a new one is printed.',
    sign: 'Signed by',
    day: 'Date',
    stamp: 'Stamp',
    numerals: ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'],
    between: ' ',
    written: (path: string) => `Sheet written to ${path}: print, sign and stamp it`,
  },
);
