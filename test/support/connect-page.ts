import { expect } from 'vitest';
import { type HttpResponse, httpRequest } from './http-request.ts';
import { startServer } from './start.ts';

type Settings = Record<string, string>;

/** Returns the connect page as a browser gets it from a server with these settings. */
export async function openConnectPage(env: Settings = {}, headers: Settings = {}): Promise<HttpResponse> {
  const server = await startServer('http://127.0.0.1:1/v2', env);
  const page = await httpRequest(server.origin, { headers });
  await server.close();
  expect(page.status).toBe(200);
  return page;
}

/** Returns a snippet of the page without its marks; undefined if it is not there. */
export function snippetIn(page: string, name: string): string | undefined {
  const code = new RegExp(`data-snippet="${name}">(.*?)</code>`, 's').exec(page)?.[1];
  return code === undefined ? undefined : textOf(code);
}

/** Returns the address of an install link. */
export const linkIn = (page: string, name: string): string =>
  textOf(new RegExp(`data-link="${name}" href="([^"]*)"`).exec(page)?.[1] ?? '');

/** Returns the text of a client's section. */
export const sectionOf = (page: string, id: string): string =>
  textOf(new RegExp(`<section class="client" id="${id}".*?</section>`, 's').exec(page)?.[0] ?? '');

const textOf = (markup: string) =>
  markup.replaceAll(/<[^>]*>/g, '').replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
