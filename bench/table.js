/**
 * Prints rows under headings, first columns to the left, numbers to the right.
 *
 * @param {readonly string[]} headings
 * @param {readonly (readonly string[])[]} rows
 */
export function printTable(headings, rows) {
  const widths = headings.map((heading, i) =>
    Math.max(heading.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  /** @param {readonly string[]} cells */
  const line = (cells) =>
    cells
      .map((cell, i) =>
        /^[\d.,]+( |$)/.test(rows[0]?.[i] ?? '')
          ? cell.padStart(widths[i] ?? 0)
          : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd();
  console.log(line(headings));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const row of rows) console.log(line(row));
}

/** @param {number} seconds */
export function secondsText(seconds) {
  return Number.isNaN(seconds) ? '-' : `${seconds.toFixed(2)} s`;
}

/** @param {number} bytes */
export function bytesText(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
