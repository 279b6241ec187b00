import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Visited } from '../../support/browser.ts';
import { ALL_SCOPES, CALLBACK, exchange } from '../../support/sign-in.ts';
import {
  authorization,
  type Fields,
  type SignInServer,
  startWithPages,
  Visitor,
  wordsOf,
} from '../../support/sign-in-visitor.ts';

const KEY: Fields = { key: 'demo-admin', decision: 'sign-in' };
const WRONG_KEY: Fields = { key: 'a-wrong-key-1234', decision: 'sign-in' };
const ALLOW_ALL: Fields = {
  decision: 'allow',
  permission: 'write',
  toolset: ['businesses', 'reviews', 'messages', 'posts', 'analytics', 'account'],
};

let server: SignInServer;
beforeAll(async () => {
  // Tests try many bad keys from one address.
  server = await startWithPages({ BAD_KEYS_PER_MINUTE: '1000' });
});
afterAll(() => server.close());

/** A client's request, open in a browser of its own. */
async function start({ metadata = {}, parameters = {}, language = 'en' } = {}) {
  const { client, verifier, url } = await authorization(server.origin, metadata, parameters);
  const visitor = new Visitor({ language });
  const page = await visitor.open(url);
  const tokensFor = async ({ url: end }: Visited) => {
    const code = new URL(end).searchParams.get('code') ?? '';
    return (await exchange(server.origin, client, code, verifier)).json() as Promise<{ scope?: string }>;
  };
  return { visitor, page, url, tokensFor };
}

const parametersOf = ({ url }: Visited) => Object.fromEntries(new URL(url).searchParams);

describe('a sign-in with a key', () => {
  test('says who asks for what, then whose key it is, and gives the client what was allowed', async () => {
    const { visitor, page, tokensFor } = await start();
    expect(wordsOf(page)).toContain('Connect Test client to Partoo Returns to client.example Not verified');
    expect(wordsOf(page)).toContain('Change your business listings, reviews, messages and posts');
    const consent = await visitor.submit(page, KEY);
    expect(wordsOf(consent)).toContain('Maison Solène Claire Vasseur administrator · 45 locations');
    const end = await visitor.follow(await visitor.submit(consent, ALLOW_ALL));
    expect(end.url).toContain(`${CALLBACK}?`);
    expect(await tokensFor(end)).toMatchObject({ scope: ALL_SCOPES });
  });

  test('gives less when the person unticks something', async () => {
    const { visitor, page, tokensFor } = await start();
    const consent = await visitor.submit(page, KEY);
    const choice = { decision: 'allow', permission: 'read', toolset: ['reviews', 'posts'] };
    const tokens = await tokensFor(await visitor.follow(await visitor.submit(consent, choice)));
    expect(tokens).toMatchObject({ scope: 'partoo:read partoo:reviews partoo:posts' });
  });

  test('never gives more than the client asked for, whatever a form says', async () => {
    const { visitor, page, tokensFor } = await start({ parameters: { scope: 'partoo:read partoo:reviews' } });
    expect(wordsOf(page)).toContain('Read your reviews on Partoo');
    expect(wordsOf(page)).not.toContain('Change your');
    const consent = await visitor.submit(page, KEY);
    const tokens = await tokensFor(await visitor.follow(await visitor.submit(consent, ALLOW_ALL)));
    expect(tokens).toMatchObject({ scope: 'partoo:read partoo:reviews' });
  });

  test('takes a key with the spaces, quotes and names that came along when it was copied', async () => {
    const { visitor, page } = await start();
    const consent = await visitor.submit(page, { ...KEY, key: ' x-APIKey: "demo-manager"\n' });
    expect(wordsOf(consent)).toContain('Ines Garnier business manager · 5 locations');
  });

  test('can go on with another key', async () => {
    const { visitor, page } = await start();
    const consent = await visitor.submit(page, KEY);
    const again = await visitor.open(`${consent.url}?another`);
    expect(wordsOf(again)).toContain('Step 1 of 2');
    const other = await visitor.submit({ ...again, url: page.url }, { ...KEY, key: 'demo-other' });
    expect(wordsOf(other)).toContain('Pâtisserie Lumen Paul Lambert');
  });

  test('speaks French to browsers that prefer it', async () => {
    const { visitor, page } = await start({ language: 'fr-FR,fr;q=0.9,en;q=0.8' });
    expect(page.body).toContain('<html lang="fr">');
    expect(wordsOf(await visitor.submit(page, KEY))).toContain('administrateur · 45 établissements');
  });

  test.each([
    ['http://127.0.0.1:4711/callback', 'An app on this computer Not verified'],
    ['cursor://anysphere.cursor/oauth', 'An app that opens cursor: links Not verified'],
  ])('names the app that receives the result at %s', async (redirectUri, words) => {
    const metadata = { redirect_uris: [redirectUri], application_type: 'native' };
    const { page } = await start({ metadata });
    expect(wordsOf(page)).toContain(words);
  });
});

describe('a key that cannot be used', () => {
  test.each([
    ['', 'Enter your Partoo API key'],
    ['YOUR_PARTOO_KEY', 'Partoo does not accept this key'],
    ['a-wrong-key-1234', 'Partoo does not accept this key'],
  ])('%j is reported at the field', async (key, words) => {
    const { visitor, page } = await start();
    const again = await visitor.submit(page, { ...KEY, key });
    expect(again.status).toBe(422);
    expect(wordsOf(again)).toContain(words);
    expect(again.body).toMatch(/<input type="password"[^>]* aria-invalid="true" autofocus>/);
    if (key !== '') expect(again.body).not.toContain(key);
    expect(wordsOf(await visitor.submit(again, KEY))).toContain('Maison Solène');
  });

  test('cannot be checked while Partoo is down', async () => {
    const { visitor, page } = await start();
    server.partoo.faults.add({ kind: 'status', status: 503, times: 100 });
    const again = await visitor.submit(page, { ...KEY, key: 'demo-colleague' });
    expect(again.status).toBe(503);
    expect(wordsOf(again)).toContain('Partoo does not respond, so the key could not be checked');
    server.partoo.faults.clear();
    expect(wordsOf(await visitor.submit(page, { ...KEY, key: 'demo-colleague' }))).toContain('Marc Delorme');
  });

  test('slows down an address that tries many, in one sign-in after the other', async () => {
    const strict = await startWithPages({ BAD_KEYS_PER_MINUTE: '2' });
    try {
      const pages: Visited[] = [];
      for (let i = 0; i < 3; i++) {
        const visitor = new Visitor();
        const page = await visitor.open((await authorization(strict.origin)).url);
        pages.push(await visitor.submit(page, { ...WRONG_KEY, key: `a-wrong-key-${i}` }));
      }
      expect(pages.map(({ status }) => status)).toEqual([422, 422, 429]);
      expect(wordsOf(pages[2] as Visited)).toMatch(/Try again in \d+ seconds/);
    } finally {
      await strict.close();
    }
  });
});

describe('a sign-in ends', () => {
  test.each([
    ['at the first step', []],
    ['at the second step', [KEY]],
  ])('for the client too when the person cancels %s', async (_, before) => {
    const { visitor, page } = await start();
    let last = page;
    for (const fields of before) last = await visitor.submit(last, fields);
    const cancelled = await visitor.submit(last, { decision: 'cancel' });
    expect(wordsOf(cancelled)).toContain('Nothing was connected');
    expect(parametersOf(await visitor.follow(cancelled))).toEqual({
      error: 'access_denied',
      error_description: expect.any(String),
      state: 'state-1',
      iss: server.origin,
    });
  });

  test('not before something is chosen', async () => {
    const { visitor, page } = await start();
    const consent = await visitor.submit(page, KEY);
    const again = await visitor.submit(consent, { decision: 'allow', permission: 'read' });
    expect(again.status).toBe(422);
    expect(wordsOf(again)).toContain('Choose at least one');
    expect(again.body).toContain('value="read" checked');
  });

  test('once, however often the button is clicked', async () => {
    const { visitor, page, tokensFor } = await start();
    const consent = await visitor.submit(page, KEY);
    const clicks = await Promise.all([1, 2, 3].map(() => visitor.submit(consent, ALLOW_ALL)));
    expect(new Set(clicks.map(({ body }) => body)).size).toBe(1);
    const late = await visitor.submit(consent, { decision: 'cancel' });
    expect(wordsOf(late), 'the first decision stands').toContain('You are signed in');
    expect(await tokensFor(await visitor.follow(late))).toMatchObject({ scope: ALL_SCOPES });
  });

  test('and its page says so afterwards', async () => {
    const { visitor, page } = await start();
    const consent = await visitor.submit(page, KEY);
    await visitor.follow(await visitor.submit(consent, ALLOW_ALL));
    for (const later of [await visitor.open(page.url), await visitor.submit(consent, ALLOW_ALL)]) {
      expect(later.status).toBe(410);
      expect(wordsOf(later)).toContain('This sign-in is finished');
    }
  });
});

describe('a sign-in belongs to the browser that started it', () => {
  test('so another browser with its URL sees nothing of it and cannot finish it', async () => {
    const { visitor, page } = await start();
    const consent = await visitor.submit(page, KEY);
    const other = new Visitor();
    for (const seen of [await other.open(page.url), await other.submit(consent, ALLOW_ALL)]) {
      expect(seen.status).toBe(410);
      expect(wordsOf(seen)).toContain('This sign-in cannot go on');
      expect(seen.body).not.toContain('Maison');
    }
  });

  test.each([
    ['without a signature', ''],
    ['with a made-up signature', 'A'.repeat(27)],
  ])('and a cookie that somebody made from its URL counts for nothing: %s', async (_what, signature) => {
    const { visitor, page } = await start();
    await visitor.submit(page, KEY);
    const uid = page.url.split('/').at(-1) ?? '';
    const cookie = ['_sign_in', '_sign_in_end']
      .map(name => `${name}=${uid}${signature && `; ${name}.sig=${signature}`}`)
      .join('; ');
    for (const path of [`/oauth/sign-in/${uid}`, `/oauth/authorize/${uid}`]) {
      const response = await fetch(server.origin + path, { headers: { cookie, 'accept-language': 'en' } });
      const body = await response.text();
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(body).toContain('This sign-in cannot go on');
      expect(body).not.toContain('Maison');
    }
  });

  test('and one with a cookie of its own sign-in cannot finish it either', async () => {
    const { page } = await start();
    const other = await start();
    const forged = await other.visitor.submit({ ...page, url: page.url }, KEY);
    expect(forged.status).toBe(410);
  });

  test('and a form that another website wrote changes nothing', async () => {
    const { visitor, page } = await start();
    const consent = await visitor.submit(page, KEY);
    for (const token of ['', 'x', 'x'.repeat(43)]) {
      const forged = await visitor.submit(consent, { ...ALLOW_ALL, token });
      expect(forged.status).toBe(403);
      expect(forged.body).not.toContain('http-equiv="refresh"');
    }
    expect(wordsOf(await visitor.open(page.url))).toContain('Step 2 of 2');
  });

  test('and one that never existed looks like one that has expired', async () => {
    const page = await new Visitor().open(`${server.origin}/oauth/sign-in/nothing`);
    expect(page.status).toBe(410);
    expect(wordsOf(page)).toContain('This sign-in cannot go on');
  });
});

test('no page may be stored, framed, or leave its address to others', async () => {
  const { visitor, page } = await start();
  const consent = await visitor.submit(page, KEY);
  const done = await visitor.submit(consent, ALLOW_ALL);
  for (const { headers } of [page, consent, done, await new Visitor().open(page.url)]) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('content-security-policy')).toContain("form-action 'self'");
  }
});

test('a token of a team that somebody takes for a Partoo key never reaches Partoo', async () => {
  const { visitor, page } = await start();
  const before = server.partoo.requests.length;
  for (const key of [`partoo_mcp_${'A'.repeat(43)}`, `Bearer partoo_mcp_${'B'.repeat(43)}`]) {
    const refused = await visitor.submit(page, { key, decision: 'sign-in' });
    expect(refused.status).toBe(422);
    expect(wordsOf(refused)).toContain('not a Partoo API key');
  }
  expect(server.partoo.requests.length).toBe(before);
});

test('a key appears in no page, no URL and no log line', async () => {
  const { visitor, page } = await start();
  const wrong = await visitor.submit(page, WRONG_KEY);
  const consent = await visitor.submit(page, KEY);
  const done = await visitor.submit(consent, ALLOW_ALL);
  const seen = JSON.stringify([wrong, consent, done, visitor.history, server.log]);
  expect(seen).not.toContain('demo-admin');
  expect(seen).not.toContain('a-wrong-key');
});

test('a body that is no form, or too large, is refused', async () => {
  const { visitor, page } = await start();
  const large = await visitor.submit(page, { ...KEY, key: 'x'.repeat(20_000) });
  expect(large.status).toBe(413);
  const json = await visitor.open(page.url, { method: 'POST', body: '{"decision":"cancel"}' });
  expect(json.status).toBe(403);
  expect(wordsOf(await visitor.open(page.url))).toContain('Step 1 of 2');
});
