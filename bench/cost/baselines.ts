import type { Revision } from './calls.ts';

/** A server that is measured. */
export interface Baseline {
  name: string;
  /** Relative to the repository. */
  file: string;
  revision: Revision;
  store?: 'memory' | 'redis';
  env?: Record<string, string>;
}

/** Made by `npm run build`: the server is measured as it ships. */
export const OUR_FILE = 'dist/main.js';

const ours = (store: 'memory' | 'redis', revision: Revision): Baseline => ({
  name: `partoo-mcp, ${store === 'redis' ? 'Redis' : 'memory'}`,
  file: OUR_FILE,
  revision,
  store,
});

/** It ignores the revision, so it gets the older one, whose requests are smaller. */
export const FLOOR: Baseline = {
  name: 'floor: Fastify + undici',
  file: 'bench/bare/floor.ts',
  revision: '2025-11-25',
};

export const OURS_2026 = ours('memory', '2026-07-28');
export const OURS_2025 = ours('memory', '2025-11-25');
export const OURS_REDIS_2026 = ours('redis', '2026-07-28');
export const OURS_REDIS_2025 = ours('redis', '2025-11-25');

const FRAMEWORK_FILES: Baseline[] = [
  { name: 'SDK v2, createMcpHandler', file: 'bench/baselines/sdk-v2.ts', revision: '2026-07-28' },
  { name: 'SDK v1, stateless, Express', file: 'bench/baselines/sdk-v1.ts', revision: '2025-11-25' },
  { name: 'fastmcp, stateless', file: 'bench/baselines/fastmcp.ts', revision: '2025-11-25' },
];

/** Each returns Partoo's whole page, as a pass-through tool does, and once more only the columns that our tool returns. */
export const FRAMEWORKS: Baseline[] = [
  ...FRAMEWORK_FILES.map(one => ({ ...one, name: `${one.name}, whole page`, env: { RESULT: 'page' } })),
  ...FRAMEWORK_FILES.map(one => ({ ...one, name: `${one.name}, our columns`, env: { RESULT: 'columns' } })),
];
