import { DEAL_KINDS, kindName } from '../messages/deal-kinds.js';
import { LANGS } from '../messages/lang.js';
import type { FieldAction } from './terms.js';

/** The field that a person means by a header of their table, or undefined. Handed in, because the catalogue of fields comes later. */
export type FieldNamed = (text: string) => string | undefined;

/** What people write in a deal where the format has a name: 保留 for `keep`, 资产转让 for `asset-sale`. */
const ACTION_WORDS: Readonly<Record<FieldAction, string>> = {
  keep: '保留|原样|原样保留|原样交出|交出|不变|移交',
  drop: '留下|不交|不交出|不移交|去掉|删除|舍弃',
  mask: '遮盖|打码|掩码|脱敏',
  generalise: '概括|模糊|泛化|generalize',
  tokenise: '代号|换成代号|假名|tokenize',
  redact: '涂去|去除敏感内容|去除个人信息',
};

const ACTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries(ACTION_WORDS).flatMap(([action, words]) => words.split('|').map((word) => [word, action])),
);

const KINDS: ReadonlyMap<string, string> = new Map([
  ...DEAL_KINDS.flatMap((kind) => LANGS.map((lang) => [kindName(kind, lang), kind] as const)),
  ['营业转让', 'asset-sale'],
  ['变更经营者', 'operator-change'],
]);

const ENVIRONMENTS: ReadonlyMap<string, string> = new Map([
  ['正式', 'production'],
  ['演练', 'test'],
]);

/** The action that a word names, or the word. */
export function actionNamed(text: string): string {
  return ACTIONS.get(text.trim()) ?? text;
}

/** A value of deal.yaml with the format's own name in the place of what people call it. Whatever is neither stays, and is told. */
export function named(path: string, value: unknown, fieldNamed: FieldNamed): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (/^resources\[\d+\]\.fields\[\d+\]\.name$|^retention\.activity\.field$/.test(path))
    return /^[a-z][a-z0-9_-]*$/.test(text) ? value : (fieldNamed(text) ?? value);
  if (/^resources\[\d+\]\.fields\[\d+\]\.action$/.test(path)) return ACTIONS.get(text) ?? value;
  if (path === 'kind') return KINDS.get(text) ?? value;
  if (path === 'environment') return ENVIRONMENTS.get(text) ?? value;
  if (path === 'cross_border') return text === '无' || text === '不出境' ? 'none' : value;
  return value;
}
