import { findWorkspace, isWorkspace } from '../store/find-workspace.js';
import type { Invocation } from './parse.js';
import type { Settings } from './settings.js';
import type { CommandName } from './shapes.js';
import type { System } from './system.js';

/**
 * A command line with what the settings say where it says nothing itself, and nothing nearer does: a workspace in the current folder or above
 * comes before theirs. `init` makes one where it is told to.
 */
export function withDefaults(
  invocation: Invocation<CommandName>,
  { cwd, env }: Pick<System, 'cwd' | 'env'>,
  settings: Settings,
): Invocation<CommandName> {
  const { globals } = invocation;
  const { operator, workspace } = settings;
  const isWanted =
    workspace !== undefined &&
    invocation.name !== 'init' &&
    globals.workspace === undefined &&
    findWorkspace(cwd) === null &&
    isWorkspace(workspace);
  return {
    ...invocation,
    globals: {
      ...globals,
      ...(isWanted ? { workspace } : {}),
      ...(operator !== undefined && globals.operator === undefined && !env['HANDOVER_OPERATOR']
        ? { operator }
        : {}),
    },
  };
}
