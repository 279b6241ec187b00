/**
 * Preloaded into a server: at exit, prints the CPU time of the longest turn of its event loop. CPU time, because on a busy
 * machine other processes delay turns too.
 */
const EVERY_MS = 5;

let longestMs = 0;
const usedMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
let before: number | undefined;

setInterval(() => {
  const now = usedMs();
  // The first turns compile and load the program.
  if (before !== undefined && performance.now() > 5_000) longestMs = Math.max(longestMs, now - before);
  before = now;
}, EVERY_MS).unref();

process.on('exit', () =>
  process.stdout.write(`${JSON.stringify({ longestTurnMs: Math.round(longestMs) })}\n`),
);
