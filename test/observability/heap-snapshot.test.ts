import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startProcess } from '../support/process.ts';

test('a process started as in docs/troubleshooting.md writes heap snapshots on SIGUSR1 and keeps serving', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'partoo-mcp-heap-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const { url, child, output, stop } = await startProcess({
    PARTOO_ENV: 'demo',
    NODE_OPTIONS: `--heapsnapshot-signal=SIGUSR1 --diagnostic-dir=${directory}`,
  });
  onTestFinished(() => void stop('SIGKILL'));
  for (const count of [1, 2]) {
    child.kill('SIGUSR1');
    await expect.poll(() => readdir(directory), { timeout: 60_000 }).toHaveLength(count);
  }
  expect((await fetch(new URL('/healthz', url))).status).toBe(200);
  expect(output()).not.toMatch(/stopping|Debugger/);
}, 180_000);
