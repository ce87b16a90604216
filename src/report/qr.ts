import { encode } from 'uqr';
import { type Html, html } from './html.js';

/** Modules of white around a code, without which readers miss it (ISO/IEC 18004). */
const QUIET = 4;

/**
 * A text as a QR code that prints sharp at any size: one path in an image of its own units.
 *
 * @param label what a person who does not see it is told
 */
export function qrCode(text: string, label: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  const dark = data.flatMap((row, y) =>
    runsOf(row).map(({ x, width }) => `M${x} ${y}h${width}v1h-${width}z`),
  );
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path fill="#000" d="${dark.join('')}"/></svg>`;
}

/** Neighbouring dark modules are drawn as one: a letter to each of many customers has a code. */
function runsOf(row: readonly boolean[]): readonly { readonly x: number; readonly width: number }[] {
  const runs: { x: number; width: number }[] = [];
  for (const [x, isDark] of row.entries()) {
    if (!isDark) continue;
    const last = runs.at(-1);
    if (last !== undefined && last.x + last.width === x) last.width++;
    else runs.push({ x, width: 1 });
  }
  return runs;
}
