import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmulator, type PartooEmulator } from '../../src/partoo-emulator/emulator.ts';
import { type ServerProcess, startProcess } from '../support/process.ts';
import { type RedisProcess, startRedis } from '../support/redis-process.ts';
import { load } from './load.ts';
import { type Prometheus, startPrometheus } from './prometheus-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const missing = ['prometheus', 'promtool', 'redis-server'].filter(
  command => spawnSync(command, ['--version']).error,
);
if (missing.length > 0) {
  if (process.env.CI) throw new Error(`CI must have ${missing.join(' and ')}`);
  process.stderr.write(`\n!!! NO ${missing.join(', ')}: tests with a real Prometheus are SKIPPED !!!\n\n`);
}

interface Panel {
  title: string;
  targets?: { expr: string }[];
}
const dashboard = JSON.parse(readFileSync(join(ROOT, 'deploy/grafana-dashboard.json'), 'utf8')) as {
  panels: Panel[];
};
const panels = dashboard.panels.filter(({ targets }) => targets);

/** Replaces Grafana's variables, for all processes. */
const withVariables = (expression: string) =>
  expression.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '20s');

/** Runs promtool. Throws with its output if a check fails. */
const promtool = (args: string[], input?: string) =>
  execFileSync('promtool', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe', ...(input && { input }) });

describe.skipIf(missing.length > 0)('a real Prometheus that scrapes a server under load', () => {
  let partoo: PartooEmulator;
  let redis: RedisProcess;
  let server: ServerProcess;
  let prometheus: Prometheus;
  let stopLoad: () => Promise<void>;
  let metricsUrl: string;

  beforeAll(async () => {
    partoo = createEmulator({ rateLimitPerMinute: 100_000 });
    redis = await startRedis();
    server = await startProcess({
      PARTOO_BASE_URL: await partoo.listen(),
      REDIS_URL: redis.url,
      RATE_LIMIT_PER_MINUTE: '100000',
      RATE_LIMIT_MAX_WAIT_MS: '2000',
      UPSTREAM_TIMEOUT_MS: '300',
      WRITE_MEMORY_SECONDS: '0',
      METRICS_PORT: '0',
    });
    const [, address] = /"address":"http:\/\/([^"]+)","msg":"metrics/.exec(server.output()) ?? [];
    metricsUrl = `http://${address}/metrics`;
    prometheus = await startPrometheus(address as string);
    const often = { times: Number.POSITIVE_INFINITY };
    partoo.faults.add({ ...often, kind: 'status', status: 503, chance: 0.05 });
    partoo.faults.add({ ...often, kind: 'cut', chance: 0.05 });
    partoo.faults.add({ ...often, kind: 'latency', ms: 400, chance: 0.05 });
    partoo.faults.add({
      ...often,
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '1' },
      chance: 0.02,
    });
    stopLoad = load(server.url);
    await sleep(20_000);
  }, 90_000);

  afterAll(async () => {
    await stopLoad?.();
    await prometheus?.stop();
    await server?.stop('SIGKILL');
    await redis?.stop();
    await partoo?.close();
  });

  test('scrapes the server, and promtool accepts the metrics', async () => {
    const text = await (await fetch(metricsUrl)).text();
    expect(() => promtool(['check', 'metrics'], text)).not.toThrow();
    expect(await prometheus.query('up{job="partoo-mcp"}')).toMatchObject([
      { value: [expect.anything(), '1'] },
    ]);
  });

  test('has few series: no label has a value per caller or id', async () => {
    const [series] = await prometheus.query('count({job="partoo-mcp"})');
    expect(Number(series?.value[1])).toBeLessThan(2_500);
  });

  test.each(panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr }))))(
    'the dashboard shows "$title" ($expr)',
    async ({ expr }) => {
      const found = await prometheus.query(withVariables(expr));
      expect(found.length).toBeGreaterThan(0);
      expect(found.map(({ value }) => value[1])).not.toContain('NaN');
    },
  );

  test('the dashboard finds the processes to choose from', async () => {
    const { list } = JSON.parse(readFileSync(join(ROOT, 'deploy/grafana-dashboard.json'), 'utf8')).templating;
    const [, series, label] = /^label_values\((.*), (\w+)\)$/.exec(list[1].query.query) as RegExpExecArray;
    const values = await prometheus.request<string[]>(`label/${label}/values`, {
      'match[]': series as string,
    });
    expect(values).toEqual([new URL(metricsUrl).host]);
  });

  test('every alert is evaluated without an error', async () => {
    const { groups } = await prometheus.request<{
      groups: { rules: { name: string; query: string; health: string; lastError?: string }[] }[];
    }>('rules');
    const rules = groups.flatMap(({ rules }) => rules);
    expect(rules.length).toBeGreaterThan(10);
    for (const { name, query, health, lastError } of rules) {
      expect({ name, health, lastError }).toEqual({ name, health: 'ok', lastError: undefined });
      await prometheus.query(query);
    }
  });

  const firing = async () => {
    const { alerts } = await prometheus.request<{
      alerts: { state: string; labels: { alertname: string } }[];
    }>('alerts');
    return new Set(alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname));
  };

  test('alerts fire for real causes, and not before', async () => {
    const really = ['PartooMcpPartooFails', 'PartooMcpRedisLost'];
    const before = await firing();
    expect(really.filter(name => before.has(name))).toEqual([]);
    partoo.faults.clear();
    partoo.faults.add({ kind: 'status', status: 500, times: Number.POSITIVE_INFINITY });
    await redis.kill();
    await expect
      .poll(async () => [...(await firing())], { timeout: 60_000 })
      .toEqual(expect.arrayContaining(really));
    await server.stop('SIGKILL');
    await expect.poll(async () => [...(await firing())], { timeout: 20_000 }).toContain('PartooMcpDown');
  }, 90_000);
});

describe.skipIf(missing.length > 0)('promtool', () => {
  test('accepts the alerts and the configuration', () => {
    expect(() => promtool(['check', 'rules', 'deploy/alerts.yml'])).not.toThrow();
    expect(() => promtool(['check', 'config', 'deploy/prometheus.yml'])).not.toThrow();
  });

  test('fires each alert for the values that must fire it, and not for others', () => {
    promtool(['test', 'rules', 'test/prometheus/alerts.test.yml']);
  });

  test('every alert has such values, and an action for the operator', () => {
    const named = (file: string, name: RegExp) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(name)].map(([, alert]) => alert);
    const alerts = named('deploy/alerts.yml', /- alert: (\w+)/g);
    const proven = named('test/prometheus/alerts.test.yml', /alertname="(\w+)"/g);
    expect(alerts.filter(alert => proven.filter(name => name === alert).length < 2)).toEqual([]);
    expect(named('deploy/alerts.yml', /^ +(action): *\S/gm)).toHaveLength(alerts.length);
    expect(named('deploy/alerts.yml', /^ +severity: (page|ticket)$/gm)).toHaveLength(alerts.length);
  });
});
