import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectV1, connectV2 } from '../support/clients.ts';
import { startCollector } from '../support/collector.ts';
import { freePort } from '../support/free-port.ts';
import { startProcess } from '../support/process.ts';
import { redisDatabase } from '../support/redis-database.ts';

const ROOT = join(import.meta.dirname, '../..');
const KEY = { 'x-APIKey': 'demo-admin' };
const redisUrl = redisDatabase(9);

/** Built where there is no node_modules to fall back on. */
describe('the build', () => {
  let directory: string;
  let file: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'partoo-mcp-build-'));
    execFileSync(process.execPath, ['scripts/build.ts', join(directory, 'dist')], { cwd: ROOT });
    await copyFile(join(ROOT, 'package.json'), join(directory, 'package.json'));
    file = relative(ROOT, join(directory, 'dist/main.js'));
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true }));

  test('contains what is loaded on demand: emulator, metrics, traces and tokenizer', async () => {
    const collector = await startCollector();
    const metricsPort = `${await freePort()}`;
    const server = await startProcess(
      {
        PARTOO_ENV: 'demo',
        METRICS_PORT: metricsPort,
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
        RESULT_TOKEN_BUDGET: '1000',
      },
      file,
    );
    const client = await connectV2(server.url, KEY);
    const { structured } = await client.call('search_businesses', { per_page: 100 });
    expect(structured?.note).toMatch(/^Cut to fit/);
    const metrics = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    expect(await metrics.text()).toContain('partoo_mcp_tool_calls_total{');
    expect(await server.stop()).toBe(0);
    expect(collector.spans.map(({ name }) => name)).toContain('tools/call search_businesses');
    collector.close();
  });

  test.skipIf(!redisUrl)('contains the Redis client', async () => {
    const server = await startProcess({ PARTOO_ENV: 'demo', REDIS_URL: redisUrl as string }, file);
    const client = await connectV1(server.url, KEY);
    expect((await client.call('search_businesses')).isError).toBe(false);
    const ready = await fetch(`${server.origin}/readyz`);
    expect(await ready.json()).toMatchObject({ redis: 'reachable' });
    expect(await server.stop()).toBe(0);
  });

  test('contains the license of each bundled package', async () => {
    const licenses = await readFile(join(directory, 'dist/LICENSES.txt'), 'utf8');
    const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    const sections = licenses.split('\n\n---\n\n');
    const documented = sections.map(section => section.replace(/ .*/s, ''));
    expect(documented).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    // These packages ship no license text.
    const without = sections.filter(section => !section.trim().includes('\n'));
    expect(without.map(section => section.replace(/ .*/s, ''))).toEqual(['abstract-logging', 'koa-compose']);
  });
});
