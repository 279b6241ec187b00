import { describe, expect, test } from 'vitest';
import { type AdmissionRules, admit } from '../../../src/oauth/company-login/admission.ts';

const RULES: AdmissionRules = {
  OIDC_ISSUER: 'https://login.acme.com',
  OIDC_ALLOWED_DOMAINS: [],
  OIDC_ALLOWED_GROUPS: [],
  OIDC_GROUPS_CLAIM: 'groups',
  OIDC_WRITE_GROUPS: [],
};

/** Admits a person with the claims given by the rules given. */
const admitted = (claims: Record<string, unknown>, rules: Partial<AdmissionRules>) =>
  admit({ sub: 'u-1', ...claims }, { ...RULES, ...rules });

const refusedWith = (sentence: string) =>
  expect.objectContaining({ refused: expect.stringContaining(sentence) });

test('without a rule nobody is admitted', () => {
  expect(admitted({ email: 'ana@acme.com', groups: ['all'] }, {})).toEqual(refusedWith('admits nobody'));
});

test('* admits everybody with an account', () => {
  expect(admitted({}, { OIDC_ALLOWED_DOMAINS: ['*'] })).toEqual({ person: 'u-1', mayWrite: true });
  expect(admitted({}, { OIDC_ALLOWED_GROUPS: ['*'] })).toEqual({ person: 'u-1', mayWrite: true });
});

describe('by email domain', () => {
  const rules = { OIDC_ALLOWED_DOMAINS: ['acme.com', 'acme.fr'] };

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
    expect(result).toHaveProperty('refused');
    expect(JSON.stringify(result), 'does not name who is admitted').not.toMatch(/acme\.fr/);
  });

  test.each([undefined, null, 7, ['ana@acme.com'], { toString: 'ana@acme.com' }])(
    'an email that is %j is not admitted',
    email => {
      expect(admitted({ email, email_verified: true }, rules)).toEqual(refusedWith('no email address'));
    },
  );

  test.each([false, 'false'])('an email with email_verified %j is not admitted', email_verified => {
    expect(admitted({ email: 'ana@acme.com', email_verified }, rules)).toEqual(
      refusedWith("ana@acme.com: Your company's login has not verified"),
    );
  });

  test("an email without email_verified is admitted by the company's own login", () => {
    expect(admitted({ email: 'ana@acme.com' }, rules)).toHaveProperty('person', 'ana@acme.com');
  });
});

describe('at Google, where anybody can open an account', () => {
  const rules = { OIDC_ISSUER: 'https://accounts.google.com', OIDC_ALLOWED_DOMAINS: ['acme.com'] };
  const email = 'ana@acme.com';

  test('an account that the company manages is admitted', () => {
    expect(admitted({ email, email_verified: true, hd: 'acme.com' }, rules)).toHaveProperty('person', email);
  });

  test('a private account with an address of the company is not admitted', () => {
    expect(admitted({ email, email_verified: true }, rules)).toEqual(refusedWith('a private account'));
  });

  test('an email without email_verified is not admitted', () => {
    expect(admitted({ email, hd: 'acme.com' }, rules)).toEqual(refusedWith('has not verified'));
  });
});

describe('by group', () => {
  const rules = { OIDC_ALLOWED_GROUPS: ['marketing', 'retail'] };

  test.each([['marketing'], [['sales', 'retail']], [['retail', 7, null]]])('%j is admitted', groups => {
    expect(admitted({ groups }, rules)).toHaveProperty('person');
  });

  test.each([['Marketing'], ['marketing,retail'], [['sales']]])('%j is not admitted', groups => {
    expect(admitted({ groups }, rules)).toEqual({
      reason: 'no_member',
      refused: expect.not.stringMatching(/marketing|retail/),
    });
  });

  test.each([undefined, null, [], '', { marketing: true }, [['marketing']]])(
    'groups that are %j are not admitted',
    groups => {
      expect(admitted({ groups }, rules)).toEqual(refusedWith('named no groups of yours'));
    },
  );

  test('a person in more groups than Microsoft lists is told so', () => {
    const _claim_names = { groups: 'src1' };
    expect(admitted({ _claim_names }, rules)).toEqual(refusedWith('there are too many'));
  });

  test('the groups are those of the claim that the operator names', () => {
    const named = { ...rules, OIDC_GROUPS_CLAIM: 'https://acme.com/roles' };
    expect(admitted({ 'https://acme.com/roles': ['retail'] }, named)).toHaveProperty('person');
    expect(admitted({ groups: ['retail'] }, named)).toHaveProperty('refused');
    expect(admitted({}, { ...rules, OIDC_GROUPS_CLAIM: 'constructor' })).toHaveProperty('refused');
  });
});

test('with domains and groups a person needs both', () => {
  const rules = { OIDC_ALLOWED_DOMAINS: ['acme.com'], OIDC_ALLOWED_GROUPS: ['retail'] };
  const [email, groups] = ['ana@acme.com', ['retail']];
  expect(admitted({ email, groups }, rules)).toHaveProperty('person');
  expect(admitted({ email, groups: ['sales'] }, rules)).toHaveProperty('refused');
  expect(admitted({ email: 'ana@evil.com', groups }, rules)).toHaveProperty('refused');
});

test('with write groups only their members may write', () => {
  const rules = { OIDC_ALLOWED_DOMAINS: ['acme.com'], OIDC_WRITE_GROUPS: ['admins', 'editors'] };
  const email = 'ana@acme.com';
  expect(admitted({ email, groups: ['editors'] }, rules)).toHaveProperty('mayWrite', true);
  expect(admitted({ email, groups: 'admins' }, rules)).toHaveProperty('mayWrite', true);
  expect(admitted({ email, groups: ['sales'] }, rules)).toHaveProperty('mayWrite', false);
  expect(admitted({ email }, rules)).toHaveProperty('mayWrite', false);
});

describe('a person is named', () => {
  const rules = { OIDC_ALLOWED_GROUPS: ['retail'] };
  const groups = ['retail'];

  test.each([
    ['by the email address', { email: 'Ana@acme.com', preferred_username: 'ana' }, 'ana@acme.com'],
    ['by the user name', { preferred_username: 'ana', name: 'Ana Silva' }, 'ana'],
    ['by the name and what tells namesakes apart', { name: 'Ana Silva' }, 'Ana Silva (u-1)'],
    ['by the subject', {}, 'u-1'],
    ['not by an address that may be of another', { email: 'boss@acme.com', email_verified: false }, 'u-1'],
    ['in one line', { preferred_username: ' ana\r\n\u0000\u202eforged  line ' }, 'ana forged line'],
    ['in at most 200 characters', { preferred_username: 'a'.repeat(1_000) }, 'a'.repeat(200)],
  ])('%s', (_, claims, person) => {
    expect(admitted({ ...claims, groups }, rules)).toHaveProperty('person', person);
  });
});
