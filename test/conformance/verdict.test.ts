import { describe, expect, test } from 'vitest';
import { LEDGERS, NEEDS_A_TOOL_OF_THE_SUITE } from './ledger.ts';
import { report } from './report.ts';
import { type Check, ERAS } from './suite.ts';
import { judge } from './verdict.ts';

const check = (id: string, status: Check['status'] = 'SUCCESS'): Check => ({ id, status });
const judged = (checks: Check[], ledger: Record<string, string>) => {
  const { scenarios, stale } = judge([{ name: 'caching', checks }], ledger);
  return { ...scenarios[0], stale };
};

describe('the verdict on a scenario', () => {
  test('is passed if all checks pass and the ledger has no entry', () => {
    expect(judged([check('ttl'), check('scope')], {})).toMatchObject({ result: 'passed', stale: [] });
  });

  test.each(['FAILURE', 'WARNING', 'SKIPPED'] as const)(
    'is failed for a %s without a ledger entry',
    status => {
      const { result, faults } = judged([check('ttl'), check('scope', status)], {});
      expect(result).toBe('failed');
      expect(faults).toEqual([`scope (${status})`]);
    },
  );

  test('is failed if no check passes, even if none fails', () => {
    const { result } = judged([check('no-session', 'INFO'), check('wire-schema-valid')], {});
    expect(result).toBe('failed');
  });

  test('is partly for a failed check with an entry, and failed for any other', () => {
    const ledger = { 'caching:ttl': 'Because.' };
    expect(judged([check('ttl', 'FAILURE'), check('scope')], ledger)).toMatchObject({
      result: 'partly',
      reasons: ['Because.'],
      stale: [],
    });
    expect(judged([check('ttl', 'FAILURE'), check('scope', 'FAILURE')], ledger).result).toBe('failed');
  });

  test('is excluded for a scenario in the ledger, unless a message fits no schema', () => {
    const ledger = { caching: 'Because.' };
    expect(judged([check('ttl', 'FAILURE')], ledger)).toMatchObject({ result: 'excluded', stale: [] });
    expect(judged([check('ttl', 'FAILURE'), check('wire-schema-valid', 'FAILURE')], ledger).result).toBe(
      'failed',
    );
  });

  test.each([
    ['a check that passes now', 'caching:ttl'],
    ['a scenario that passes now', 'caching'],
    ['a check that no longer exists', 'caching:age'],
    ['a scenario that no longer exists', 'logging'],
  ])('finds an entry stale for %s', (_why, entry) => {
    expect(judged([check('ttl')], { [entry]: 'Because.' }).stale).toEqual([entry]);
  });

  test('finds the entry of a whole scenario stale as soon as one of its checks passes', () => {
    const { stale } = judged([check('ttl', 'FAILURE'), check('scope')], { caching: 'Because.' });
    expect(stale).toEqual(['caching']);
    const schemaOnly = judged([check('ttl', 'FAILURE'), check('wire-schema-valid')], { caching: 'Because.' });
    expect(schemaOnly.stale, 'a schema check proves nothing').toEqual([]);
  });

  test('is reported with faults and stale entries', () => {
    const verdict = judge([{ name: 'caching', checks: [check('ttl', 'FAILURE')] }], { logging: 'Because.' });
    const text = report('A run', verdict);
    expect(text).toContain('✗ caching\n      ttl (FAILURE)');
    expect(text).toContain('✗ logging is in the ledger, and excuses nothing');
  });
});

describe('the ledger', () => {
  test.each(ERAS)('in %s, excludes with the suite’s tools nothing that it defers to them', era => {
    const deferred = Object.entries(LEDGERS['as it ships'][era]).filter(
      ([, why]) => why === NEEDS_A_TOOL_OF_THE_SUITE,
    );
    expect(deferred.length).toBeGreaterThan(0);
    for (const [entry] of deferred)
      expect(LEDGERS['with the suite’s tools'][era]).not.toHaveProperty([entry]);
  });

  test('gives every reason as a sentence', () => {
    const reasons = Object.values(LEDGERS).flatMap(Object.values).flatMap(Object.values);
    for (const why of reasons) expect(why).toMatch(/^[A-Z].{20,}\.$/);
  });
});
