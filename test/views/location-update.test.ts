import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, startChromium } from '../support/chromium.ts';
import { INJECTIONS } from '../support/injections.ts';
import { type RunningPair, startPair } from '../support/start.ts';
import { overflowOf, violationsIn } from '../support/view-host/axe.ts';
import {
  DESKTOP,
  inPage,
  openViewHost,
  PHONE,
  type ShownView,
  type ViewHostOptions,
} from '../support/view-host/view-host.ts';

type Values = Record<string, unknown>;

const WEEK = {
  monday: [],
  tuesday: ['10:00-14:00', '20:00-02:00'],
  wednesday: ['00:00-00:00'],
  thursday: ['10:00-18:00'],
  friday: ['10:00-18:00'],
  saturday: ['07:30-20:00'],
  sunday: ['08:00-13:30'],
};

const NEXT_YEAR = new Date().getUTCFullYear() + 1;

/** All together, and alone those that could be taken for an address. */
const PLANTED = [
  { what: 'every injection together', text: INJECTIONS.map(({ text }) => text).join('\n') },
  ...INJECTIONS.filter(({ text }) => /^https?:\S+$/.test(text)),
];

describe.skipIf(!hasChromium())('the view of an update', () => {
  let browser: Browser;
  let pair: RunningPair;
  const hosts: { close(): Promise<void> }[] = [];
  /** Tests that change a business have one of their own: a code of the emulator's. */
  const codes = [
    'PAR/01',
    'PAR/02',
    'PAR/03',
    'PAR/04',
    'PAR/05',
    'PAR/06',
    'PAR/08',
    'TLS-1',
    'TLS-2',
    'TLS-3',
    'NTE-1',
  ];
  const nextBusiness = () => `c-${codes.shift()}`;

  beforeAll(async () => {
    [browser, pair] = await Promise.all([startChromium(), startPair()]);
  });
  afterAll(async () => {
    await Promise.all(hosts.map(host => host.close()));
    await Promise.all([browser?.close(), pair?.close()]);
  });

  /** Shows update_business before its result. `finish` lets the call go on. */
  async function showRunning(args: Values, options: Partial<ViewHostOptions> = {}) {
    const host = await openViewHost({ browser, url: pair.url, ...options });
    hosts.push(host);
    const { promise, resolve: finish } = Promise.withResolvers<void>();
    const view = await host.show('update_business', args, { resultAfter: promise });
    return { view, finish };
  }

  /** Shows a call from its beginning to its end, with the listing read in between. */
  async function showWhole(args: Values, options: Partial<ViewHostOptions> = {}) {
    const { view, finish } = await showRunning(args, options);
    await view.frame
      .getByText('Now', { exact: true })
      .or(view.frame.getByText('Actuellement', { exact: true }))
      .first()
      .waitFor();
    finish();
    await view.frame
      .locator('.update .pill')
      .filter({ hasNotText: /In progress|En cours/ })
      .first()
      .waitFor();
    return view;
  }

  const textOf = ({ frame }: ShownView) => frame.locator('body').innerText();

  async function expectQuiet(view: ShownView) {
    expect(view.errors).toEqual([]);
    expect(view.requests).toEqual([]);
    expect(await overflowOf(view)).toBeLessThanOrEqual(0);
  }

  test('shows what the listing has and what the change sets while the call runs, then before and after', async () => {
    const { view, finish } = await showRunning({
      business_id: nextBusiness(),
      description_short: 'Fresh bread',
    });
    const { frame } = view;
    await frame.getByText('Boulangerie-café : pain au levain, viennoiseries et brunch').waitFor();
    expect(await textOf(view)).toMatch(
      /In progress[\s\S]*Now\s+Boulangerie[\s\S]*After this change\s+Fresh bread/,
    );
    expect(await violationsIn(view)).toEqual([]);
    finish();
    await frame.locator('.is-there').waitFor();
    expect(await textOf(view)).toMatch(/Accepted[\s\S]*Before\s+Boulangerie[\s\S]*After\s+Fresh bread/);
    expect(await textOf(view)).toMatch(/“Before” was read at \d\d:\d\d, while the update was under way/);
    expect(view.calls.map(({ name }) => name)).toEqual(['get_business', 'get_business']);
    expect(await violationsIn(view)).toEqual([]);
    await expectQuiet(view);
  });

  test.each([
    { era: '2026-07-28', theme: 'light', locale: 'en-GB', ...DESKTOP },
    { era: '2025-11-25', theme: 'dark', locale: 'fr-FR', ...PHONE },
  ] as const)(
    'shows hours day by day and special hours in a calendar, in $era, $theme, $locale',
    async options => {
      const view = await showWhole(
        {
          business_id: nextBusiness(),
          open_hours: WEEK,
          specific_hours: {
            open: [],
            close: [
              { starts_at: `${NEXT_YEAR - 1}-12-31`, ends_at: `${NEXT_YEAR}-01-01` },
              { starts_at: '2020-01-01', ends_at: '2020-01-02' },
            ],
          },
        },
        options,
      );
      const { frame } = view;
      const isFrench = options.locale === 'fr-FR';
      await frame
        .locator('.is-there')
        .filter({ hasText: isFrench ? 'Dans la fiche' : 'In the listing' })
        .nth(1)
        .waitFor();
      const night = isFrench ? '20:00 – 02:00 le lendemain' : '20:00 – 02:00 next day';
      expect(await frame.locator('.week-change .changed').nth(0).innerText()).toBeTruthy();
      const text = await textOf(view);
      for (const words of [
        night,
        isFrench ? 'Ouvert 24 h/24' : 'Open 24 hours',
        isFrench ? 'Ajouté' : 'Added',
      ]) {
        expect(text).toContain(words);
      }
      expect(text).toContain(
        isFrench
          ? '1 période exceptionnelle passée a été laissée de côté'
          : '1 special period that has passed was left out',
      );
      const name = (month: string) => frame.locator('.calendar h3').filter({ hasText: month });
      await name(isFrench ? 'décembre' : 'December').waitFor();
      await frame.locator('.calendar button').last().click();
      await name(isFrench ? 'janvier' : 'January').waitFor();
      expect(await frame.locator('.calendar td.shut').count()).toBe(1);
      expect(await violationsIn(view)).toEqual([]);
      await expectQuiet(view);
    },
  );

  test('shows a cleared field, and one that has the value already', async () => {
    const view = await showWhole({ business_id: nextBusiness(), facebook_url: '', country: 'FR' });
    await view.frame.locator('.is-there').nth(1).waitFor();
    const fields = await view.frame.locator('.change').allInnerTexts();
    expect(fields[0]).toContain('Cleared');
    expect(fields[1]).toContain('No difference');
  });

  test('says that nothing was changed, and why, if Partoo refuses', async () => {
    const view = await showWhole({ business_id: nextBusiness(), groups: [999], name: 'Other name' });
    const text = await textOf(view);
    expect(text).toMatch(/Not changed[\s\S]*Unknown group 999[\s\S]*The listing stays as it was/);
    expect(text).toMatch(/Now\s+Maison Solène[\s\S]*Asked for\s+Other name/);
    expect(text).not.toMatch(/After|Before/);
    expect(await violationsIn(view)).toEqual([]);
    await expectQuiet(view);
  });

  test('says that the outcome is unknown if Partoo does not confirm, and what the listing has', async () => {
    pair.partoo.faults.add({ method: 'POST', kind: 'cut', when: 'after', times: 20 });
    const view = await showWhole({ business_id: nextBusiness(), description_short: 'Perhaps' });
    pair.partoo.faults.clear();
    await view.frame.locator('.is-there').waitFor();
    const text = await textOf(view);
    expect(text).toMatch(/Not confirmed[\s\S]*may or may not have been made/);
    expect(text).toMatch(/This change sets\s+Perhaps/);
    expect(text).not.toMatch(/After/);
    await view.frame.getByRole('button', { name: 'Read again' }).click();
    await expect.poll(() => view.calls.length).toBe(3);
    expect(await violationsIn(view)).toEqual([]);
    await expectQuiet(view);
  });

  test('says of an unconfirmed update that is not in the listing that it is not there', async () => {
    pair.partoo.faults.add({ method: 'POST', kind: 'cut', when: 'before', times: 20 });
    const view = await showWhole({ business_id: nextBusiness(), description_short: 'Never' });
    pair.partoo.faults.clear();
    // While Partoo fails, the server may refuse the view's read at once.
    await expect
      .poll(async () => {
        await view.frame.getByRole('button', { name: 'Read again' }).click();
        return textOf(view);
      })
      .toMatch(/Not in the listing yet|Not changed/);
    expect(await textOf(view)).not.toMatch(/Accepted|After/);
  });

  test('does not call a reading "before" that began with the result', async () => {
    const host = await openViewHost({ browser, url: pair.url });
    hosts.push(host);
    const view = await host.show('update_business', {
      business_id: nextBusiness(),
      description_short: 'Quick',
    });
    await view.frame.locator('.is-there').waitFor();
    const text = await textOf(view);
    if (/What the listing had before is not known/.test(text))
      expect(text).toMatch(/This change sets\s+Quick/);
    else expect(text).toContain('already had every value');
  });

  test('keeps what the listing had before when the host loads the view again', async () => {
    const view = await showWhole(
      { business_id: nextBusiness(), description_short: 'Kept' },
      { storage: true },
    );
    await view.frame.locator('.is-there').waitFor();
    await view.reload();
    await view.frame.getByText('Accepted', { exact: true }).waitFor();
    await view.frame.getByText('Before', { exact: true }).waitFor();
    expect(await textOf(view)).toMatch(/Before\s+Boulangerie[\s\S]*After\s+Kept/);
  });

  test('does not claim that a cancelled call changed nothing', async () => {
    const { view } = await showRunning({ business_id: 'c-LIL-1', description_short: 'Stopped' });
    await view.frame.getByText('Now', { exact: true }).waitFor();
    await inPage(view.page, 'cancelTool');
    await view.frame.getByText('Not in the listing yet').waitFor();
    expect(await textOf(view)).toMatch(/Cancelled[\s\S]*the update may have been made/);
    expect(await violationsIn(view)).toEqual([]);
  });

  test('shows only what the change sets on a connection without get_business', async () => {
    const { view } = await showRunning(
      { business_id: 'c-LIL-3', description_short: 'Alone' },
      { url: `${pair.url}?tools=update_business` },
    );
    await view.frame.getByText('This connection cannot read listings').waitFor();
    expect(await textOf(view)).toMatch(/This change sets\s+Alone/);
    expect(view.calls).toEqual([]);
    await expectQuiet(view);
  });

  test('says that the listing cannot be read, and reads it on demand', async () => {
    pair.partoo.faults.add({ method: 'GET', kind: 'status', status: 403, times: 2 });
    const { view, finish } = await showRunning({ business_id: 'c-LIL-1', description_short: 'Unread' });
    await view.frame.getByText('The listing could not be read.').waitFor();
    finish();
    await view.frame.getByText('Accepted', { exact: true }).waitFor();
    await expect.poll(() => view.calls.length).toBe(2);
    pair.partoo.faults.clear();
    await view.frame.getByRole('button', { name: 'Read again' }).press('Enter');
    await view.frame.locator('.is-there').waitFor();
    expect(await violationsIn(view)).toEqual([]);
  });

  test.each(PLANTED)('shows $what in every argument as text', async ({ text }) => {
    const { view } = await showRunning({
      business_id: 'c-LIL-1',
      ...Object.fromEntries(
        ['name', 'status', 'website_url', 'description_long', text].map(name => [name, text]),
      ),
      open_hours: { monday: [text], tuesday: text },
      specific_hours: {
        open: [{ starts_at: text, ends_at: text, open_hours: [text] }],
        close: [{ starts_at: text }],
      },
      contacts: [{ name: text, phone_numbers: [text] }],
      photos: { primary: text },
    });
    await view.frame.getByText('Now', { exact: true }).first().waitFor();
    expect(await view.frame.locator('script:not([id]), img, iframe, form').count()).toBe(1);
    await expectQuiet(view);
  });
});
