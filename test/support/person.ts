import { Browser, type Visited } from './browser.ts';

/** What a person enters on the pages of sign-in. */
export interface Person {
  /** The Partoo key; without it the person signs in with the company's login. */
  key?: string;
  readonly?: boolean;
  /** The toolsets that stay checked; all of them by default. */
  toolsets?: string[];
  /** Called while the first page is open, and again while the second one is. */
  hesitates?(): Promise<void>;
}

/**
 * Signs in as a person with a browser: opens the authorization URL of a client and sends the forms of the pages. Returns the
 * URL at which the browser comes back to the client. Throws the text of a page that has no way on.
 */
export async function signInAs(authorizationUrl: string, person: Person): Promise<URL> {
  const redirectUri = new URL(authorizationUrl).searchParams.get('redirect_uri') ?? '';
  const browser = new Browser(url => `${url.origin}${url.pathname}` === redirectUri);
  const first = await browser.open(authorizationUrl);
  await person.hesitates?.();
  const consent =
    person.key === undefined
      ? await browser.open(linkIn(first, 'button primary'))
      : await submit(browser, first, { decision: 'sign-in', key: person.key });
  if (!consent.body.includes('value="allow"')) throw new Error(`not signed in: ${textOf(consent)}`);
  await person.hesitates?.();
  const end = await submit(browser, consent, {
    decision: 'allow',
    permission: person.readonly ? 'read' : 'write',
    toolset: person.toolsets ?? checked(consent, 'toolset'),
  });
  const { url } = await browser.open(linkIn(end, 'button secondary'));
  return new URL(url);
}

/** Sends the form of a page, with its hidden fields. */
async function submit(
  browser: Browser,
  page: Visited,
  fields: Record<string, string | string[]>,
): Promise<Visited> {
  const [, action] = /<form method="post" action="([^"]*)"/.exec(page.body) ?? [];
  if (action === undefined) throw new Error(`no form on this page (${page.status}): ${textOf(page)}`);
  const body = new URLSearchParams();
  for (const [, name = '', value = ''] of page.body.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  )) {
    body.append(unescaped(name), unescaped(value));
  }
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) body.append(name, value);
  }
  const { origin } = new URL(page.url);
  return browser.open(new URL(unescaped(action), page.url).href, {
    method: 'POST',
    body,
    headers: { origin },
  });
}

function linkIn(page: Visited, className: string): string {
  const [, href] = new RegExp(`<a class="${className}" href="([^"]*)"`).exec(page.body) ?? [];
  if (href === undefined) throw new Error(`no link on this page (${page.status}): ${textOf(page)}`);
  return new URL(unescaped(href), page.url).href;
}

const checked = ({ body }: Visited, name: string) =>
  [...body.matchAll(new RegExp(`name="${name}" value="([^"]*)" checked`, 'g'))].map(([, value = '']) =>
    unescaped(value),
  );

const unescaped = (text: string) =>
  text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

const textOf = ({ body }: Visited) =>
  body
    .replaceAll(/<(head|footer)>.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
