import { HandoverError } from '../../src/messages/error.js';
import type { Session, withSession } from '../../src/steps/session/session.js';

/** Sessions in which commands that only look find what they ask for, by folder. */
const open = new Map<string, Session>();
let isMocked = false;

/**
 * Stands in the place of `withSession` where a test file says so (`vi.mock`): to open a workspace and to look at its log takes longer than most
 * of what is shown of it.
 */
export function sharing(real: typeof withSession): typeof withSession {
  isMocked = true;
  return (dir, runtime, run) => {
    const session = open.get(dir);
    return session === undefined ? real(dir, runtime, run) : run(session);
  };
}

/**
 * Looks at a workspace several times in one session, or each time in one of its own. Null if it cannot be opened.
 *
 * @param within opens it; this file cannot, because the one that can is mocked by means of this one
 */
export async function inOneSession<T>(
  dir: string,
  within: (run: (session: Session) => Promise<T | null>) => Promise<T | null>,
  look: () => Promise<T | null>,
): Promise<T | null> {
  if (!isMocked) return look();
  let isOpen = false;
  try {
    return await within(async (session) => {
      isOpen = true;
      open.set(dir, session);
      return look();
    });
  } catch (error) {
    if (isOpen || !(error instanceof HandoverError)) throw error;
    return null;
  } finally {
    open.delete(dir);
  }
}
