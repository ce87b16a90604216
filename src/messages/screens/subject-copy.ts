import { screen } from './screen.js';

/** A person's copy as a table. */
export const copyWords = screen(
  { source: '来源', item: '项目', value: '内容', to: '交给了', from: '来自', complaints: '投诉渠道' },
  {
    source: 'source',
    item: 'item',
    value: 'value',
    to: 'handed over to',
    from: 'received from',
    complaints: 'where to complain',
  },
);
