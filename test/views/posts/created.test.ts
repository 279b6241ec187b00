import { describe, expect, test } from 'vitest';
import { hasChromium } from '../../support/chromium.ts';
import { violationsIn } from '../../support/view-host/axe.ts';
import { postsViews } from './posts-view.ts';

const NEWS = {
  business__in: ['a00418c808502a70592f6110', 'e9a4b8e1e699e5727d121109'],
  publishers: ['google_my_business', 'facebook'],
  post_type: 'news',
  summary: 'The galette has arrived.',
  cta_type: 'order',
};

describe.skipIf(!hasChromium())('a post of create_post', () => {
  const { pair, open, show } = postsViews();

  test('is shown on each platform before the call has a result, and then that it is published', async () => {
    let finish = () => {};
    const resultAfter = new Promise<void>(resolve => {
      finish = resolve;
    });
    const host = await open();
    const view = await host.show('create_post', NEWS, { resultAfter });
    const { frame } = view;
    const google = frame.getByRole('article', { name: 'Google' });
    await google.getByText('The galette has arrived.').waitFor();
    await google.getByText('24 of 1,500 characters').waitFor();
    await frame.getByRole('status').getByText('Sending…').waitFor();
    expect(await violationsIn(view)).toEqual([]);
    finish();
    await frame.getByRole('status').getByText('Published').waitFor();
    await frame.getByRole('button', { name: 'Show its state' }).click();
    await frame.getByText('2 posts with this text').waitFor();
    expect(await violationsIn(view)).toEqual([]);
    expect([view.errors, view.requests]).toEqual([[], []]);
  });

  test('is read as the model wrote it, and is a draft or scheduled where that was asked', async () => {
    const draft = await show(
      'create_post',
      { ...NEWS, publishers: 'google, fb', is_draft: 'true' },
      { locale: 'fr-FR' },
    );
    await draft.frame.getByRole('status').getByText('Brouillon').waitFor();
    await draft.frame.getByRole('article', { name: 'Facebook' }).waitFor();
    const schedule_time = `${new Date().getUTCFullYear() + 1}-06-01T08:00:00Z`;
    const scheduled = await show('create_post', { ...NEWS, schedule_time });
    await scheduled.frame.getByRole('status').getByText('Scheduled').waitFor();
  });

  test('says on each platform why it was refused, in the person’s language', async () => {
    const input = {
      ...NEWS,
      publishers: ['google_my_business', 'facebook', 'instagram'],
      post_type: 'offer',
      summary: 'x'.repeat(1_501),
    };
    const view = await show('create_post', input, { locale: 'fr-FR', theme: 'dark' });
    const { frame } = view;
    await frame.getByRole('status').getByText('Refusé', { exact: true }).waitFor();
    await frame
      .getByRole('article', { name: 'Google' })
      .getByText(/^Trop long de 1/)
      .waitFor();
    await frame.getByRole('article', { name: 'Facebook' }).getByText('ne prend que des actualités').waitFor();
    await frame.getByRole('article', { name: 'Instagram' }).getByText('exige une image').waitFor();
    await frame.getByText('Un événement ou une offre exige une fin.').waitFor();
    expect(await frame.locator('body').innerText()).not.toContain('characters');
    expect(await violationsIn(view)).toEqual([]);
  });

  test('says that it may or may not be published when Partoo did not confirm it', async () => {
    pair().partoo.faults.add({ kind: 'cut', method: 'POST', path: '/v2/posts', when: 'after' });
    pair().partoo.faults.add({ kind: 'status', status: 400, method: 'GET', path: '/v2/posts', times: 10 });
    const { frame } = await show('create_post', { ...NEWS, summary: 'Lost on its way' });
    await frame.getByRole('status').getByText('Unknown').waitFor();
    pair().partoo.faults.clear();
    await frame.getByRole('button', { name: 'Show its state' }).click();
    await frame.getByText('2 posts with this text').waitFor();
  });
});
