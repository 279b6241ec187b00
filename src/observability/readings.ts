import { getHeapStatistics } from 'node:v8';
import { collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import type { Breaker, BreakerState } from '../partoo/client/circuit-breaker.ts';

/** What is looked up when Prometheus asks. */
export interface Readings {
  version: string;
  /** How many calls wait for their turn in this process. */
  waiting(): number;
  breaker: Pick<Breaker, 'state' | 'held'>;
  limitsIn(): 'redis' | 'memory' | 'fallback';
}

/** Gauges named like counters, which `promtool check metrics` refuses. */
const ILL_NAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** The state of this process: the calls that wait, the breaker, the store of the limits, event loop and memory. */
export function addReadings(registry: Registry, readings: Readings): void {
  const registers = [registry];
  // prom-client's own names for the process, which the dashboards of others know.
  collectDefaultMetrics({ register: registry });
  for (const name of ILL_NAMED) registry.removeSingleMetric(name);
  // Named like prom-client's own nodejs_heap_size_used_bytes, which it is compared with.
  new Gauge({
    name: 'nodejs_heap_size_limit_bytes',
    help: 'What V8 lets its heap grow to, the young generation with it.',
    registers,
  }).set(getHeapStatistics().heap_size_limit);
  new Gauge({
    name: 'partoo_mcp_build_info',
    help: 'Always 1: the version that runs.',
    labelNames: ['version'],
    registers,
  }).set({ version: readings.version }, 1);
  new Gauge({
    name: 'partoo_mcp_calls_waiting',
    help: "Requests of this process that wait for their turn at Partoo's limit.",
    registers,
    collect() {
      this.set(readings.waiting());
    },
  });
  addState(registry, {
    name: 'partoo_mcp_circuit_breaker_state',
    help: 'The state of the circuit breaker for all organizations has 1, the others 0.',
    states: ['closed', 'open', 'half_open'] satisfies BreakerState[],
    now: () => readings.breaker.state,
  });
  new Gauge({
    name: 'partoo_mcp_circuit_breakers_open',
    help: 'Organizations and single keys that nothing is sent for, since Partoo fails for them.',
    labelNames: ['scope'],
    registers,
    collect() {
      const { organizations, keys } = readings.breaker.held;
      this.set({ scope: 'organization' }, organizations);
      this.set({ scope: 'key' }, keys);
    },
  });
  addState(registry, {
    name: 'partoo_mcp_limiter_store',
    help: 'Where limits are kept has 1, the others 0. fallback: in memory, because Redis is lost.',
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
