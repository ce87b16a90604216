/**
 * A chart as SVG text, for a document: lines that can be told apart in grey, by their dashes and marks, and each named at its end. Black on
 * white, because a picture in a page does not know whether the page is dark.
 */

/** @typedef {{ name: string, points: readonly (readonly [x: number, y: number])[] }} Series */
/** @typedef {{ title: string, series: readonly Series[], limit?: number }} Panel */

const WIDTH = 400;
const HEIGHT = 300;
const PLOT = { left: 46, top: 56, width: 220, height: 200 };

const DASHES = ['', '6 3', '2 3', '9 3 2 3', '1 2', '12 4'];
const INKS = ['#0b3d66', '#0b3d66', '#a8500f', '#a8500f', '#444', '#444'];

/**
 * @param {{ title: string, across: string, panels: readonly Panel[] }} what  `across` names the horizontal axis
 * @returns {string} SVG
 */
export function chart({ title, across, panels }) {
  const width = WIDTH * panels.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${HEIGHT}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="12" y="20" font-size="14" font-weight="bold">${title}</text>`,
    ...panels.flatMap((panel, i) => panelLines(panel, across, i * WIDTH)),
    '</svg>',
    '',
  ].join('\n');
}

/**
 * @param {Panel} panel
 * @param {string} across
 * @param {number} at
 */
function panelLines({ title, series, limit }, across, at) {
  const all = series.flatMap(({ points }) => points);
  const mostX = Math.max(...all.map(([x]) => x));
  const mostY = Math.max(limit ?? 0, ...all.map(([, y]) => y)) * 1.05;
  /** @param {number} value */
  const x = (value) => round(at + PLOT.left + (value / mostX) * PLOT.width);
  /** @param {number} value */
  const y = (value) => round(PLOT.top + PLOT.height - (value / mostY) * PLOT.height);
  const bottom = PLOT.top + PLOT.height;
  const lines = [
    `<text x="${at + 12}" y="44" font-weight="bold">${title}</text>`,
    `<line x1="${x(0)}" y1="${bottom}" x2="${x(mostX)}" y2="${bottom}" stroke="#000"/>`,
    `<line x1="${x(0)}" y1="${PLOT.top}" x2="${x(0)}" y2="${bottom}" stroke="#000"/>`,
    `<text x="${x(mostX / 2)}" y="${bottom + 32}" text-anchor="middle">${across}</text>`,
  ];
  for (const step of steps(mostX))
    lines.push(`<text x="${x(step)}" y="${bottom + 15}" text-anchor="middle">${step}</text>`);
  for (const step of steps(mostY)) {
    lines.push(`<text x="${x(0) - 5}" y="${y(step) + 4}" text-anchor="end">${step}</text>`);
    lines.push(`<line x1="${x(0)}" y1="${y(step)}" x2="${x(mostX)}" y2="${y(step)}" stroke="#ddd"/>`);
  }
  if (limit !== undefined) {
    lines.push(`<line x1="${x(0)}" y1="${y(limit)}" x2="${x(mostX)}" y2="${y(limit)}" stroke="#b00"/>`);
    lines.push(`<text x="${x(0) + 4}" y="${y(limit) - 4}" fill="#b00">aim: below ${limit}</text>`);
  }
  for (const [i, { points }] of series.entries()) {
    const line = points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ');
    const look = `stroke="${INKS[i % INKS.length]}" stroke-dasharray="${DASHES[i % DASHES.length]}"`;
    lines.push(`<polyline points="${line}" fill="none" stroke-width="1.8" ${look}/>`);
    for (const [a, b] of points)
      lines.push(`<circle cx="${x(a)}" cy="${y(b)}" r="2.4" fill="${INKS[i % INKS.length]}"/>`);
  }
  return [...lines, ...namesAt(series, x(mostX) + 8, y)];
}

/**
 * The names at the ends of their lines, moved apart where they would meet.
 *
 * @param {readonly Series[]} series
 * @param {number} left
 * @param {(value: number) => number} y
 */
function namesAt(series, left, y) {
  const ends = series
    .map(({ name, points }, i) => ({ name, i, at: y(points.at(-1)?.[1] ?? 0) + 4 }))
    .sort((a, b) => a.at - b.at);
  let above = Number.NEGATIVE_INFINITY;
  for (const end of ends) {
    end.at = Math.max(end.at, above + 13);
    above = end.at;
  }
  const low = Math.max(0, above - (PLOT.top + PLOT.height + 4));
  return ends.map(
    ({ name, i, at }) =>
      `<text x="${left}" y="${round(at - low)}" fill="${INKS[i % INKS.length]}">${name}</text>`,
  );
}

/**
 * Round numbers up to a greatest, about five of them.
 *
 * @param {number} most
 */
function steps(most) {
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough) ?? power;
  const count = Math.floor(most / step + 1e-9);
  return Array.from({ length: count }, (_, i) => Number(((i + 1) * step).toPrecision(6)));
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
