import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createPace } from '../../src/doctor/asking/pace.ts';
import { BELIEFS } from '../../src/doctor/beliefs/index.ts';
import type { Belief } from '../../src/doctor/checks/belief.ts';
import { readArguments, USAGE } from '../../src/doctor/command.ts';
import { placeOf } from '../../src/doctor/report/code-place.ts';
import { MUTATIONS, MUTATIONS_OF_WRITES } from './mutations.ts';
import { run } from './run.ts';

const root = join(import.meta.dirname, '../..');
const LYON_1 = 'fa6845915389094280ff4ca7';
const PASSIVE = ['errors.403', 'errors.429'];
const WRITES = BELIEFS.filter(({ writes }) => writes).map(({ id }) => id);

type Report = Awaited<ReturnType<typeof run>>['report'];

const withOutcome = ({ beliefs }: Report, outcome: string) =>
  beliefs
    .filter(belief => belief.outcome === outcome)
    .map(({ id, detail }) => (detail ? `${id}: ${detail}` : id));
const ids = (report: Report, outcome: string) =>
  report.beliefs.filter(belief => belief.outcome === outcome).map(({ id }) => id);

describe('beliefs', () => {
  test('have ids of their own', () => {
    const all = BELIEFS.map(({ id }) => id);
    expect(all).toEqual([...new Set(all)]);
  });

  test.each(BELIEFS.map(({ id, code }) => [id, code] as const))('%s lives in %s', (_, code) => {
    const [file = '', text = ''] = code.split(/#(.*)/s);
    expect(existsSync(join(root, file))).toBe(true);
    expect(readFileSync(join(root, file), 'utf8')).toContain(text);
    expect(placeOf(code)).toMatch(/\.ts:\d+ \(/);
    expect(placeOf(code, '/nowhere')).toBe(`${file} (${text})`);
  });
});

describe('against the emulator', () => {
  test('everything is confirmed, or not tested for a reason', async () => {
    const { code, report, emulator } = await run(['--json']);
    expect(withOutcome(report, 'contradicted')).toEqual([]);
    expect(ids(report, 'not tested')).toEqual(['businesses.filter.organization', ...WRITES, ...PASSIVE]);
    expect(code).toBe(0);
    const others = emulator.requests.filter(({ method }) => method !== 'GET');
    expect(others.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', expect.stringMatching(/^\/v2\/diffusion_errors\/[0-9a-f]{24}$/), {}],
    ]);
    expect(emulator.requests.map(({ path }) => path).join()).not.toContain('suggestion');
  });

  test('with --write, only the named business is written to, and nothing changes', async () => {
    const { code, report, emulator } = await run([
      '--json',
      '--only',
      'writes',
      '--write',
      '--business',
      LYON_1,
    ]);
    expect(withOutcome(report, 'contradicted')).toEqual([]);
    expect(code).toBe(0);
    const written = emulator.requests.filter(({ method }) => method !== 'GET');
    expect(written.length).toBeGreaterThan(0);
    for (const { path, body } of written) {
      expect(path).toMatch(new RegExp(`^/v2/((business|diffusion_errors)/${LYON_1}|reviews/\\d+)$`));
      expect(Object.keys(body as object)).toHaveLength(1);
    }
    expect(ids(report, 'confirmed')).toEqual(WRITES);
  });

  test('a key that sees little contradicts nothing', async () => {
    const { report } = await run(['--json'], undefined, 'demo-manager');
    expect(withOutcome(report, 'contradicted')).toEqual([]);
  });

  test('--only asks for one area', async () => {
    const { emulator, report } = await run(['--json', '--only', 'posts']);
    expect(new Set(report.beliefs.map(({ id }) => id.split('.')[0]))).toEqual(new Set(['posts']));
    expect(new Set(emulator.requests.map(({ path }) => path))).toEqual(new Set(['/v2/user/me', '/v2/posts']));
  });

  test('a rejected key and a Partoo that is not there exit with 2', async () => {
    const rejected = await run([], undefined, 'demo-revoked');
    expect(rejected).toMatchObject({ code: 2, output: 'Partoo does not accept the key (401).' });
  });
});

describe('against another Partoo', () => {
  // mutations.test.ts, of the slow suite, checks that nothing else is reported.
  test.each(MUTATIONS)('%s', async (_, mutation, expected) => {
    const isAsked = ({ id }: Belief) => expected.includes(id) || id.startsWith('account.');
    const { code, report } = await run(['--json'], mutation, undefined, isAsked);
    expect(ids(report, 'contradicted').toSorted()).toEqual(expected.toSorted());
    expect(code).toBe(1);
  });

  test.each(MUTATIONS_OF_WRITES)('%s', async (_, mutation, expected) => {
    const { report } = await run(['--json', '--only', 'writes', '--write', '--business', LYON_1], mutation);
    expect(ids(report, 'contradicted')).toEqual(expected);
  });

  test('a write that changes something else is found', async () => {
    const mutation = {
      path: `/business/${LYON_1}`,
      answer: (json: Record<string, unknown>) =>
        'name' in json ? { ...json, name: `${json.name} ${Math.random()}` } : undefined,
    };
    const { report } = await run(['--json', '--only', 'writes', '--write', '--business', LYON_1], mutation);
    expect(ids(report, 'contradicted')).toContain('writes.description_short');
  });

  test('Retry-After is obeyed', async () => {
    const status = { code: 429, body: {}, headers: { 'retry-after': '7' }, times: 1 };
    const { waits, report } = await run(['--json', '--only', 'account,errors'], { path: '/org/1', status });
    expect(waits).toContain(7_000);
    expect(ids(report, 'confirmed')).toContain('errors.429');
  });
});

describe('the command', () => {
  test('explains itself', () => {
    expect(readArguments(['--help'])).toBeUndefined();
    expect(USAGE).toContain('--only');
  });

  test.each([
    [['--only', 'review'], /no area "review"/],
    [['--write'], /go together/],
    [['--business', 'x'], /go together/],
    [['--per-minute', '300'], /1 to 120/],
    [['--verbose'], /Unknown option/],
  ])('refuses %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  test('sends one request a second unless told otherwise', async () => {
    expect(readArguments([])?.perMinute).toBe(60);
    let clock = 0;
    const mayStart = createPace(
      60,
      async ms => (clock += ms),
      () => clock,
    );
    for (let i = 0; i < 5; i++) await mayStart();
    expect(clock).toBe(4_000);
  });
});
