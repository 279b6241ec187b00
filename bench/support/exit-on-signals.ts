/** Exits on SIGINT and SIGTERM. Without a listener the process would skip its 'exit' event, which ends child processes. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
}
