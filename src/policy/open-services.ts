import type { CalendarDate } from '../base/time.js';
import { isHolding } from './limits.js';

/** What customers have paid for and not received, and whose contract still runs: counts and sums, nobody's own. */
export interface OpenServices {
  /** Persons with a balance or sessions left. */
  readonly holders: number;
  /** The sum of the balances in fen. */
  readonly fen: number;
  readonly sessions: number;
  /** Persons whose contract ends today or later. */
  readonly running: number;
}

/** Counts one record after another. `value` gives a field of it, normalised, '' where there is none. */
export interface ServiceCounter {
  add(value: (field: string) => string): void;
  end(): OpenServices;
}

/** Counts customers to whom something is still owed. @param today the day in Asia/Shanghai by which a contract runs */
export function openServices(today: CalendarDate): ServiceCounter {
  let [holders, fen, sessions, running] = [0, 0, 0, 0];
  return {
    add: (value) => {
      const [balance, bonus, left] = [
        value('prepaid_balance'),
        value('prepaid_bonus'),
        value('remaining_sessions'),
      ];
      if ([balance, bonus, left].some(isHolding)) holders++;
      fen += fenOf(balance) + fenOf(bonus);
      sessions += /^\d{1,9}(?:\.\d+)?$/.test(left) ? Number(left) : 0;
      if (value('contract_ends').slice(0, 10) >= today) running++;
    },
    end: () => ({ holders, fen, sessions: Math.round(sessions * 100) / 100, running }),
  };
}

/** An amount as it is stored, in whole fen; 0 for what is no amount. */
function fenOf(amount: string): number {
  return /^-?\d{1,15}$/.test(amount) ? Number(amount) : 0;
}
