import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { INJECTIONS, plant } from '../support/injections.ts';
import {
  type ScriptedPartoo,
  type ScriptedResponse,
  startScriptedPartoo,
} from '../support/scripted-partoo.ts';
import { type RunningPair, type RunningServer, startPair, startServer } from '../support/start.ts';
import { overflowOf, violationsIn } from '../support/view-host/axe.ts';
import {
  DESKTOP,
  openViewHost,
  PHONE,
  type ShownView,
  type ViewHostOptions,
} from '../support/view-host/view-host.ts';

const ID = 'c4be7993f4425413233d77d3';

/** A day from today on, at UTC. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const NEXT_YEAR = new Date().getUTCFullYear() + 1;

const WEEK = {
  monday: ['10:00-14:00', '20:00-02:00'],
  tuesday: ['00:00-00:00'],
  wednesday: ['18:00-00:00'],
  thursday: [],
  friday: ['by appointment'],
  saturday: ['09:00-12:00'],
};

const WHOLE = {
  id: ID,
  name: 'Night Bakery',
  code: 'N1',
  status: 'open',
  address_full: '1 Night Street',
  zipcode: '75001',
  city: 'Paris',
  country: 'FR',
  categories: ['gcid:bakery'],
  website_url: 'https://www.night.example/menu?from=listing',
  facebook_url: 'javascript:alert(1)',
  description_short: 'Bread all night',
  description_long: 'Sourdough. '.repeat(60),
  contacts: [{ name: 'Ana', email: 'ana@night.example', phone_numbers: ['+33102030405'] }],
  photos: { LOGO: 'https://night.example/logo.png', secondary: ['https://night.example/1.jpg'] },
  features: ['takeaway'],
  custom_fields: [{ id: 1, type: 'text', name: 'Parking', value: 'Behind the house', order: 0 }],
  open_hours: WEEK,
  specific_hours: {
    open: [{ starts_at: `${NEXT_YEAR}-01-03`, ends_at: `${NEXT_YEAR}-01-03`, open_hours: ['10:00-12:00'] }],
    close: [
      { starts_at: `${NEXT_YEAR - 1}-12-30`, ends_at: `${NEXT_YEAR}-01-02` },
      { starts_at: '2020-05-01', ends_at: '2020-05-01' },
    ],
  },
  lat: 48.85,
  long: 2.35,
};

/** All together, and alone those that could be taken for an address or a name. */
const PLANTED = [
  { what: 'every injection together', text: INJECTIONS.map(({ text }) => text).join('\n') },
  ...INJECTIONS.filter(({ text }) => !/\s/.test(text)),
];

describe.skipIf(!hasChromium())('the listing of a business', () => {
  let browser: Browser;
  let pair: RunningPair;
  let scripted: ScriptedPartoo;
  let server: RunningServer;
  let business: Record<string, unknown> = WHOLE;
  /** The responses to the next reads, before others return the business. */
  let reads: ScriptedResponse[] = [];
  const views: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    scripted = await startScriptedPartoo(({ path }) => {
      if (!path.startsWith('/business/') || path.includes('search')) return undefined;
      return reads.shift() ?? { body: business };
    });
    [browser, pair, server] = await Promise.all([
      startChromium(),
      startPair(),
      startServer(scripted.baseUrl),
    ]);
  });
  afterAll(async () => {
    await Promise.all(views.map(view => view.close()));
    await Promise.all([browser?.close(), pair?.close(), server?.close()]);
    await scripted?.close();
  });

  /** Shows get_business of the demo's emulator. */
  async function show(args: Record<string, unknown>, options: Partial<ViewHostOptions> = {}) {
    const host = await openViewHost({ browser, url: pair.url, ...options });
    views.push(host);
    return host.show('get_business', args);
  }

  /** Shows get_business of a business that consists of the given fields. */
  async function showBusiness(
    fields: Record<string, unknown>,
    options: Partial<ViewHostOptions> = {},
    args = {},
  ) {
    business = fields;
    const host = await openViewHost({ browser, url: server.url, key: '7-anna', ...options });
    views.push(host);
    return host.show('get_business', { business_id: ID, ...args });
  }

  async function expectQuiet(view: ShownView) {
    expect(view.errors).toEqual([]);
    expect(view.requests).toEqual([]);
    expect(await overflowOf(view)).toBeLessThanOrEqual(0);
  }

  test.each([
    { era: '2026-07-28', theme: 'light', locale: 'en-GB', ...DESKTOP },
    { era: '2025-11-25', theme: 'dark', locale: 'en-GB', ...PHONE },
    { era: '2026-07-28', theme: 'dark', locale: 'fr-FR', ...DESKTOP },
    { era: '2025-11-25', theme: 'light', locale: 'fr-FR', ...PHONE },
  ] as const)(
    'is readable and accessible in $era, $theme, $locale, $viewport.width pixels wide',
    async options => {
      const view = await show({ business_id: 'c-PAR/01' }, options);
      const text = () => view.frame.locator('body').innerText();
      await view.frame.getByRole('heading', { level: 1, name: 'Maison Solène Marais' }).waitFor();
      expect(await text()).toContain('48 Rue des Francs Bourgeois\n75003 Paris');
      const words =
        options.locale === 'fr-FR'
          ? ['Ouvert', 'Téléphone', 'Horaires', 'Lundi', 'Horaires exceptionnels', 'Plus de détails']
          : ['Open', 'Phone', 'Opening hours', 'Monday', 'Special hours', 'More details'];
      for (const word of words) expect(await text()).toContain(word);
      await view.frame.locator('details.details summary').click();
      if (options.locale === 'fr-FR') {
        expect(await text()).not.toMatch(/\b(?:Closed|Address|Phone|Website|hours|Show|None|Yes|No)\b/);
      }
      expect(await violationsIn(view)).toEqual([]);
      await expectQuiet(view);
    },
  );

  test('shows a night slot, the whole day, midnight, a closed day, an unknown day and an unreadable slot', async () => {
    const view = await showBusiness(WHOLE);
    const rows = await view.frame.locator('.week tr').allInnerTexts();
    const lines = rows.map(row =>
      row
        .split(/\s*[\n\t]+\s*/)
        .filter(Boolean)
        .join(' | '),
    );
    expect(lines.map(line => line.replace(/ (?:\| )?\(Today\)/, ''))).toEqual([
      'Monday | 10:00 – 14:00 | 20:00 – 02:00 next day',
      'Tuesday | Open 24 hours',
      'Wednesday | 18:00 – midnight',
      'Thursday | Closed',
      'Friday | by appointment',
      'Saturday | 09:00 – 12:00',
      'Sunday | Not given',
    ]);
    await expectQuiet(view);
  });

  test('marks today by the day at the business, not by the person’s', async () => {
    const dayIn = (timeZone: string) => new Intl.DateTimeFormat('en', { weekday: 'long', timeZone }).format();
    const view = await showBusiness(
      { ...WHOLE, country: 'JP', long: 139.7 },
      { timeZone: 'Pacific/Honolulu' },
    );
    expect(await view.frame.locator('.week .today th').innerText()).toContain(dayIn('Asia/Tokyo'));
  });

  test('turns the months of special hours across the end of a year by buttons and keys', async () => {
    const view = await showBusiness({
      ...WHOLE,
      specific_hours: {
        open: WHOLE.specific_hours.open,
        close: [{ starts_at: `${NEXT_YEAR}-12-30`, ends_at: `${NEXT_YEAR + 1}-01-02` }],
      },
    });
    const { frame } = view;
    const month = frame.locator('.calendar h3');
    const marked = () => frame.locator('.calendar td.shut, .calendar td.other').allInnerTexts();
    expect(await month.innerText()).toBe(`January ${NEXT_YEAR}`);
    expect((await marked()).map(cell => cell.replaceAll(/\s+/g, ' '))).toEqual(['3 10:00 – 12:00']);
    const previous = frame.getByRole('button', { name: 'Previous month' });
    await previous.click();
    expect(await month.innerText()).toBe(`December ${NEXT_YEAR - 1}`);
    await previous.press('PageDown');
    for (let i = 0; i < 11; i++) await previous.press('ArrowRight');
    expect(await month.innerText()).toBe(`December ${NEXT_YEAR}`);
    expect((await marked()).map(cell => cell.replaceAll(/\s+/g, ' '))).toEqual(['30 Closed', '31 Closed']);
    await frame.getByRole('button', { name: 'Next month' }).click();
    expect((await marked()).map(cell => cell.replaceAll(/\s+/g, ' '))).toEqual(['1 Closed', '2 Closed']);
    expect(await frame.locator('.special-lists').innerText()).toContain(`2 Jan ${NEXT_YEAR + 1}`);
    await expectQuiet(view);
  });

  test('greys special hours that have passed, and lists them apart', async () => {
    const view = await showBusiness({
      ...WHOLE,
      specific_hours: { open: [], close: [{ starts_at: inDays(-40), ends_at: inDays(-38) }] },
    });
    const { frame } = view;
    expect(await frame.locator('.special-lists').innerText()).toContain('None is coming up.');
    await frame.getByText('1 that has passed').click();
    expect(await frame.locator('.past-periods li').innerText()).toContain('Closed');
    const previous = frame.getByRole('button', { name: 'Previous month' });
    for (let i = 0; i < 2 && (await frame.locator('.calendar td.shut').count()) === 0; i++)
      await previous.click();
    expect(await frame.locator('.calendar td.shut').count()).toBe(
      await frame.locator('.calendar td.shut.past').count(),
    );
    expect(await violationsIn(view)).toEqual([]);
  });

  test('says what a business without anything but id and name lacks', async () => {
    const view = await showBusiness({ id: ID, name: 'Bare' });
    const text = await view.frame.locator('body').innerText();
    expect(text).toContain('Bare');
    expect(text).toContain('The listing has no address or contact.');
    expect(text).toContain('The listing has no opening hours.');
    expect(text).not.toMatch(/undefined|null|NaN|Invalid/);
    expect(await violationsIn(view)).toEqual([]);
    await expectQuiet(view);
  });

  test('reads the rest when the model asked for some fields only', async () => {
    const view = await show({ business_id: 'c-PAR/01', fields: ['name'] });
    await view.frame.getByText('48 Rue des Francs Bourgeois').waitFor();
    expect(view.calls).toEqual([{ name: 'get_business', arguments: { business_id: ID } }]);
  });

  test.each([
    {
      why: 'may not be read',
      response: { status: 403, body: { error: { authorization: 'Operation not allowed' } } },
    },
    { why: 'cannot be read within the limit', response: { status: 429, headers: { 'retry-after': '60' } } },
  ])('shows what it has if the rest $why', async ({ response }) => {
    reads = [{ body: WHOLE }, ...Array<ScriptedResponse>(5).fill(response)];
    // A limit holds for a whole organization.
    const view = await showBusiness(WHOLE, { key: '8-bob' }, { fields: ['name'] });
    await view.frame.getByText('Only a part of the listing is shown').waitFor();
    expect(await view.frame.getByRole('heading', { level: 1 }).innerText()).toBe('Night Bakery');
    expect(await violationsIn(view)).toEqual([]);
    reads = [];
  });

  test('shows the error of a business that does not exist', async () => {
    const view = await show({ business_id: 'c-NOWHERE' });
    await view.frame.getByRole('alert').waitFor();
    expect(await violationsIn(view)).toEqual([]);
    await expectQuiet(view);
  });

  test('opens links of the web through the host, and leaves other text as text', async () => {
    const view = await showBusiness(WHOLE);
    const { frame } = view;
    await frame.getByRole('link', { name: 'night.example/menu?from=listing' }).click();
    await frame.getByRole('link', { name: 'Photo 1' }).click();
    await expect
      .poll(() => view.reports.filter(({ event }) => event === 'link'))
      .toEqual([
        { event: 'link', params: { url: 'https://www.night.example/menu?from=listing' } },
        { event: 'link', params: { url: 'https://night.example/1.jpg' } },
      ]);
    expect(await frame.getByText('javascript:alert(1)').count()).toBe(1);
    expect(await frame.locator('a[href^="javascript"]').count()).toBe(0);
    await expectQuiet(view);
  });

  test('shows a long description in part, and the whole on demand by keyboard', async () => {
    const { frame } = await showBusiness(WHOLE);
    const height = async () => (await frame.locator('.columns .long-text p').boundingBox())?.height ?? 0;
    const before = await height();
    await frame.getByRole('button', { name: 'Show more' }).press('Enter');
    await frame.getByRole('button', { name: 'Show less' }).waitFor();
    expect(await height()).toBeGreaterThan(before);
  });

  test('copies the address where the host allows it, and has no button for it elsewhere', async () => {
    const allowed = await showBusiness(WHOLE, {
      storage: true,
      capabilities: { openLinks: {}, sandbox: { permissions: { clipboardWrite: {} } } },
    });
    await allowed.frame.getByRole('button', { name: 'Copy address' }).click();
    await allowed.frame.getByRole('button', { name: 'Copied' }).waitFor();
    const refused = await showBusiness(WHOLE);
    expect(await refused.frame.getByRole('button', { name: 'Copy address' }).count()).toBe(0);
  });

  test('shows a business on a connection that only reads', async () => {
    const view = await show({ business_id: 'c-PAR/01' }, { url: `${pair.url}?readonly=true` });
    await view.frame.getByText('48 Rue des Francs Bourgeois').waitFor();
    await expectQuiet(view);
  });

  test.each(PLANTED)('shows $what in every text as text', async ({ text }) => {
    const view = await showBusiness(plant(WHOLE, text, ['id', 'country']) as Record<string, unknown>);
    await view.frame.getByRole('heading', { level: 1 }).waitFor();
    await view.frame.locator('details.details summary').click();
    expect(await view.frame.locator('script:not([id]), img, iframe, form').count()).toBe(1);
    await expectQuiet(view);
  });
});
