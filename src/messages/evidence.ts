import type { Lang } from './lang.js';

/** One observation that led to an encoding. Shares are in per mille of what was looked at. */
export type EncodingEvidence =
  | { readonly kind: 'named'; readonly encoding: string }
  | { readonly kind: 'bom'; readonly encoding: string }
  | { readonly kind: 'ascii' }
  | { readonly kind: 'utf8-strict' }
  | { readonly kind: 'utf8-fails'; readonly line: number }
  | { readonly kind: 'nul-pattern'; readonly encoding: string; readonly permille: number }
  | { readonly kind: 'common-hanzi'; readonly encoding: string; readonly permille: number }
  | { readonly kind: 'mobile-lines'; readonly permille: number };

const percent = (permille: number) => `${(permille / 10).toFixed(1)}%`;

/** One observation in words, without a full stop, to be joined by commas. */
export function evidenceText(evidence: EncodingEvidence, lang: Lang): string {
  const zh = lang === 'zh';
  switch (evidence.kind) {
    case 'named':
      return zh ? `按指定的 ${evidence.encoding} 读取` : `${evidence.encoding} as told`;
    case 'bom':
      return zh
        ? `文件开头有 ${evidence.encoding} 标记（BOM）`
        : `begins with a ${evidence.encoding} byte order mark`;
    case 'ascii':
      return zh ? '只有 ASCII 字符' : 'ASCII only';
    case 'utf8-strict':
      return zh ? '符合严格的 UTF-8' : 'valid as strict UTF-8';
    case 'utf8-fails':
      return zh ? `严格 UTF-8 在第 ${evidence.line} 行失败` : `strict UTF-8 fails in line ${evidence.line}`;
    case 'nul-pattern':
      return zh
        ? `零字节的位置符合 ${evidence.encoding}(${percent(evidence.permille)})`
        : `zero bytes stand as in ${evidence.encoding} (${percent(evidence.permille)})`;
    case 'common-hanzi':
      return zh
        ? `按 ${evidence.encoding} 读，常用字占 ${percent(evidence.permille)}`
        : `as ${evidence.encoding}, ${percent(evidence.permille)} of the Hanzi are common ones`;
    case 'mobile-lines':
      return zh
        ? `${percent(evidence.permille)} 的数据行有手机号`
        : `${percent(evidence.permille)} of the data lines hold a mobile number`;
  }
}
