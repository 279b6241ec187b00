import { setTimeout as sleep } from 'node:timers/promises';

const TICK_MS = 20;

/**
 * Starts `perSecond` tasks until the signal aborts, without waiting for earlier ones. Resolves when all have ended.
 */
export async function steadily(
  perSecond: number,
  until: AbortSignal,
  start: (number: number) => Promise<void>,
): Promise<void> {
  const begun = performance.now();
  const tasks: Set<Promise<void>> = new Set();
  let number = 0;
  while (!until.aborted) {
    const due = ((performance.now() - begun) / 1_000) * perSecond;
    while (number < due) {
      number += 1;
      const task = start(number).finally(() => tasks.delete(task));
      tasks.add(task);
    }
    await sleep(TICK_MS);
  }
  await Promise.all(tasks);
}
