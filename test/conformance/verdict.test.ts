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

describe('what the suite found is held against the ledger', () => {
  test('all met and nothing in the ledger: passed', () => {
    expect(judged([check('ttl'), check('scope')], {})).toMatchObject({ result: 'passed', stale: [] });
  });

  test.each(['FAILURE', 'WARNING', 'SKIPPED'] as const)('a %s that is not in the ledger fails', status => {
    const { result, faults } = judged([check('ttl'), check('scope', status)], {});
    expect(result).toBe('failed');
    expect(faults).toEqual([`scope (${status})`]);
  });

  test('a scenario that shows nothing fails, although it tells of no fault', () => {
    const { result } = judged([check('no-session', 'INFO'), check('wire-schema-valid')], {});
    expect(result).toBe('failed');
  });

  test('a check in the ledger is excused, and no other of its scenario', () => {
    const ledger = { 'caching:ttl': 'Because.' };
    expect(judged([check('ttl', 'FAILURE'), check('scope')], ledger)).toMatchObject({
      result: 'partly',
      reasons: ['Because.'],
      stale: [],
    });
    expect(judged([check('ttl', 'FAILURE'), check('scope', 'FAILURE')], ledger).result).toBe('failed');
  });

  test('a scenario in the ledger is excluded, unless what it was answered fits no schema', () => {
    const ledger = { caching: 'Because.' };
    expect(judged([check('ttl', 'FAILURE')], ledger)).toMatchObject({ result: 'excluded', stale: [] });
    expect(judged([check('ttl', 'FAILURE'), check('wire-schema-valid', 'FAILURE')], ledger).result).toBe(
      'failed',
    );
  });

  test.each([
    ['a check that is met now', 'caching:ttl'],
    ['a scenario that is met now', 'caching'],
    ['a check that does not exist any more', 'caching:age'],
    ['a scenario that does not exist any more', 'logging'],
  ])('an entry for %s is stale', (_why, entry) => {
    expect(judged([check('ttl')], { [entry]: 'Because.' }).stale).toEqual([entry]);
  });

  test('an entry for a whole scenario is stale as soon as something of it is met: it would excuse that as well', () => {
    const { stale } = judged([check('ttl', 'FAILURE'), check('scope')], { caching: 'Because.' });
    expect(stale).toEqual(['caching']);
    const schemaOnly = judged([check('ttl', 'FAILURE'), check('wire-schema-valid')], { caching: 'Because.' });
    expect(schemaOnly.stale, 'a message that fits its schema shows nothing').toEqual([]);
  });

  test('the report names faults and stale entries', () => {
    const verdict = judge([{ name: 'caching', checks: [check('ttl', 'FAILURE')] }], { logging: 'Because.' });
    const told = report('A run', verdict);
    expect(told).toContain('✗ caching\n      ttl (FAILURE)');
    expect(told).toContain('✗ logging is in the ledger, and excuses nothing');
  });
});

describe('the ledger', () => {
  test.each(ERAS)(
    'in %s, excludes nothing with the suite’s tools that it puts off until they are there',
    era => {
      const putOff = Object.entries(LEDGERS['as it ships'][era]).filter(
        ([, why]) => why === NEEDS_A_TOOL_OF_THE_SUITE,
      );
      expect(putOff.length).toBeGreaterThan(0);
      for (const [entry] of putOff)
        expect(LEDGERS['with the suite’s tools'][era]).not.toHaveProperty([entry]);
    },
  );

  test('says why in a sentence', () => {
    const reasons = Object.values(LEDGERS).flatMap(Object.values).flatMap(Object.values);
    for (const why of reasons) expect(why).toMatch(/^[A-Z].{20,}\.$/);
  });
});
