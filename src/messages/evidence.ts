import type { Lang } from './lang.js';

/** One observation that led to an encoding. Shares are in per mille of what was looked at. */
export type EncodingEvidence =
  | { readonly kind: 'named'; readonly encoding: string }
  | { readonly kind: 'bom'; readonly encoding: string }
  | { readonly kind: 'workbook' }
  | { readonly kind: 'ascii' }
  | { readonly kind: 'utf8-strict' }
  | { readonly kind: 'utf8-fails'; readonly line: number }
  | { readonly kind: 'nul-pattern'; readonly encoding: string; readonly permille: number }
  | { readonly kind: 'common-hanzi'; readonly encoding: string; readonly permille: number }
  | { readonly kind: 'mobile-lines'; readonly permille: number };

const percent = (permille: number) => `${(permille / 10).toFixed(1)}%`;

type EvidenceTexts = {
  readonly [K in EncodingEvidence['kind']]: (
    evidence: Extract<EncodingEvidence, { readonly kind: K }>,
  ) => string;
};

const TEXTS: Readonly<Record<Lang, EvidenceTexts>> = {
  zh: {
    named: (e) => `按指定的 ${e.encoding} 读取`,
    bom: (e) => `文件开头有 ${e.encoding} 标记（BOM）`,
    workbook: () => 'Excel 工作簿',
    ascii: () => '只有 ASCII 字符',
    'utf8-strict': () => '符合严格的 UTF-8',
    'utf8-fails': (e) => `严格 UTF-8 在第 ${e.line} 行失败`,
    'nul-pattern': (e) => `零字节的位置符合 ${e.encoding}(${percent(e.permille)})`,
    'common-hanzi': (e) => `按 ${e.encoding} 读，常用字占 ${percent(e.permille)}`,
    'mobile-lines': (e) => `${percent(e.permille)} 的数据行有手机号`,
  },
  en: {
    named: (e) => `${e.encoding} as told`,
    bom: (e) => `begins with a ${e.encoding} byte order mark`,
    workbook: () => 'an Excel workbook',
    ascii: () => 'ASCII only',
    'utf8-strict': () => 'valid as strict UTF-8',
    'utf8-fails': (e) => `strict UTF-8 fails in line ${e.line}`,
    'nul-pattern': (e) => `zero bytes stand as in ${e.encoding} (${percent(e.permille)})`,
    'common-hanzi': (e) => `as ${e.encoding}, ${percent(e.permille)} of the Hanzi are common ones`,
    'mobile-lines': (e) => `${percent(e.permille)} of the data lines hold a mobile number`,
  },
};

/** One observation in words, without a full stop, to be joined by commas. */
export function evidenceText(evidence: EncodingEvidence, lang: Lang): string {
  // The table is total by type; TypeScript cannot see that the function found under the kind takes exactly this evidence.
  const say = TEXTS[lang][evidence.kind] as (evidence: EncodingEvidence) => string;
  return say(evidence);
}
