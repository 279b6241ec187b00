import { onTestFinished } from 'vitest';
import { createEmulator, type PartooEmulatorOptions } from '../../src/partoo-emulator/emulator.ts';

export const LYON_1 = 'fa6845915389094280ff4ca7';
export const PARIS_1 = 'c4be7993f4425413233d77d3';
export const RENNES_1 = '9a459dc4676daea4d9ef5ae9';

/** Reviews without a reply: one of the newest on Google, one in Lyon, one on Facebook. */
export const UNANSWERED = 700999;
export const UNANSWERED_IN_LYON = 700992;
export const ANSWERED = 700988;
export const ANSWERED_ON_FACEBOOK = 700987;
export const DELETED = 700989;

export interface ParsedResponse {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read any JSON
  body: any;
}

/** A listening emulator, closed when the test is over. */
export async function start(options: PartooEmulatorOptions = {}) {
  const emulator = createEmulator({ rateLimitPerMinute: 10_000, ...options });
  onTestFinished(() => emulator.close());
  const base = await emulator.listen();

  const call = async (path: string, key: string, init: RequestInit = {}): Promise<ParsedResponse> => {
    const response = await fetch(base + path, { ...init, headers: { 'x-APIKey': key, ...init.headers } });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const get = (path: string, key = 'demo-admin') => call(path, key);
  const post = (path: string, body: unknown, key = 'demo-admin') =>
    call(path, key, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { emulator, base, call, get, post };
}

/** A request with a JSON body, for `call`. */
export const send = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The per-field messages of a 400. */
export const fieldsOf = (response: ParsedResponse) => Object.keys(response.body.error.json).sort();
