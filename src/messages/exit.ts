/** Exit numbers of the command line (docs/cli.md, "Exit codes"). A script may rely on them. */
export const EXIT = {
  ok: 0,
  fault: 1,
  usage: 2,
  findings: 3,
  refused: 4,
  authenticity: 5,
  integrity: 6,
  key: 7,
  partial: 8,
  locked: 9,
  unsupported: 10,
  /** All went well, and nobody may leave: people have to do something first. */
  nobody: 11,
  temporary: 75,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitName = keyof typeof EXIT;

/** The exit name of each code of `P`. Total by type: a new problem without one does not compile. */
export type Exits<P extends { readonly code: string }> = Readonly<Record<P['code'], ExitName>>;
