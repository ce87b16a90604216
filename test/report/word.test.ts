import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant } from '../../src/base/time.js';
import { blankMarks, draftOf } from '../../src/messages/drafts/drafts.js';
import type { DraftFacts } from '../../src/messages/drafts/facts.js';
import { LANGS } from '../../src/messages/lang.js';
import { DRAFT_KINDS } from '../../src/messages/papers.js';
import { citationOf, fullCitationOf } from '../../src/policy/laws.js';
import { blanksIn, wordFile } from '../../src/report/word.js';
import { convert, hasOffice } from '../kit/office.js';

const folder = mkdtempSync(join(tmpdir(), 'word-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A workspace of which nothing is known. */
const nothing = (lang: 'zh' | 'en'): DraftFacts => ({
  firm: {
    name: '甲 & <家政>',
    role: 'seller',
    uscc: null,
    phone: '021-5550100',
    address: null,
    isRehearsal: false,
  },
  today: '2026-11-20',
  deal: {
    id: null,
    title: null,
    kind: null,
    demands: 'consent',
    contractsPass: false,
    seller: '甲 & <家政>',
    buyer: null,
    effective: null,
    purposes: [],
    fields: [],
    sellerKeeps: null,
    buyerKeeps: null,
    contact: null,
    phone: null,
    approvals: null,
    escrow: [],
  },
  data: null,
  people: [],
  places: [{ name: '云盘', said: null }],
  cite: (...ids) => ids.map((id) => citationOf(id, lang)).join('、'),
  citeDated: (id) => fullCitationOf(id, lang),
});

/** The same firm with a deal, a list and its people. */
const known = (lang: 'zh' | 'en'): DraftFacts => ({
  ...nothing(lang),
  deal: {
    id: 'D-77',
    title: 'T-77',
    kind: 'K-77',
    demands: 'consent',
    contractsPass: false,
    seller: '甲 & <家政>',
    buyer: 'B-77',
    effective: '2026-12-01',
    purposes: ['P-77'],
    fields: [
      { label: 'F-77', action: 'A-77', purpose: 'P-77', isSensitive: false, necessity: null },
      { label: 'S-77', action: 'A-77', purpose: 'P-77', isSensitive: true, necessity: 'N-77' },
    ],
    sellerKeeps: 'X-77',
    buyerKeeps: 'Y-77',
    contact: 'C-77',
    phone: '021-77',
    approvals: 1,
    escrow: ['E-77'],
  },
  data: {
    persons: '1,503',
    general: ['G-77'],
    sensitive: ['Z-77'],
    safety: ['L-77'],
    children: ['W-77'],
    care: ['O-77'],
  },
  people: [
    {
      name: 'Wang-77',
      role: 'R-77',
      contact: null,
      is: 'lead',
      promised: '2026-01-02',
      trained: '2026-01-03',
    },
    { name: 'Ding-77', role: 'R-78', contact: '021-78', is: 'entrusted', promised: null, trained: null },
    { name: 'Zhao-77', role: 'R-79', contact: null, is: 'incident-lead', promised: null, trained: null },
  ],
});

const created = '2026-11-20T08:00:00Z' as Instant;

/** The stored entries of a ZIP file, by their local headers. */
function* entriesOf(bytes: Uint8Array): Generator<readonly [name: string, content: string]> {
  const buffer = Buffer.from(bytes);
  for (let at = 0; buffer.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name] = [buffer.readUInt32LE(at + 22), buffer.readUInt16LE(at + 26)];
    const begin = at + 30 + name;
    yield [buffer.toString('utf8', at + 30, begin), buffer.toString('utf8', begin, begin + size)];
    at = begin + size;
  }
}

/** What a paper says, its blanks in their brackets. */
async function textOf(kind: (typeof DRAFT_KINDS)[number], facts: DraftFacts, lang: 'zh' | 'en') {
  const bytes = await wordFile(draftOf(kind, facts, lang), { created, lang, marks: blankMarks[lang] });
  let text = '';
  const parser = new SaxesParser();
  parser.on('text', (piece) => (text += piece));
  parser.on('error', (error) => {
    throw error;
  });
  for (const [name, content] of entriesOf(bytes)) {
    if (name !== 'word/document.xml') {
      new SaxesParser().write(content).close();
      continue;
    }
    parser.write(content).close();
  }
  return { bytes, text };
}

describe('a paper as a Word file', () => {
  it.each(LANGS.flatMap((lang) => DRAFT_KINDS.map((kind) => [kind, lang] as const)))(
    '%s in %s is XML in every part, and the same each time',
    async (kind, lang) => {
      const one = await textOf(kind, nothing(lang), lang);
      const two = await textOf(kind, nothing(lang), lang);
      expect(Buffer.compare(one.bytes, two.bytes)).toBe(0);
      expect(one.text).not.toMatch(/undefined|null|\[object/);
    },
  );

  it.each(LANGS)('has the facts of deal, list and people in it, in %s', async (lang) => {
    const facts = known(lang);
    const said = async (kind: (typeof DRAFT_KINDS)[number]) => (await textOf(kind, facts, lang)).text;
    const nda = await said('nda');
    for (const value of ['甲 & <家政>', 'B-77', 'K-77']) expect(nda).toContain(value);
    const pia = await said('pia');
    for (const value of ['B-77', 'P-77', 'F-77', 'S-77', 'N-77', '1,503', 'Y-77', 'E-77', 'T-77'])
      expect(pia).toContain(value);
    const undertaking = await said('undertaking');
    for (const value of ['D-77', 'P-77', 'F-77', 'Y-77', 'C-77', '021-77'])
      expect(undertaking).toContain(value);
    const rules = await said('handling-rules');
    for (const value of ['G-77', 'Z-77', 'L-77', 'W-77', 'O-77', 'Wang-77', 'X-77'])
      expect(rules).toContain(value);
    expect(await said('emergency-plan')).toContain('Zhao-77');
    expect(await said('entrusted')).toContain('Ding-77');
    expect(await said('public-rules')).toContain('B-77');
    const training = await said('training');
    expect(training).toContain('Wang-77');
    expect(training).not.toContain('Ding-77');
    expect(await said('gdpr-notice')).toContain('Y-77');
  });

  it.each(LANGS)('claims nothing that nobody knows, in %s', async (lang) => {
    const { open } = blankMarks[lang];
    for (const kind of [
      'nda',
      'pia',
      'undertaking',
      'public-rules',
      'handling-rules',
      'emergency-plan',
    ] as const) {
      const draft = draftOf(kind, nothing(lang), lang);
      const { text } = await textOf(kind, nothing(lang), lang);
      expect(blanksIn(draft), kind).toBeGreaterThan(2);
      expect(text.split(open).length - 1, kind).toBe(blanksIn(draft));
    }
    // Neither that the deal has no sensitive field nor that the list has none.
    const { text } = await textOf('pia', nothing(lang), lang);
    expect(text).not.toMatch(/没有列入敏感|没有敏感列|不向境外|no sensitive|rules it out/);
    // Nor that somebody approves where nobody does.
    const alone = { ...known(lang), deal: { ...known(lang).deal, approvals: 0 } };
    expect((await textOf('pia', alone, lang)).text).not.toMatch(/另一人批准|second person/);
  });

  it('of a rehearsal says so', async () => {
    const facts = nothing('en');
    const { text } = await textOf('nda', { ...facts, firm: { ...facts.firm, isRehearsal: true } }, 'en');
    expect(text).toContain('rehearsal only');
  });
});

/** What stands on each page, as poppler reads it: a page ends with a form feed. */
function textOfPages(path: string): readonly string[] {
  const text = execFileSync('pdftotext', ['-enc', 'UTF-8', path, '-'], { encoding: 'utf8' });
  return text.split('\f').slice(0, -1);
}

function withoutSpace(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

const out = join(folder, 'out');

/** Has every paper in every language converted to text and to pages. @returns false if LibreOffice is there without its Writer */
async function convertPapers(): Promise<boolean> {
  const probe = join(folder, 'probe.txt');
  writeFileSync(probe, 'probe');
  const papers: string[] = [];
  for (const lang of LANGS) {
    for (const kind of DRAFT_KINDS) {
      const path = join(folder, `${kind}-${lang}.docx`);
      writeFileSync(path, (await textOf(kind, known(lang), lang)).bytes);
      papers.push(path);
    }
  }
  convert([probe, ...papers], { to: 'txt:Text (encoded):UTF8', out });
  if (!existsSync(join(out, 'probe.txt'))) return false;
  convert(papers, { to: 'pdf', out });
  return true;
}

describe.skipIf(!hasOffice)('LibreOffice Writer', () => {
  let hasWriter = false;
  beforeAll(async () => {
    hasWriter = await convertPapers();
  }, 300_000);

  it.for(LANGS)('opens every paper in %s and reads what is in it', { timeout: 300_000 }, (lang, { skip }) => {
    skip(!hasWriter, 'no Writer');
    const at = (kind: string, ending: string): string => join(out, `${kind}-${lang}.${ending}`);
    for (const kind of DRAFT_KINDS) {
      const [title = ''] = readFileSync(at(kind, 'txt'), 'utf8')
        .replace(/^\ufeff/, '')
        .split('\n');
      expect(title.trim(), kind).toBe(draftOf(kind, known(lang), lang).title);
      const pages = textOfPages(at(kind, 'pdf'));
      expect(pages.length, kind).toBeGreaterThanOrEqual(1);
      // Lines of a page are broken where it ends.
      expect(withoutSpace(pages[0] ?? ''), kind).toContain(withoutSpace(title));
    }
    expect(readFileSync(at('nda', 'txt'), 'utf8')).toContain('B-77');
    expect(readFileSync(at('pia', 'txt'), 'utf8')).toContain('N-77');
  });
});
