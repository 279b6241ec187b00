import { describe, expect, test } from 'vitest';
import { expandScopes, restrictionOf, scopesOffered } from '../../../src/oauth/tokens/scopes.ts';
import { TOOLSETS } from '../../../src/tools/index.ts';

const ALL = scopesOffered({ READ_ONLY: false });
const TOOLSET_SCOPES = [
  'partoo:businesses',
  'partoo:reviews',
  'partoo:messages',
  'partoo:posts',
  'partoo:analytics',
  'partoo:account',
];

describe('scopes that are offered', () => {
  test('are reading, writing and one for each toolset', () => {
    expect(ALL).toEqual(['partoo:read', 'partoo:write', ...TOOLSET_SCOPES]);
  });

  test('leave out what the operator has switched off', () => {
    expect(scopesOffered({ READ_ONLY: true, TOOLSETS: ['posts', 'reviews'] })).toEqual([
      'partoo:read',
      'partoo:reviews',
      'partoo:posts',
    ]);
  });
});

describe('an authorization request', () => {
  test.each([
    ['without scopes means everything', undefined, ALL],
    ['with scopes of other servers means everything', 'openid profile mcp:tools', ALL],
    ['to read means to read all toolsets', 'partoo:read', ['partoo:read', ...TOOLSET_SCOPES]],
    [
      'for a toolset means to read and write it',
      'partoo:posts',
      ['partoo:read', 'partoo:write', 'partoo:posts'],
    ],
    [
      'to write means to read too',
      'partoo:write partoo:posts',
      ['partoo:read', 'partoo:write', 'partoo:posts'],
    ],
    ['may be as narrow as it likes', 'partoo:reviews partoo:read', ['partoo:read', 'partoo:reviews']],
    [
      'may ask to stay connected',
      'partoo:read partoo:reviews offline_access',
      ['partoo:read', 'partoo:reviews', 'offline_access'],
    ],
    ['may be badly spaced', '  partoo:read   partoo:reviews ', ['partoo:read', 'partoo:reviews']],
  ])('%s', (_what, requested, meant) => {
    expect(expandScopes(requested, ALL)).toEqual(meant);
  });

  test('never means more than is offered', () => {
    const offered = scopesOffered({ READ_ONLY: true, TOOLSETS: ['posts'] });
    expect(expandScopes('partoo:write partoo:reviews', offered)).toEqual(['partoo:read', 'partoo:posts']);
  });
});

describe('a connection', () => {
  test('reads only, unless writing was allowed', () => {
    expect(restrictionOf(['partoo:read', 'partoo:posts'])).toEqual({
      source: 'the permissions given at sign-in',
      readonly: true,
      toolsets: ['posts'],
    });
    expect(restrictionOf(ALL)).toMatchObject({ readonly: false, toolsets: [...TOOLSETS] });
  });

  test('without scopes may do nothing', () => {
    expect(restrictionOf([])).toMatchObject({ readonly: true, toolsets: [] });
  });
});
