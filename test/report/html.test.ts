import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html, htmlPage } from '../../src/report/html.js';

describe('html', () => {
  it('escapes what is put in, and nothing twice', () => {
    const cell = html`<td title="${'a"b'}">${'<script>&'}</td>`;
    expect(String(html`<tr>${[cell, cell]}${null}${3}</tr>`)).toBe(
      '<tr><td title="a&#34;b">&#60;script&#62;&#38;</td><td title="a&#34;b">&#60;script&#62;&#38;</td>3</tr>',
    );
  });

  it('takes no text for a piece', () => {
    expect(String(html`${String(html`<b>`)}`)).toBe('&#60;b&#62;');
  });
});

describe('htmlPage', () => {
  const page = htmlPage({
    lang: 'zh',
    title: '<报告>',
    body: html`<h1>${'<报告>'}</h1>`,
    script: 'document.title = "x";',
    data: JSON.stringify({ note: '</script><script>alert(1)</script>' }),
  });

  it('allows its own style and script, and nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`style-src 'sha256-${digest}'`);
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)=/);
  });

  it('keeps data from ending its element', () => {
    expect(page.match(/<script/g)).toHaveLength(2);
    const data = /id="data">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(JSON.parse(data)).toEqual({ note: '</script><script>alert(1)</script>' });
  });
});
