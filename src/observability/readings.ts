import { getHeapStatistics } from 'node:v8';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import type { Breaker, BreakerState } from '../partoo/client/circuit-breaker.ts';

/** State that is read at each scrape. */
export interface Readings {
  version: string;
  /** Requests in this process that wait for the rate limit. */
  waiting(): number;
  breaker: Pick<Breaker, 'state' | 'blocked'>;
  limitsIn(): 'redis' | 'memory' | 'fallback';
}

/** Gauges with names of counters, which `promtool check metrics` refuses. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** Gauges for the state of this process. */
export function addReadings(registry: Registry, readings: Readings): void {
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
  }).set({ version: readings.version }, 1);
  new Gauge({
    name: 'partoo_mcp_calls_waiting',
    help: 'Requests in this process that wait for the rate limit.',
    registers,
    collect() {
      this.set(readings.waiting());
    },
  });
  addState(registry, {
    name: 'partoo_mcp_circuit_breaker_state',
    help: '1 for the current state of the circuit breaker for all organizations, 0 for the others.',
    states: ['closed', 'open', 'half_open'] satisfies BreakerState[],
    now: () => readings.breaker.state,
  });
  new Gauge({
    name: 'partoo_mcp_circuit_breakers_open',
    help: 'Organizations and single keys whose circuit breaker is open.',
    labelNames: ['scope'],
    registers,
    collect() {
      const { organizations, keys } = readings.breaker.blocked;
      this.set({ scope: 'organization' }, organizations);
      this.set({ scope: 'key' }, keys);
    },
  });
  addState(registry, {
    name: 'partoo_mcp_limiter_store',
    help: '1 for where limits are kept, 0 for the others. fallback: in memory, because Redis is lost.',
    states: ['redis', 'memory', 'fallback'],
    now: readings.limitsIn,
  });
}

interface State {
  name: string;
  help: string;
  states: string[];
  now(): string;
}

function addState(registry: Registry, { name, help, states, now }: State): void {
  new Gauge({
    name,
    help,
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const state of states) this.set({ state }, state === now() ? 1 : 0);
    },
  });
}
