import type { Lang } from '../../messages/lang.js';
import { doctorWords } from '../../messages/screens/doctor.js';
import type { Screen } from '../../report/screen.js';
import type { ClockCheck } from '../../retention/clock.js';

/** Warns of a clock that cannot be right, above what depends on it. */
export function drawClock(screen: Screen, clock: ClockCheck, lang: Lang): void {
  for (const text of clockWarnings(clock, lang)) screen.warn(text);
}

/** What is wrong with the clock; nothing where nothing is. */
export function clockWarnings({ state, known, days }: ClockCheck, lang: Lang): readonly string[] {
  const words = doctorWords[lang].checks;
  if (state === 'behind') return [words.clock.warning(known ?? '')];
  return state === 'ahead' ? [words['clock-leap'].warning(String(days))] : [];
}
