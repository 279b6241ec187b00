import { isObject } from '../../core/is-object.ts';
import { errorLines } from '../../partoo/responses/error-body.ts';
import type { Build, Probe } from '../asking/probe.ts';
import type { Belief } from '../checks/belief.ts';
import { get, reasonIn, refused, refuses } from '../checks/errors.ts';
import { everyRow, hasFields, inside, rowsIn } from '../checks/fields.ts';
import { hasList, isBare, type Row } from '../checks/lists.ts';
import { Contradicted, confirmed, contradicted, NotTested } from '../model/verdict.ts';

const ME = 'src/partoo/client/client.ts#/user/me';
const SUCCESS = 'src/partoo/responses/success.ts';
const ACCOUNT = 'src/tools/account/get-account.ts';
const NO_BUSINESS = '000000000000000000000000';

async function me(probe: Probe): Promise<Row[]> {
  const { status, json } = await probe.ask(partoo => partoo.me());
  if (status !== 200 || !isObject(json)) throw new NotTested('the user cannot be read');
  return [json];
}

/** The key's own organization. */
async function own(probe: Probe): Promise<Build> {
  const [user] = await me(probe);
  const id = user?.org_id;
  if (typeof id !== 'number' && typeof id !== 'string') throw new NotTested('org_id cannot be read');
  return partoo => partoo.organizations.get(id);
}

const subsections = inside(
  rowsIn(partoo => partoo.permissions.list(), 'sections'),
  'subsections',
);

export const account: Belief[] = [
  {
    id: 'account.me',
    says: 'GET /user/me answers with the user of the key, without an envelope',
    grade: 'D',
    code: ME,
    check: isBare(async () => partoo => partoo.me(), 'id'),
  },
  {
    id: 'account.me.organization',
    says: "the user has the organization's number as org_id: the rate limit is kept by it",
    grade: 'D',
    code: 'src/partoo/keys/key-status.ts#org_id',
    check: hasFields(me, { org_id: 'integer' }),
  },
  {
    id: 'account.me.fields',
    says: 'the user has the fields that tell whose key it is and what it may do',
    grade: 'D',
    code: `${ACCOUNT}#account.user.role`,
    check: hasFields(me, {
      id: 'text',
      first_name: 'text?',
      last_name: 'text?',
      email: 'text',
      role: 'text',
      has_restricted_permissions: 'boolean?',
      permissions: 'list?',
    }),
  },
  {
    id: 'account.org',
    says: "GET /org/{org_id} answers with the key's own organization",
    grade: 'D',
    code: 'src/partoo/api/organizations.ts#/org/{org_id}',
    check: isBare(own, 'org_id'),
  },
  {
    id: 'account.org.fields',
    says: 'an organization has name, alias and type',
    grade: 'D',
    code: `${ACCOUNT}#account.organization.name`,
    check: hasFields(
      async probe => {
        const { status, json } = await probe.ask(await own(probe));
        if (status !== 200 || !isObject(json)) throw new NotTested('the organization cannot be read');
        return [json];
      },
      { name: 'text', alias: 'text', type: 'text' },
    ),
  },
  {
    id: 'account.permissions',
    says: 'GET /permissions answers with a list sections, of subsections with permissions',
    grade: 'D',
    code: 'src/partoo/api/permissions.ts#/permissions',
    check: hasList(partoo => partoo.permissions.list(), 'sections'),
  },
  {
    id: 'account.permissions.fields',
    says: 'a permission of a subsection has name and disabled_for_roles',
    grade: 'D',
    code: 'src/partoo/api/permissions.ts#disabled_for_roles',
    check: hasFields(inside(subsections, 'permissions'), { name: 'text', disabled_for_roles: 'list' }),
  },
];

export const errors: Belief[] = [
  {
    id: 'errors.401',
    says: 'a made-up key gets 401 with {error: {authentication}}',
    grade: 'D',
    code: `${SUCCESS}#reason.authentication`,
    check: refuses(
      probe => probe.askAs('partoo-mcp-doctor-made-up-key', get('/user/me')),
      401,
      body => reasonIn(body).authentication !== undefined,
    ),
  },
  {
    id: 'errors.404',
    says: 'an unknown business gets 404 with {error: {json: "Resource not found"}}',
    grade: 'D',
    code: `${SUCCESS}#Resource not found`,
    check: refuses(
      probe => probe.askAny(partoo => partoo.businesses.get(NO_BUSINESS)),
      404,
      body => reasonIn(body).json === 'Resource not found',
    ),
  },
  {
    id: 'errors.400',
    says: 'a bad value of a parameter gets 400 with {error: {json: {field: …}}}',
    grade: 'D',
    code: `${SUCCESS}#isObject(reason.json) ? 400`,
    check: refuses(
      probe => probe.askAny(get('/reviews', { per_page: 'many' })),
      400,
      body => isObject(reasonIn(body).json) && errorLines(body).some(line => line.startsWith('per_page')),
    ),
  },
  {
    id: 'errors.403',
    says: 'a refusal for lack of permission has {error: {authorization}}',
    grade: 'D',
    code: `${SUCCESS}#reason.authorization`,
    check: refused(403, body => reasonIn(body).authorization !== undefined),
  },
  {
    id: 'errors.429',
    says: 'a 429 has Retry-After, in seconds of at most a minute',
    grade: 'D',
    code: 'src/partoo/client/attempt.ts#DEFAULT_RETRY_AFTER_MS',
    check: async probe => {
      const limited = probe.refusals.find(({ status }) => status === 429);
      if (!limited) throw new NotTested('no 429 came by, and none is provoked');
      if (limited.retryAfterMs === undefined)
        throw new Contradicted('it has no Retry-After that can be read');
      return limited.retryAfterMs <= 60_000 ? confirmed() : contradicted('Retry-After is more than a minute');
    },
  },
  {
    id: 'errors.date',
    says: "answers have a Date header: this server tells new rows from old ones by Partoo's clock",
    grade: 'I',
    code: 'src/partoo/client/client.ts#partooAheadMs',
    check: everyRow(
      async probe => [{ sentAt: (await probe.ask(partoo => partoo.me())).sentAt ?? 0 }],
      row => row.sentAt,
      value => value !== 0,
      'there is none',
    ),
  },
];
