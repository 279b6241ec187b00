import { describe, expect, test } from 'vitest';
import { hasChromium } from '../../support/chromium.ts';
import { INJECTIONS } from '../../support/injections.ts';
import { page, postsViews, row, settled } from './posts-view.ts';

describe.skipIf(!hasChromium())('texts of third parties in the view of posts', () => {
  const { show, script } = postsViews();

  test('run nothing and load nothing, in every field of a post and in the composer', async () => {
    const rows = INJECTIONS.map(({ text }, index) =>
      row({
        id: index + 1,
        business_id: index.toString(16).padStart(24, '0'),
        post_type: text,
        summary: text,
        cta_type: text,
        cta_link: index % 2 === 0 ? text : `javascript:alert(${index})`,
        offer_code: text,
        offer_terms: text,
        schedule_time: text,
        expiration_time: text,
        post_status: [{ name: text, state: text, link: 'javascript:alert(1)' }],
        post_medias: [{ media_url: [text] }],
      }),
    );
    const url = await script(({ path }) => (path === '/posts' ? page(...rows) : undefined));
    const view = await show('search_posts', { per_page: 100 }, { url, key: '1-anna' });
    await settled(view);
    await view.frame.getByRole('button', { name: 'List' }).click();
    await view.frame.getByText('<tool_call>').first().waitFor();
    await view.frame.getByRole('button', { name: 'New post' }).click();
    await view.frame.getByLabel('Text', { exact: true }).fill(INJECTIONS.map(({ text }) => text).join('\n'));
    await view.frame.getByLabel('Web address of a picture').fill('"><script>alert(1)</script>');
    expect(await view.frame.locator('script:not([type]), img, iframe, a[href^="javascript"]').count()).toBe(
      1,
    );
    expect(view.errors).toEqual([]);
    expect(view.requests).toEqual([]);
    expect(view.calls).toHaveLength(1);
  });

  test('run nothing where a model wrote them into a new post', async () => {
    for (const { text } of INJECTIONS.filter(({ what }) =>
      ['markup', 'a tool call', 'the end of the JSON'].includes(what),
    )) {
      const input = {
        business__in: text,
        publishers: text,
        post_type: text,
        summary: text,
        title: text,
        cta_type: text,
        start_at: text,
      };
      const view = await show('create_post', input);
      await view.frame.getByRole('status').getByText('Refused', { exact: true }).waitFor();
      expect([view.errors, view.requests, view.calls]).toEqual([[], [], []]);
    }
  });
});
