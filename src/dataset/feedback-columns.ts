import { type ColumnDefinition, words } from './fields.js';

/**
 * The columns of a file of complaints (whose, and when), and of the survey's three questions, which name nobody. What was written in words is
 * read by people and not stored.
 */
export const FEEDBACK_COLUMNS = [
  {
    name: 'subject',
    zh: '客户编号',
    en: 'customer no.',
    synonyms: words('编号|会员号|会员编号|客户号|投诉人编号|customer no|customer_no|customer id'),
    kind: 'customer-no',
  },
  {
    name: 'date',
    zh: '投诉日期',
    en: 'date',
    synonyms: words(
      '日期|投诉时间|时间|受理日期|登记日期|提交时间|提交答卷时间|complaint date|received|time',
    ),
    kind: 'date',
  },
  {
    name: 'served',
    zh: '服务是否照常',
    en: 'service as before',
    synonyms: words('服务照常|1、服务是否照常|1.服务是否照常|第1题|第一题|q1|question 1|service goes on'),
    kind: 'text',
  },
  {
    name: 'satisfied',
    zh: '满意度',
    en: 'satisfaction',
    synonyms: words('满意程度|是否满意|评分|2、满意度|2.满意度|第2题|第二题|q2|question 2|score|rating'),
    kind: 'text',
  },
  {
    name: 'stays',
    zh: '是否愿意继续',
    en: 'would stay',
    synonyms: words('愿意继续|3、是否愿意继续|3.是否愿意继续|第3题|第三题|q3|question 3|stay|continue'),
    kind: 'text',
  },
] as const satisfies readonly ColumnDefinition[];
