import { openWorkspace } from '../../src/store/workspace.js';

/** Opens a workspace, does nothing, and waits to be killed. */
export default async function holding(dir: string): Promise<void> {
  const workspace = openWorkspace(dir);
  process.stdout.write('ready\n');
  // Held on to: a database that nobody refers to is closed by the garbage collector, and its lock with it.
  setInterval(() => workspace.info, 1000);
}
