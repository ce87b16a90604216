/** One record of comma-separated text (RFC 4180) of a row of a sheet. An empty row is a blank line. */
export function recordLine(cells: readonly string[], width = cells.length): string {
  if (cells.length === 0) return '\n';
  let text = '';
  for (let i = 0; i < width; i++) {
    const cell = cells[i] ?? '';
    if (i > 0) text += ',';
    text += /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  }
  return `${text}\n`;
}
