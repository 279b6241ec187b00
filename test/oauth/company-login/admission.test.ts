import { describe, expect, test } from 'vitest';
import { type AdmissionRules, admit } from '../../../src/oauth/company-login/admission.ts';
import type { RefusalReason } from '../../../src/oauth/company-login/refusals.ts';

const RULES: AdmissionRules = {
  issuer: 'https://login.acme.com',
  allowedDomains: [],
  allowedGroups: [],
  groupsClaim: 'groups',
  writeGroups: [],
};

/** Admits a person with the claims given by the rules given. */
const admitted = (claims: Record<string, unknown>, rules: Partial<AdmissionRules>) =>
  admit({ sub: 'u-1', ...claims }, { ...RULES, ...rules });

const refusedFor = (reason: RefusalReason) => expect.objectContaining({ reason });

test('* admits everybody with an account', () => {
  expect(admitted({}, { allowedDomains: ['*'] })).toEqual({ person: 'u-1', mayWrite: true });
  expect(admitted({}, { allowedGroups: ['*'] })).toEqual({ person: 'u-1', mayWrite: true });
});

describe('by email domain', () => {
  const rules = { allowedDomains: ['acme.com', 'acme.fr'] };

  test.each(['ana@acme.com', 'Ana@ACME.com', 'ana+work@acme.fr'])('%s is admitted', email => {
    expect(admitted({ email, email_verified: true }, rules)).toHaveProperty('person', email.toLowerCase());
  });

  test.each([
    'ana@evil-acme.com',
    'ana@acme.com.evil.com',
    'ana@eu.acme.com',
    'ana@acme.com.',
    'ana@acme.org',
    'ana@xacme.com',
    'ana@acme.com@evil.com',
    'ana@evil.com@acme.com',
    'ana@evil.com\n@acme.com',
    '"ana@evil.com"@acme.com',
    'ana@\u0430cme.com',
    'ana@acme.com ',
    '@acme.com',
    'acme.com',
    '',
  ])('%j is not admitted', email => {
    const result = admitted({ email, email_verified: true }, rules);
    expect(result).toHaveProperty('reason');
    expect(JSON.stringify(result), 'does not name who is admitted').not.toMatch(/acme\.fr/);
  });

  test.each([undefined, null, 7, ['ana@acme.com'], { toString: 'ana@acme.com' }])(
    'an email that is %j is not admitted',
    email => {
      expect(admitted({ email, email_verified: true }, rules)).toEqual(refusedFor('no_email'));
    },
  );

  test.each([false, 'false'])('an email with email_verified %j is not admitted', email_verified => {
    expect(admitted({ email: 'ana@acme.com', email_verified }, rules)).toEqual({
      reason: 'unverified_email',
      email: 'ana@acme.com',
    });
  });

  test("an email without email_verified is admitted by the company's own login", () => {
    expect(admitted({ email: 'ana@acme.com' }, rules)).toHaveProperty('person', 'ana@acme.com');
  });
});

describe('at Google, where anybody can open an account', () => {
  const rules = { issuer: 'https://accounts.google.com', allowedDomains: ['acme.com'] };
  const email = 'ana@acme.com';

  test('an account that the company manages is admitted', () => {
    expect(admitted({ email, email_verified: true, hd: 'acme.com' }, rules)).toHaveProperty('person', email);
  });

  test('a private account with an address of the company is not admitted', () => {
    expect(admitted({ email, email_verified: true }, rules)).toEqual(refusedFor('private_account'));
  });

  test('an email without email_verified is not admitted', () => {
    expect(admitted({ email, hd: 'acme.com' }, rules)).toEqual(refusedFor('unverified_email'));
  });
});

describe('by group', () => {
  const rules = { allowedGroups: ['marketing', 'retail'] };

  test.each([['marketing'], [['sales', 'retail']], [['retail', 7, null]]])('%j is admitted', groups => {
    expect(admitted({ groups }, rules)).toHaveProperty('person');
  });

  test.each([['Marketing'], ['marketing,retail'], [['sales']]])('%j is not admitted', groups => {
    expect(admitted({ groups }, rules)).toEqual({ reason: 'no_member' });
  });

  test.each([undefined, null, [], '', { marketing: true }, [['marketing']]])(
    'groups that are %j are not admitted',
    groups => {
      expect(admitted({ groups }, rules)).toEqual(refusedFor('no_groups'));
    },
  );

  test('a person in more groups than Microsoft lists is told so', () => {
    const _claim_names = { groups: 'src1' };
    expect(admitted({ _claim_names }, rules)).toEqual(refusedFor('too_many_groups'));
  });

  test('the groups are those of the claim that the operator names', () => {
    const named = { ...rules, groupsClaim: 'https://acme.com/roles' };
    expect(admitted({ 'https://acme.com/roles': ['retail'] }, named)).toHaveProperty('person');
    expect(admitted({ groups: ['retail'] }, named)).toHaveProperty('reason');
    expect(admitted({}, { ...rules, groupsClaim: 'constructor' })).toHaveProperty('reason');
  });
});

test('with domains and groups a person needs both', () => {
  const rules = { allowedDomains: ['acme.com'], allowedGroups: ['retail'] };
  const [email, groups] = ['ana@acme.com', ['retail']];
  expect(admitted({ email, groups }, rules)).toHaveProperty('person');
  expect(admitted({ email, groups: ['sales'] }, rules)).toHaveProperty('reason');
  expect(admitted({ email: 'ana@evil.com', groups }, rules)).toHaveProperty('reason');
});

test('with write groups only their members may write', () => {
  const rules = { allowedDomains: ['acme.com'], writeGroups: ['admins', 'editors'] };
  const email = 'ana@acme.com';
  expect(admitted({ email, groups: ['editors'] }, rules)).toHaveProperty('mayWrite', true);
  expect(admitted({ email, groups: 'admins' }, rules)).toHaveProperty('mayWrite', true);
  expect(admitted({ email, groups: ['sales'] }, rules)).toHaveProperty('mayWrite', false);
  expect(admitted({ email }, rules)).toHaveProperty('mayWrite', false);
});

describe('a person is named', () => {
  const rules = { allowedGroups: ['retail'] };
  const groups = ['retail'];

  test.each([
    ['by the email address', { email: 'Ana@acme.com', preferred_username: 'ana' }, 'ana@acme.com'],
    ['by the user name', { preferred_username: 'ana', name: 'Ana Silva' }, 'ana'],
    ['by the name and what tells namesakes apart', { name: 'Ana Silva' }, 'Ana Silva (u-1)'],
    ['by the subject', {}, 'u-1'],
    ['not by an address that may be of another', { email: 'boss@acme.com', email_verified: false }, 'u-1'],
    ['in one line', { preferred_username: ' ana\r\n\u0000\u202eforged  line ' }, 'ana forged line'],
    ['in at most 200 characters', { preferred_username: 'a'.repeat(1_000) }, `${'a'.repeat(199)}…`],
  ])('%s', (_, claims, person) => {
    expect(admitted({ ...claims, groups }, rules)).toHaveProperty('person', person);
  });
});
