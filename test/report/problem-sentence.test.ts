import { describe, expect, it } from 'vitest';
import { problemSentence } from '../../src/report/problem-sentence.js';

describe('a problem as people read it', () => {
  it('calls fields of the catalogue by their names, with the word of the files beside it', () => {
    const problem = { code: 'POLICY_FIELD_NEVER', field: 'access' } as const;
    expect(problemSentence(problem, 'zh').what).toBe(
      '字段 门禁与钥匙（access） 任何情况下都不能交出，协议也不能例外。',
    );
    expect(problemSentence(problem, 'en').what).toContain('door codes and keys (access)');
  });

  it('does so for each of several', () => {
    const fields = ['customer_no', 'mobile'];
    const problem = { code: 'MAPPING_REQUIRED', fields, headers: '-', draft: '' } as const;
    expect(problemSentence(problem, 'zh').what).toBe(
      '找不到必需的列：客户编号（customer_no）、手机号（mobile）。',
    );
  });

  it('leaves what is no field of the catalogue as it is', () => {
    const problem = { code: 'POLICY_FIELD_UNKNOWN', field: 'shoe_size' } as const;
    expect(problemSentence(problem, 'en').what).toContain('shoe_size');
  });
});
