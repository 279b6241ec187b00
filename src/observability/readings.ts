import { getHeapStatistics } from 'node:v8';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import type { Breaker, BreakerState } from '../partoo/client/circuit-breaker.ts';

/** State that is read at each scrape. */
export interface Readings {
  /** `waiting`: requests in this process that wait for the rate limit. */
  limiter: { waiting: number };
  breaker: Pick<Breaker, 'state' | 'blocked'>;
  limitsIn(): 'redis' | 'memory' | 'fallback';
}

const BREAKER_STATES: BreakerState[] = ['closed', 'open', 'half_open'];

/** Gauges with names of counters, which `promtool check metrics` refuses. */
const MISNAMED = ['handles', 'requests', 'resources'].map(what => `nodejs_active_${what}_total`);

/** Adds gauges for the state of this process. */
export function addReadings(registry: Registry, version: string, readings: Readings): void {
  const { limiter, breaker, limitsIn } = readings;
  const registers = [registry];
  // With prom-client's own names, which common dashboards expect.
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  // Named to match prom-client's nodejs_heap_size_used_bytes.
  new Gauge({
    name: 'nodejs_heap_size_limit_bytes',
    help: 'Largest size that V8 allows its heap, including the young generation.',
    registers,
  }).set(getHeapStatistics().heap_size_limit);
  new Gauge({
    name: 'partoo_mcp_build_info',
    help: 'Always 1; the label has the running version.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);
  new Gauge({
    name: 'partoo_mcp_calls_waiting',
    help: 'Requests in this process that wait for the rate limit.',
    registers,
    collect() {
      this.set(limiter.waiting);
    },
  });
  new Gauge({
    name: 'partoo_mcp_circuit_breaker_state',
    help: '1 for the current state of the circuit breaker for all organizations, 0 for the others.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of BREAKER_STATES) this.set({ state }, state === breaker.state ? 1 : 0);
    },
  });
  new Gauge({
    name: 'partoo_mcp_circuit_breakers_open',
    help: 'Organizations and single keys whose circuit breaker is open.',
    labelNames: ['scope'],
    registers,
    collect() {
      const { organizations, keys } = breaker.blocked;
      this.set({ scope: 'organization' }, organizations);
      this.set({ scope: 'key' }, keys);
    },
  });
  new Gauge({
    name: 'partoo_mcp_limiter_store',
    help: '1 for where limits are kept, 0 for the others. fallback: in memory, because Redis is lost.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const state of ['redis', 'memory', 'fallback']) this.set({ state }, state === limitsIn() ? 1 : 0);
    },
  });
}
