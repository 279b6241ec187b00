import { Agent, request } from 'undici';

const agent = new Agent();

/** Requests Partoo's page of 30 businesses with the caller's key, in the cheapest way. */
export async function fetchPage(key: unknown): Promise<Record<string, unknown>> {
  const { body } = await request(`${process.env.PARTOO_BASE_URL}/business/search?per_page=30`, {
    dispatcher: agent,
    headers: { 'x-APIKey': String(key) },
  });
  return (await body.json()) as Record<string, unknown>;
}
