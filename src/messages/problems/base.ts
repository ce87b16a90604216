import type { Exits } from '../exit.js';
import type { Bilingual } from '../lang.js';

/** Problems of reading JSON, dates and durations, wherever they come from. `document` names the kind of document, never its content. */
export type BaseProblem =
  | { readonly code: 'JSON_UTF8'; readonly document: string }
  | { readonly code: 'JSON_SYNTAX'; readonly document: string }
  | { readonly code: 'JSON_DUPLICATE_KEY'; readonly document: string }
  | { readonly code: 'JSON_NUMBER'; readonly document: string }
  | { readonly code: 'JSON_DEPTH'; readonly document: string }
  | { readonly code: 'JSON_SURROGATE'; readonly document: string }
  | { readonly code: 'JSON_STRING'; readonly document: string; readonly limit: number }
  | { readonly code: 'JSON_TOO_MANY'; readonly document: string; readonly limit: number }
  | { readonly code: 'JSON_NOT_CANONICAL'; readonly document: string }
  | { readonly code: 'JSON_TOO_LARGE'; readonly document: string; readonly limit: number }
  | { readonly code: 'FORMAT_UNKNOWN'; readonly document: string; readonly expected: string }
  | { readonly code: 'FORMAT_SHAPE'; readonly document: string; readonly path: string }
  | { readonly code: 'TIME_INVALID'; readonly document: string };

export const baseExits: Exits<BaseProblem> = {
  JSON_UTF8: 'integrity',
  JSON_SYNTAX: 'integrity',
  JSON_DUPLICATE_KEY: 'integrity',
  JSON_NUMBER: 'integrity',
  JSON_DEPTH: 'integrity',
  JSON_SURROGATE: 'integrity',
  JSON_STRING: 'integrity',
  JSON_TOO_MANY: 'integrity',
  JSON_NOT_CANONICAL: 'integrity',
  JSON_TOO_LARGE: 'integrity',
  FORMAT_UNKNOWN: 'unsupported',
  FORMAT_SHAPE: 'integrity',
  TIME_INVALID: 'usage',
};

export const baseSentences: Bilingual<BaseProblem> = {
  zh: {
    JSON_UTF8: (p) => ({
      what: `${p.document} 不是有效的 UTF-8 文本。`,
      fix: '文件可能在传输中损坏，请对方重新发送原文件。',
    }),
    JSON_SYNTAX: (p) => ({
      what: `${p.document} 不是有效的 JSON。`,
      fix: '文件可能不完整，请对方重新发送原文件。',
    }),
    JSON_DUPLICATE_KEY: (p) => ({
      what: `${p.document} 里有重复的键，含义不唯一，不能采信。`,
      fix: '请对方用 handover 重新生成这份文件。',
    }),
    JSON_NUMBER: (p) => ({
      what: `${p.document} 里有小数或过大的数字，格式不允许。`,
      fix: '请对方用 handover 重新生成这份文件。',
    }),
    JSON_DEPTH: (p) => ({
      what: `${p.document} 嵌套过深，格式不允许。`,
      fix: '请对方用 handover 重新生成这份文件。',
    }),
    JSON_SURROGATE: (p) => ({
      what: `${p.document} 里有不成字的半个字符，无法签名也无法核对。`,
      fix: '请不要采用这份文件，请对方用 handover 重新生成。',
    }),
    JSON_STRING: (p) => ({
      what: `${p.document} 里有一段文字超过 ${p.limit} 字节，格式不允许。`,
      fix: '请不要采用这份文件，请对方用 handover 重新生成。',
    }),
    JSON_TOO_MANY: (p) => ({
      what: `${p.document} 里的内容超过 ${p.limit} 项，格式不允许。`,
      fix: '请不要采用这份文件，请对方用 handover 重新生成。',
    }),
    JSON_NOT_CANONICAL: (p) => ({
      what: `${p.document} 不是规范形式（RFC 8785）。`,
      fix: '请不要用编辑器打开后保存，请对方重新发送原文件。',
    }),
    JSON_TOO_LARGE: (p) => ({
      what: `${p.document} 超过 ${p.limit} 字节的上限。`,
      fix: '请确认选对了文件。',
    }),
    FORMAT_UNKNOWN: (p) => ({
      what: `${p.document} 的格式不认识，应为 ${p.expected}。`,
      fix: '请确认选对了文件；如果对方用的是更新的版本，请升级 handover。',
    }),
    FORMAT_SHAPE: (p) => ({
      what: `${p.document} 的内容不符合格式，位置：${p.path}。`,
      fix: '请对方用 handover 重新生成这份文件。',
    }),
    TIME_INVALID: (p) => ({
      what: `${p.document} 里的日期或时间无法识别。`,
      fix: '请写成 2026-11-20 或 2026-11-20T08:00:00Z 的样子。',
    }),
  },
  en: {
    JSON_UTF8: (p) => ({
      what: `${p.document} is not valid UTF-8 text.`,
      fix: 'It was probably damaged on the way; ask the sender for the original file again.',
    }),
    JSON_SYNTAX: (p) => ({
      what: `${p.document} is not valid JSON.`,
      fix: 'It may be incomplete; ask the sender for the original file again.',
    }),
    JSON_DUPLICATE_KEY: (p) => ({
      what: `${p.document} repeats a key, so it has no single meaning.`,
      fix: 'Ask the sender to make it again with handover.',
    }),
    JSON_NUMBER: (p) => ({
      what: `${p.document} holds a fraction or too large a number, which the format forbids.`,
      fix: 'Ask the sender to make it again with handover.',
    }),
    JSON_DEPTH: (p) => ({
      what: `${p.document} is nested too deeply for its format.`,
      fix: 'Ask the sender to make it again with handover.',
    }),
    JSON_SURROGATE: (p) => ({
      what: `${p.document} holds half a character, which nobody can sign or compare.`,
      fix: 'Do not use this file; ask the sender to make it again with handover.',
    }),
    JSON_STRING: (p) => ({
      what: `${p.document} holds a text of more than ${p.limit} bytes, which the format forbids.`,
      fix: 'Do not use this file; ask the sender to make it again with handover.',
    }),
    JSON_TOO_MANY: (p) => ({
      what: `${p.document} holds more than ${p.limit} items, which the format forbids.`,
      fix: 'Do not use this file; ask the sender to make it again with handover.',
    }),
    JSON_NOT_CANONICAL: (p) => ({
      what: `${p.document} is not in canonical form (RFC 8785).`,
      fix: 'Do not open and save it in an editor; ask the sender for the original file.',
    }),
    JSON_TOO_LARGE: (p) => ({
      what: `${p.document} is larger than ${p.limit} bytes.`,
      fix: 'Check that this is the right file.',
    }),
    FORMAT_UNKNOWN: (p) => ({
      what: `${p.document} has an unknown format; expected ${p.expected}.`,
      fix: 'Check that this is the right file; if the sender has a newer version, update handover.',
    }),
    FORMAT_SHAPE: (p) => ({
      what: `${p.document} does not follow its format, at ${p.path}.`,
      fix: 'Ask the sender to make it again with handover.',
    }),
    TIME_INVALID: (p) => ({
      what: `A date or time in ${p.document} cannot be read.`,
      fix: 'Write it like 2026-11-20 or 2026-11-20T08:00:00Z.',
    }),
  },
};
