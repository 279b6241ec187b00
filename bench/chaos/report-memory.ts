/**
 * Preloaded into a server: at SIGWINCH, which nothing else here uses and which is harmless elsewhere, it
 * collects its garbage and prints how much of its heap is in use, and what keeps the process alive. Twice, because finalizers free more for the
 * second time.
 */
process.on('SIGWINCH', async () => {
  global.gc?.();
  await new Promise(resolve => setTimeout(resolve, 100));
  global.gc?.();
  const resources = process.getActiveResourcesInfo();
  const count = (name: RegExp) => resources.filter(resource => name.test(resource)).length;
  const { heapUsed } = process.memoryUsage();
  const told = { heapUsed, timers: count(/^Timeout$/), sockets: count(/^(TCP|TLS)SocketWrap$/) };
  process.stdout.write(`${JSON.stringify(told)}\n`);
});
