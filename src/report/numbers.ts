/** Numbers as people read them; the same in both languages. */

/** `2317` as `2,317`. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Fen as yuan with both decimals: `123456` as `1,234.56`. */
export function yuan(fen: number): string {
  const [sign, all] = [fen < 0 ? '-' : '', Math.abs(fen)];
  return `${sign}${grouped(Math.floor(all / 100))}.${String(all % 100).padStart(2, '0')}`;
}

/** A share with one decimal: `67.1%`. Never rounds a part up to 100% or down to 0%. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return '–';
  const tenths = Math.round((part / whole) * 1000);
  if (part > 0 && tenths === 0) return '<0.1%';
  if (part < whole && tenths === 1000) return '>99.9%';
  return `${(tenths / 10).toFixed(1)}%`;
}

/** A size in units of 1,000 bytes: `412 KB`, `1.3 MB`. */
export function fileSize(bytes: number): string {
  const units = ['KB', 'MB', 'GB', 'TB'] as const;
  if (bytes < 1000) return `${bytes} B`;
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 9.95 ? size.toFixed(1) : size.toFixed(0)} ${units[unit] ?? 'TB'}`;
}

/** Minutes and seconds: `0:07`, `12:30`, `1:02:03`. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * A bar of at most `width` cells for `share` between 0 and 1, in eighths of a cell. Whatever is more than nothing shows.
 * @param ascii use `#` where block characters may be missing
 */
export function bar(share: number, width: number, ascii: boolean): string {
  const bounded = Math.min(1, Math.max(0, share));
  if (ascii) return '#'.repeat(bounded > 0 ? Math.max(1, Math.round(bounded * width)) : 0);
  const eighths = bounded > 0 ? Math.max(1, Math.round(bounded * width * 8)) : 0;
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}
