import { openWorkspace } from '../../src/store/workspace.js';

/** Opens a workspace, does nothing, and waits to be killed. */
export default async function holding(dir: string): Promise<void> {
  openWorkspace(dir);
  process.stdout.write('ready\n');
  setInterval(() => undefined, 1000);
}
