import { plural, screen } from './screen.js';

/** Received records written in clear. */
export const extractWords = screen(
  {
    name: '客户资料',
    question: (count: string, path: string) => `把 ${count} 位客户的资料以明文写到 ${path}？`,
    would: (count: string, path: string) => `将会把 ${count} 位客户写到 ${path}`,
    written: (count: string, path: string) => `已写出 ${count} 位客户  ${path}`,
    fields: '字段',
    size: '大小',
    digest: 'SHA-256',
    frozen: (count: string) => `有 ${count} 位客户已封存，没有写出。`,
    refused: (count: string) =>
      `有 ${count} 位客户已撤回同意、提出异议或要求删除，没有写出；请用 handover purge plan 销毁其资料。`,
    ownNotice:
      '使用之前，请先把本公司的告知书（handover campaign draft）发给这些客户（《个人信息保护法》第十七条）。',
    clear: '这是明文文件：导入业务系统后请立即删除。路径和摘要已记入日志。',
  },
  {
    name: 'customers',
    question: (count: string, path: string) => `Write ${plural(count, 'customer')} in clear to ${path}?`,
    would: (count: string, path: string) => `Would write ${plural(count, 'customer')} to ${path}`,
    written: (count: string, path: string) => `Written: ${plural(count, 'customer')}  ${path}`,
    fields: 'Fields',
    size: 'Size',
    digest: 'SHA-256',
    frozen: (count: string) => `${plural(count, 'frozen customer')} left out.`,
    refused: (count: string) =>
      `${plural(count, 'customer')} left out who withdrew, objected or asked to be erased: end their records with handover purge plan.`,
    ownNotice:
      'Before these are used, send the customers your own notice (handover campaign draft; PIPL Article 17).',
    clear:
      'This file is in clear: delete it once it is in your business system. Its path and digest are in the log.',
  },
);
