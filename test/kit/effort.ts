/**
 * Seconds of processor that this process takes for something. What other programs do meanwhile hardly changes them, and a limit may be wide:
 * a reader whose time grows with the square of what it is given takes minutes or hours.
 */
export async function processorSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
