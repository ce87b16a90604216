import { describe, expect, test } from 'vitest';
import { BUNDLE_ID, buyer } from '../../fixtures/vectors/make/kit.js';
import { utf8 } from '../../src/base/bytes.js';
import { type SecretKey, sha256 } from '../../src/base/crypto.js';
import { canonicalJson, type Json } from '../../src/base/json.js';
import { partName } from '../../src/bundle/entry-names.js';
import { type OpeningJob, openingJobBytes, openingKeys, readOpeningJob } from '../../src/bundle/opening.js';
import { problemOf } from '../identity/problem-of.js';

const secret = (byte: number): SecretKey => new Uint8Array(32).fill(byte) as SecretKey;
const digest = sha256(utf8('anything'));
const part = (number: number) => ({
  path: partName('customers', number),
  bytes: 900,
  sha256: digest,
  rows: 3,
  pages: [{ bytes: 400, rows: 3 }],
});

const job: OpeningJob = {
  bundle: BUNDLE_ID,
  manifest: digest,
  resource: {
    name: 'customers',
    fields: [{ name: 'customer_no', class: 'identifier', purpose: 'service', action: 'keep' }],
    parts: [part(1), part(2)],
  },
  recipients: [buyer.identity.recipient],
  fileKeys: [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)],
  tagKey: secret(3),
  leafKey: secret(4),
  macKey: secret(5),
};

/** The job with something else in it. */
function changed(change: (document: Record<string, Json>) => void): Uint8Array {
  const document: Record<string, Json> = JSON.parse(Buffer.from(openingJobBytes(job)).toString());
  change(document);
  return utf8(canonicalJson(document));
}

describe('the job of who opens a part', () => {
  test('is read as it was written', () => {
    expect(readOpeningJob(openingJobBytes(job))).toEqual({
      ...job,
      fileKeys: job.fileKeys.map((key) => Buffer.from(key)),
      ...{ tagKey: Buffer.from(job.tagKey), leafKey: Buffer.from(job.leafKey) },
      macKey: Buffer.from(job.macKey),
    });
  });

  test.each<[string, (document: Record<string, Json>) => void, string]>([
    ['a key less than parts', (d) => (d['file_keys'] = ['01'.repeat(16)]), 'file_keys'],
    ['a key more than parts', (d) => (d['file_keys'] = Array(3).fill('01'.repeat(16))), 'file_keys'],
    ['a key that is too short', (d) => (d['file_keys'] = ['01'.repeat(15), '02'.repeat(16)]), 'file_keys.0'],
    ['no key', (d) => (d['file_keys'] = []), 'file_keys'],
    ['a key for tags that is too short', (d) => (d['tag_key'] = '03'.repeat(31)), 'tag_key'],
    ['somebody who is no recipient', (d) => (d['recipients'] = ['age1nobody']), 'recipients.0'],
  ])('is refused with %s', (_, change, path) => {
    expect(problemOf(() => readOpeningJob(changed(change)))).toEqual({
      code: 'FORMAT_SHAPE',
      document: 'job.json',
      path,
    });
  });

  test('has a key for what workers say that follows from the one secret', () => {
    expect(openingKeys(secret(1)).macKey).toEqual(openingKeys(secret(1)).macKey);
    expect(openingKeys(secret(1)).macKey).not.toEqual(openingKeys(secret(2)).macKey);
  });
});
