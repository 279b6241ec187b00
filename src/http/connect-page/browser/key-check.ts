import { element, first, reveal } from './dom.ts';
import { callTool, type Outcome, valuesOf } from './mcp.ts';
import { MODEL, TEXTS } from './texts.ts';

/** Makes the form check a key by one tool call. Nothing is kept: the field keeps the key until the page is left. */
export function keyCheck(): void {
  const { keyCheckTool: tool, credentials } = MODEL;
  const { header } = credentials;
  const form = first('[data-check-form]');
  const field = first<HTMLInputElement>('#key', form);
  const result = first('[data-check-result]');
  if (!tool || !header || !form || !field || !result) return;
  reveal(first('[data-check]'));
  let latest = 0;
  const check = async () => {
    const secret = field.value.trim();
    const turn = ++latest;
    result.replaceChildren(element('p', { class: 'note' }, TEXTS.checking));
    const args = tool === 'get_account' ? { with_permissions: true } : { per_page: 1 };
    // A header cannot hold it, so it is none.
    const outcome: Outcome = /^[\x20-\x7e]+$/.test(secret)
      ? await callTool({ name: tool, args, header, secret, query: `tools=${tool}` })
      : {
          kind: 'result',
          text: '',
          isError: true,
          error: { code: 'missing_api_key', message: '', seconds: undefined },
        };
    if (turn !== latest) return;
    result.replaceChildren(
      ...(outcome.kind === 'result' && !outcome.isError ? goodNews(outcome.data) : [badNews(outcome)]),
    );
  };
  form.addEventListener('submit', event => {
    event.preventDefault();
    check().catch(reportError);
  });
  field.addEventListener('input', () => {
    latest++;
    result.replaceChildren();
  });
}

function goodNews(data: Record<string, unknown>): Node[] {
  const good = (text: string) => element('p', { class: 'good' }, text);
  if (MODEL.keyCheckTool === 'search_businesses') return [good(TEXTS.goodNoAccount(Number(data.count) || 0))];
  const { fields, roles, permissions, restricted } = TEXTS;
  const user = valuesOf(data.user);
  const name = [user.first_name, user.last_name].filter(Boolean).map(plain).join(' ');
  const role = plain(user.role);
  const may = list(data.permissions).length > 0 ? list(data.permissions) : list(data.role_may);
  const rows: [label: string, value: Node | string | undefined][] = [
    [fields.organization, plain(valuesOf(data.organization).name)],
    [fields.user, [name, plain(user.email)].filter(Boolean).join(' · ')],
    [fields.role, roles[role] ?? role],
    [
      fields.locations,
      typeof data.businesses === 'number' ? data.businesses.toLocaleString(TEXTS.locale) : '',
    ],
    [fields.may, may.map(right => permissions[right] ?? right.replaceAll('_', ' ')).join(', ')],
  ];
  const shown = rows.filter(([, value]) => value !== '');
  return [
    good(TEXTS.good),
    element(
      'dl',
      {},
      ...shown.flatMap(([label, value]) => [element('dt', {}, label), element('dd', {}, value)]),
    ),
    ...(user.has_restricted_permissions === true ? [element('p', { class: 'note' }, restricted)] : []),
  ];
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(plain) : []);

/** A text without the delimiters that tell a model where third parties' text begins and ends. */
const plain = (value: unknown): string =>
  typeof value === 'string' ? value.replaceAll(/<(\d{6,})>([\s\S]*?)<\/\1>/g, '$2') : '';

function badNews(outcome: Outcome): Node {
  return element('p', { class: 'bad' }, problemOf(outcome));
}

function problemOf(outcome: Outcome): string {
  const { problems } = TEXTS;
  if (outcome.kind === 'unreachable') return problems.serverDown;
  if (outcome.kind === 'refused') {
    const { status, message, seconds } = outcome;
    if (status === 429) return problems.limit(seconds);
    if (status === 401)
      return MODEL.credentials.header?.holds === 'key' ? problems.placeholder : problems.token;
    if (status === 403) return problems.refused;
    return status >= 500 ? problems.serverDown : problems.other(message);
  }
  if (!outcome.isError) return '';
  const { code, message, seconds } = outcome.error;
  const known: Partial<Record<string, string>> = {
    invalid_api_key: problems.rejected,
    invalid_access_token: problems.token,
    missing_api_key: problems.placeholder,
    permission_denied: problems.forbidden,
    rate_limited: problems.limit(seconds),
    partoo_unavailable: problems.partooDown,
    timeout: problems.partooDown,
  };
  return known[code] ?? problems.other(message);
}
