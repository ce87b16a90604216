import cliProgress from 'cli-progress';
import { eachLang, type Lang } from '../messages/lang.js';
import { progressWords } from '../messages/screens/progress.js';
import { bar, minutesAndSeconds, grouped } from '../report/numbers.js';
import type { Progress, Phase } from '../report/progress.js';
import { padEnd } from '../report/terminal.js';
import type { Output } from './system.js';

/** A stage that is over sooner shows nothing. */
const PATIENCE_MS = 1000;
/** Between two lines where there is no terminal. */
const HEARTBEAT_MS = 5000;
const BAR_CELLS = 24;

const stageWords: Readonly<Record<Lang, Readonly<Record<Phase, string>>>> = eachLang(
  (lang) => progressWords[lang].stages,
);

/** How far a stage is. Times in milliseconds of the same clock. */
interface Standing {
  readonly stage: Phase;
  readonly total: number | undefined;
  readonly began: number;
  done: number;
  rows: number;
  /** When the last heartbeat line was written, or the stage began. */
  beat: number;
}

/**
 * Progress on standard error: a bar on a terminal once a stage has lasted a second, otherwise a plain line every five seconds.
 * @param elapsed a monotonic clock in milliseconds
 */
export function progressOn(output: Output, lang: Lang, ascii: boolean, elapsed: () => number): Progress {
  let standing: Standing | undefined;
  let drawn: cliProgress.SingleBar | undefined;
  let timer: NodeJS.Timeout | undefined;

  const line = (): string => (standing === undefined ? '' : progressLine(standing, elapsed(), lang, ascii));
  const look = (): void => {
    if (standing === undefined) return;
    const now = elapsed();
    if (!output.isTTY) {
      if (now - standing.beat < HEARTBEAT_MS) return;
      standing.beat = now;
      output.write(`${line()}\n`);
    } else if (drawn !== undefined) {
      drawn.update(standing.done);
    } else if (now - standing.began >= PATIENCE_MS) {
      drawn = new cliProgress.SingleBar({
        // cli-progress writes, and asks for isTTY and columns; nothing else of a stream.
        stream: output as unknown as NodeJS.WritableStream,
        format: line,
        hideCursor: true,
        fps: 5,
        linewrap: null,
      });
      drawn.start(standing.total ?? 1, standing.done);
    }
  };
  const end = (): void => {
    clearInterval(timer);
    drawn?.stop();
    drawn = undefined;
    standing = undefined;
  };
  return {
    start(stage, total) {
      end();
      const began = elapsed();
      standing = { stage, total, began, done: 0, rows: 0, beat: began };
      timer = setInterval(look, 500);
      timer.unref();
    },
    advance(done, rows = done) {
      if (standing === undefined) return;
      standing.done += done;
      standing.rows += rows;
      look();
    },
    end,
  };
}

/** One line: stage, bar, percent, rows, rows a second, time left. What is not known yet is left out. */
export function progressLine(standing: Readonly<Standing>, now: number, lang: Lang, ascii: boolean): string {
  const words = progressWords[lang];
  const seconds = (now - standing.began) / 1000;
  const parts = [stageWords[lang][standing.stage]];
  if (standing.total !== undefined && standing.total > 0) {
    const share = Math.min(1, standing.done / standing.total);
    parts.push(padEnd(bar(share, BAR_CELLS, ascii), BAR_CELLS), `${Math.floor(share * 100)}%`.padStart(4));
  }
  if (standing.rows > 0) {
    parts.push(words.rows(grouped(standing.rows)));
    if (seconds > 0) parts.push(words.rate(grouped(standing.rows / seconds)));
  }
  if (standing.total !== undefined && standing.done > 0 && standing.done < standing.total) {
    parts.push(words.left(minutesAndSeconds((seconds / standing.done) * (standing.total - standing.done))));
  }
  return parts.join('  ');
}
