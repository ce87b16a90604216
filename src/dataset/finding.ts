import {
  FINDING_SEVERITY,
  type FindingCode,
  type FindingSeverity,
  findingSentences,
} from '../messages/findings.js';
import type { Lang, Sentence } from '../messages/lang.js';

/** Something wrong with a cell, a row or a header cell. Never holds a value. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** 1-based line of the file on which the record begins. */
  readonly line: number;
  /** 1-based column, or 0 for the whole row. */
  readonly column: number;
  /** Canonical name of the field, or ''. */
  readonly field: string;
  /** Cells or columns, where the finding is about their number. */
  readonly expected?: number;
  readonly got?: number;
}

/**
 * A finding about a line.
 *
 * @param line 1-based, as in the file
 * @param column 1-based; 0 for the whole line
 * @param field canonical name; '' for none
 */
export function findingOf(code: FindingCode, line: number, column = 0, field = ''): Finding {
  return { code, severity: FINDING_SEVERITY[code], line, column, field };
}

/** A finding in words; `label` is what the field is called in that language. */
export function findingSentence(finding: Finding, label: string, lang: Lang): Sentence {
  return findingSentences[lang][finding.code]({
    line: finding.line,
    column: finding.column,
    label,
    expected: finding.expected,
    got: finding.got,
  });
}
