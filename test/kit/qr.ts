import readQrCode from 'jsqr';

/** Dots for each module: enough for a reader that looks for edges. */
const DOTS = 8;

/** What the QR codes of a page say, in order: each is drawn as a browser would draw it, and read by jsQR. */
export function qrCodesIn(page: string): readonly (string | undefined)[] {
  return [...page.matchAll(/<svg class="qr" viewBox="0 0 (\d+) .*?<\/svg>/gs)].map(([svg, size]) =>
    read(svg, Number(size) * DOTS),
  );
}

function read(svg: string, dots: number): string | undefined {
  const pixels = new Uint8ClampedArray(dots * dots * 4).fill(255);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let row = Number(y) * DOTS; row < (Number(y) + 1) * DOTS; row++)
      for (let column = Number(x) * DOTS; column < (Number(x) + Number(width)) * DOTS; column++)
        pixels.fill(0, (row * dots + column) * 4, (row * dots + column) * 4 + 3);
  return readQrCode.default(pixels, dots, dots)?.data;
}
