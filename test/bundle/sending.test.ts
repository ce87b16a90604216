import { describe, expect, it } from 'vitest';
import { looksLikeSending, readSending, type Sending, SENDING_KINDS } from '../../src/bundle/sending.js';
import { LANGS } from '../../src/messages/lang.js';
import { HandoverError } from '../../src/messages/error.js';
import { sendingPage } from '../../src/report/sending-page.js';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

const CARD: Sending = {
  kind: 'card',
  document: { name: '上海甲.card.json', bytes: bytes('{"a":"</script> & é"}') },
  beside: [{ name: '上海甲.card.json.minisig', bytes: bytes('untrusted comment: x\nRU\n') }],
};

const page = (sending: Sending = CARD): string =>
  sendingPage(sending, { lang: 'zh', from: '甲 <b>&"', publicKey: 'RWkey' });

function codeOf(text: string | Uint8Array): string {
  try {
    readSending(typeof text === 'string' ? bytes(text) : text, 'x.html');
    return 'read';
  } catch (error) {
    return error instanceof HandoverError ? error.problem.code : String(error);
  }
}

describe('one file for a document and its signatures', () => {
  it.each(LANGS)('holds the very bytes, in %s', (lang) => {
    const text = sendingPage(CARD, { lang, from: 'Jia', publicKey: 'RWkey' });
    const read = readSending(bytes(text), 'whatever (1).html');
    expect(read.kind).toBe('card');
    expect(Buffer.from(read.document.bytes)).toEqual(Buffer.from(CARD.document.bytes));
    expect(read.document.name).toBe('上海甲.card.json');
    expect(read.beside.map(({ name }) => name)).toEqual(['上海甲.card.json.minisig']);
    expect(looksLikeSending(bytes(text))).toBe(true);
  });

  it('survives a mail program that turns line ends and puts a mark in front', () => {
    expect(codeOf(`\ufeff${page().replaceAll('\n', '\r\n')}`)).toBe('read');
  });

  it('says nothing of its sender that is not escaped', () => {
    expect(page()).not.toContain('甲 <b>');
  });

  it('has no fingerprint on the card, which would be copied instead of compared', () => {
    expect(page()).not.toMatch(/\d{5} \d{5}/);
  });

  const link = (name: string, data = 'QQ=='): string =>
    `<a class="file" download="${name}" href="data:application/octet-stream;base64,${data}">x</a>`;
  const with_ = (...lines: string[]): string =>
    ['<!doctype html>', '<!-- handover.sending/1 card -->', ...lines].join('\n');

  it.each([
    ['an empty file', '', 'FORMAT_UNKNOWN'],
    ['another page', '<!doctype html>\n<p>', 'FORMAT_UNKNOWN'],
    ['a later version', page().replace('sending/1 card', 'sending/2 card'), 'FORMAT_UNKNOWN'],
    ['another kind', page().replace('sending/1 card', 'sending/1 purge'), 'FORMAT_UNKNOWN'],
    ['a kind that its files are not', page().replace('sending/1 card', 'sending/1 receipt'), 'FORMAT_SHAPE'],
    ['two marks', page().replace('<body>', '<!-- handover.sending/1 card -->\n<body>'), 'FORMAT_SHAPE'],
    ['no file', with_(), 'FORMAT_SHAPE'],
    ['a path', with_(link('../x.card.json')), 'FORMAT_SHAPE'],
    ['a path of Windows', with_(link('C:\\x.card.json')), 'FORMAT_SHAPE'],
    ['a hidden name', with_(link('.x.card.json')), 'FORMAT_SHAPE'],
    ['a name that turns around', with_(link('x\u202e.card.json')), 'FORMAT_SHAPE'],
    ['bytes in another spelling', with_(link('x.card.json', 'QR==')), 'FORMAT_SHAPE'],
    [
      'a file twice',
      with_(link('x.card.json'), link('x.card.json.minisig'), link('x.card.json.minisig')),
      'FORMAT_SHAPE',
    ],
    [
      'a signature of something else',
      with_(link('x.card.json'), link('y.card.json.minisig')),
      'FORMAT_SHAPE',
    ],
    ['a second document', with_(link('x.card.json'), link('y.card.json')), 'FORMAT_SHAPE'],
    ['a script beside', with_(link('x.card.json'), link('x.card.json.exe')), 'FORMAT_SHAPE'],
    ['other bytes in a line', with_(link('x.card.json').replace('base64,', 'base64,<')), 'FORMAT_SHAPE'],
  ])('%s is refused', (_, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('that is no text is refused', () => {
    expect(codeOf(new Uint8Array([0x3c, 0xff, 0xfe]))).toBe('FORMAT_SHAPE');
  });

  it('has names of every kind', () => {
    for (const kind of SENDING_KINDS) {
      const name = `x.${kind}.json`;
      const end = kind === 'deal' ? '.seller.minisig' : '.minisig';
      const sending: Sending = {
        kind,
        document: { name, bytes: bytes('{}') },
        beside: [{ name: `${name}${end}`, bytes: bytes('s') }],
      };
      expect(readSending(bytes(page(sending)), 'x.html')).toMatchObject({ kind, document: { name } });
    }
  });
});
