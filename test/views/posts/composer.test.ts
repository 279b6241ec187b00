import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasChromium } from '../../support/chromium.ts';
import { overflowOf, violationsIn } from '../../support/view-host/axe.ts';
import { postsViews, settled } from './posts-view.ts';

const SHOP = 'Maison Solène Abbesses';

describe.skipIf(!hasChromium())('the composer of the view of posts', () => {
  const { pair, show } = postsViews();
  const publishedPosts = () =>
    pair().partoo.requests.filter(({ method, path }) => method === 'POST' && path === '/v2/posts').length;

  async function write(frame: Frame, text: string): Promise<void> {
    await frame.getByRole('button', { name: 'New post' }).click();
    await frame.getByLabel('Text', { exact: true }).fill(text);
    await frame.getByLabel(SHOP).check();
  }
  const goOn = (frame: Frame) => frame.getByRole('button', { name: 'Check and publish' }).click();

  test('publishes once, however often the button is clicked, and tells the model', async () => {
    const view = await show('search_posts', { per_page: 100 });
    const { frame } = view;
    await settled(view);
    const before = publishedPosts();
    await write(frame, 'Clicked twice');
    await frame.getByRole('article', { name: 'Google' }).getByText('13 of 1,500 characters').waitFor();
    expect(await violationsIn(view)).toEqual([]);
    await goOn(frame);
    expect(await violationsIn(view)).toEqual([]);
    await frame.getByRole('button', { name: 'Publish now' }).dblclick();
    await frame.getByRole('status').getByText('Published').waitFor();
    expect(publishedPosts() - before).toBe(1);
    expect(JSON.stringify(view.reports)).toMatch(
      /The user published a post in the view, for 1 business on google_my_business \(post ids: \d+\)/,
    );
    await frame.getByRole('button', { name: 'Back to the posts' }).click();
    await frame.getByRole('heading', { name: 'Posts' }).waitFor();
    await frame.getByRole('button', { name: 'New post' }).waitFor();
    expect(view.errors).toEqual([]);
  });

  test('does not send a text that is too long, and says why', async () => {
    const view = await show('search_posts', { per_page: 100 });
    await settled(view);
    await write(view.frame, 'x'.repeat(1_501));
    await goOn(view.frame);
    await view.frame.getByText('Google: Too long by 1. Partoo refuses the post; nothing is cut.').waitFor();
    expect(await view.frame.getByRole('button', { name: 'Publish now' }).isDisabled()).toBe(true);
    expect(await view.frame.getByRole('button', { name: 'Save as draft' }).isDisabled()).toBe(true);
  });

  test('keeps a draft that Partoo refuses for the role, and publishes it after all', async () => {
    const view = await show('search_posts', { per_page: 100 }, { key: 'demo-manager' });
    const { frame } = view;
    await settled(view);
    await frame.getByRole('button', { name: 'New post' }).click();
    await frame.getByLabel('Text', { exact: true }).fill('From Lyon');
    await frame.getByLabel(/LYON 1/).check();
    await goOn(frame);
    await frame.getByRole('button', { name: 'Save as draft' }).click();
    await frame.getByRole('status').getByText('Refused', { exact: true }).waitFor();
    expect(await violationsIn(view)).toEqual([]);
    await frame.getByRole('button', { name: 'Go on writing' }).click();
    expect(await frame.getByLabel('Text', { exact: true }).inputValue()).toBe('From Lyon');
    await goOn(frame);
    await frame.getByRole('button', { name: 'Publish now' }).click();
    await frame.getByRole('status').getByText('Published').waitFor();
  });

  test('keeps what was written when the host loads the view again', async () => {
    const view = await show('search_posts', { per_page: 100 }, { storage: true });
    await settled(view);
    await write(view.frame, 'Not yet finished');
    await view.reload();
    await view.frame.getByRole('button', { name: 'Continue your post' }).click();
    expect(await view.frame.getByLabel('Text', { exact: true }).inputValue()).toBe('Not yet finished');
    expect(await view.frame.getByLabel(SHOP).isChecked()).toBe(true);
  });

  test('finds out about an unconfirmed post, also after a reload, without publishing it twice', async () => {
    const view = await show('search_posts', { per_page: 100 }, { storage: true });
    await settled(view);
    const before = publishedPosts();
    await write(view.frame, 'Lost and found');
    await goOn(view.frame);
    pair().partoo.faults.add({ kind: 'cut', method: 'POST', path: '/v2/posts', when: 'after' });
    pair().partoo.faults.add({ kind: 'status', status: 400, method: 'GET', path: '/v2/posts', times: 10 });
    await view.frame.getByRole('button', { name: 'Publish now' }).click();
    await view.frame.getByRole('status').getByText('Unknown').waitFor();
    pair().partoo.faults.clear();
    await view.reload();
    await view.frame.getByRole('button', { name: 'Find out' }).click();
    await view.frame.getByRole('status').getByText('Published').waitFor();
    expect(publishedPosts() - before).toBe(1);
  });

  test('sends nothing while it is unknown what became of a post of another tab, and shows that one', async () => {
    const view = await show('search_posts', { per_page: 100 }, { storage: true });
    const { frame } = view;
    await settled(view);
    const before = publishedPosts();
    await write(frame, 'Of this tab');
    await goOn(frame);
    await frame.evaluate(() => {
      const args = { summary: 'Of the other tab', publishers: ['google_my_business'] };
      const value = { idempotencyKey: 'other', args, state: { step: 'unknown' } };
      localStorage.setItem('partoo-mcp/posts/new', JSON.stringify({ value, at: Date.now() }));
    });
    await frame.getByRole('button', { name: 'Publish now' }).click();
    await frame.getByRole('status').getByText('Unknown').waitFor();
    await frame.getByText('Of the other tab').first().waitFor();
    expect(publishedPosts()).toBe(before);
  });

  test('schedules an event with its dates, on the clock of the shop and of the person', async () => {
    const view = await show('search_posts', { per_page: 100 }, { timeZone: 'Europe/Paris' });
    const { frame, calls } = view;
    await settled(view);
    const year = new Date().getFullYear() + 1;
    await write(frame, 'A workshop on sourdough');
    await frame.getByLabel('Event').check();
    await goOn(frame);
    await frame.getByText('An event needs a title: its public name.').waitFor();
    await frame.getByRole('button', { name: 'Go on writing' }).click();
    await frame.getByLabel('Title').fill('Sourdough');
    await frame.getByLabel('Start').fill(`${year}-07-01T09:00`);
    await frame.getByLabel('End').fill(`${year}-07-03T18:00`);
    await frame.getByLabel(/^Publish on/).fill(`${year}-06-15T10:00`);
    await goOn(frame);
    await frame.getByRole('button', { name: 'Schedule' }).click();
    await frame.getByRole('status').getByText('Scheduled').waitFor();
    expect(calls.at(-1)?.arguments).toMatchObject({
      post_type: 'event',
      start_at: `${year}-07-01T09:00`,
      end_at: `${year}-07-03T18:00`,
      schedule_time: `${year}-06-15T08:00:00Z`,
    });
  });

  test('is absent where the connection only reads', async () => {
    const view = await show('search_posts', {}, { query: '?readonly=true' });
    await settled(view);
    expect(await view.frame.getByRole('button', { name: 'New post' }).count()).toBe(0);
  });

  test('fits a phone in French, where every field can be touched', async () => {
    const options = {
      locale: 'fr-FR',
      theme: 'dark',
      viewport: { width: 320, height: 800 },
      isMobile: true,
    } as const;
    const view = await show('search_posts', { per_page: 100 }, options);
    await settled(view);
    await view.frame.getByRole('button', { name: 'Nouveau post' }).click();
    await view.frame.getByLabel('Offre').check();
    expect(await violationsIn(view)).toEqual([]);
    expect(await overflowOf(view)).toBe(0);
  });
});
