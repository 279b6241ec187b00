import type { Revision } from './calls.ts';

/** Who is measured. */
export interface Baseline {
  name: string;
  /** Below the repository. */
  file: string;
  revision: Revision;
  store?: 'memory' | 'redis';
  env?: Record<string, string>;
}

/** What `npm run build` makes: what ships is what is measured. */
export const OUR_FILE = 'dist/main.js';

const ours = (store: 'memory' | 'redis', revision: Revision): Baseline => ({
  name: `partoo-mcp, ${store === 'redis' ? 'Redis' : 'memory'}`,
  file: OUR_FILE,
  revision,
  store,
});

/** Knows no revision: it is asked in the older words, which are fewer. */
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

/** Each passes on Partoo's whole page, as a tool does that only passes on, and again the few columns that ours answers. */
export const FRAMEWORKS: Baseline[] = [
  ...FRAMEWORK_FILES.map(one => ({ ...one, name: `${one.name}, whole page`, env: { ANSWER: 'page' } })),
  ...FRAMEWORK_FILES.map(one => ({ ...one, name: `${one.name}, our columns`, env: { ANSWER: 'columns' } })),
];
