/**
 * Preloaded into a server: at SIGWINCH, which nothing else here uses and which is harmless elsewhere, it
 * collects its garbage and prints how much of its heap is in use. Twice, because finalizers free more for the
 * second time.
 */
process.on('SIGWINCH', async () => {
  global.gc?.();
  await new Promise(resolve => setTimeout(resolve, 100));
  global.gc?.();
  process.stdout.write(`${JSON.stringify({ heapUsed: process.memoryUsage().heapUsed })}\n`);
});
