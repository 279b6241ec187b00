/**
 * Preloaded into a server. At SIGWINCH, which nothing else uses, it collects garbage and prints the used heap and the active
 * resources. Twice, because finalizers free more the second time.
 */
process.on('SIGWINCH', async () => {
  global.gc?.();
  await new Promise(resolve => setTimeout(resolve, 100));
  global.gc?.();
  const resources = process.getActiveResourcesInfo();
  const count = (name: RegExp) => resources.filter(resource => name.test(resource)).length;
  const { heapUsed } = process.memoryUsage();
  const report = { heapUsed, timers: count(/^Timeout$/), sockets: count(/^(TCP|TLS)SocketWrap$/) };
  process.stdout.write(`${JSON.stringify(report)}\n`);
});
