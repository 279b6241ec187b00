import { describe, expect, test } from 'vitest';
import { EXCLUSIONS, NEEDS_A_TOOL_OF_THE_SUITE } from './exclusions.ts';
import { report } from './report.ts';
import { type Check, ERAS } from './suite.ts';
import { judge } from './verdict.ts';

const check = (id: string, status: Check['status'] = 'SUCCESS'): Check => ({ id, status });
const judged = (checks: Check[], exclusions: Record<string, string>) => {
  const { scenarios, stale } = judge([{ name: 'caching', checks }], exclusions);
  return { ...scenarios[0], stale };
};

describe('the verdict on a scenario', () => {
  test('is passed if all checks pass and none is excluded', () => {
    expect(judged([check('ttl'), check('scope')], {})).toMatchObject({ result: 'passed', stale: [] });
  });

  test.each(['FAILURE', 'WARNING', 'SKIPPED'] as const)('is failed for a %s that is not excluded', status => {
    const { result, faults } = judged([check('ttl'), check('scope', status)], {});
    expect(result).toBe('failed');
    expect(faults).toEqual([`scope (${status})`]);
  });

  test('is failed if no check passes, even if none fails', () => {
    const { result } = judged([check('no-session', 'INFO'), check('wire-schema-valid')], {});
    expect(result).toBe('failed');
  });

  test('is partly if the failed checks are excluded, and failed otherwise', () => {
    const exclusions = { 'caching:ttl': 'Because.' };
    expect(judged([check('ttl', 'FAILURE'), check('scope')], exclusions)).toMatchObject({
      result: 'partly',
      reasons: ['Because.'],
      stale: [],
    });
    expect(judged([check('ttl', 'FAILURE'), check('scope', 'FAILURE')], exclusions).result).toBe('failed');
  });

  test('is excluded for an excluded scenario, unless a message fits no schema', () => {
    const exclusions = { caching: 'Because.' };
    expect(judged([check('ttl', 'FAILURE')], exclusions)).toMatchObject({ result: 'excluded', stale: [] });
    expect(judged([check('ttl', 'FAILURE'), check('wire-schema-valid', 'FAILURE')], exclusions).result).toBe(
      'failed',
    );
  });

  test.each([
    ['a check that passes now', 'caching:ttl'],
    ['a scenario that passes now', 'caching'],
    ['a check that no longer exists', 'caching:age'],
    ['a scenario that no longer exists', 'logging'],
  ])('reports an exclusion as stale for %s', (_why, entry) => {
    expect(judged([check('ttl')], { [entry]: 'Because.' }).stale).toEqual([entry]);
  });

  test('reports the exclusion of a whole scenario as stale once one of its checks passes', () => {
    const { stale } = judged([check('ttl', 'FAILURE'), check('scope')], { caching: 'Because.' });
    expect(stale).toEqual(['caching']);
    const schemaOnly = judged([check('ttl', 'FAILURE'), check('wire-schema-valid')], { caching: 'Because.' });
    expect(schemaOnly.stale, 'a schema check proves nothing').toEqual([]);
  });

  test('is reported with faults and stale exclusions', () => {
    const verdict = judge([{ name: 'caching', checks: [check('ttl', 'FAILURE')] }], { logging: 'Because.' });
    const text = report('A run', verdict);
    expect(text).toContain('✗ caching\n      ttl (FAILURE)');
    expect(text).toContain('✗ logging is excluded but passes, or no longer exists');
  });
});

describe('the exclusions', () => {
  test.each(ERAS)('in %s, excludes with the suite’s tools nothing that it defers to them', era => {
    const deferred = Object.entries(EXCLUSIONS['as it ships'][era]).filter(
      ([, why]) => why === NEEDS_A_TOOL_OF_THE_SUITE,
    );
    expect(deferred.length).toBeGreaterThan(0);
    for (const [entry] of deferred)
      expect(EXCLUSIONS['with the suite’s tools'][era]).not.toHaveProperty([entry]);
  });

  test('gives every reason as a sentence', () => {
    const reasons = Object.values(EXCLUSIONS).flatMap(Object.values).flatMap(Object.values);
    for (const why of reasons) expect(why).toMatch(/^[A-Z].{20,}\.$/);
  });
});
