import type { Locator } from 'playwright-core';
import type { ReceivedRequest } from '../../../src/partoo-emulator/emulator.ts';
import type { ShownView } from '../../support/view-host/view-host.ts';

/** The steps of a person in the review inbox. */

export const REPLY = 'Thank you very much. The whole team hopes to see you again soon.';

/** Waits until the view has read the reviews itself. */
export async function opened({ frame }: ShownView): Promise<void> {
  await frame.locator('main[aria-busy=false]').waitFor();
}

export const cards = ({ frame }: ShownView): Locator => frame.locator('article');

/** Returns the card of one review, by its author and text, which stay the same in every state. */
export async function cardOf(view: ShownView, index: number): Promise<Locator> {
  const id = await cards(view).nth(index).getAttribute('aria-labelledby');
  return view.frame.locator(`article[aria-labelledby="${id}"]`);
}

export async function write(card: Locator, text = REPLY): Promise<void> {
  await card.getByRole('button', { name: /^(Reply|Continue draft)/ }).click();
  await card.getByRole('textbox').fill(text);
}

export async function preview(card: Locator, text = REPLY): Promise<void> {
  await write(card, text);
  await card.getByRole('button', { name: 'Preview' }).click();
}

export const sendButton = (card: Locator) => card.getByRole('button', { name: 'Send publicly' });
export const findOut = (card: Locator) => card.getByRole('button', { name: 'Find out' });
export const pill = (card: Locator) => card.locator('.state');
export const sentPill = (card: Locator) => card.locator('.reply .pill');

/** The replies that Partoo has received. */
export const repliesIn = (requests: ReceivedRequest[]) =>
  requests.filter(({ method, path }) => method === 'POST' && path === '/v2/comments');
