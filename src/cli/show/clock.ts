import type { Lang } from '../../messages/lang.js';
import { doctorWords } from '../../messages/screens/doctor.js';
import type { Screen } from '../../report/screen.js';
import type { ClockCheck } from '../../retention/clock.js';

/** Warns of a clock that cannot be right, above what depends on it. */
export function drawClock(screen: Screen, { state, known, days }: ClockCheck, lang: Lang): void {
  const words = doctorWords[lang].checks;
  if (state === 'behind') screen.warn(words.clock.warning(known ?? ''));
  if (state === 'ahead') screen.warn(words['clock-leap'].warning(String(days)));
}
