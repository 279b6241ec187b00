import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { rawSocket } from '../../test/support/raw-socket.ts';
import type { HangUp, Input } from './inputs.ts';

/** A response; `closed` if the connection ended without one or the client disconnected, `silence` after a timeout. */
export interface Reply {
  status: number | 'closed' | 'silence';
  contentType: string;
  body: string;
}

/** Longer than any call may take. */
const PATIENCE_MS = 20_000;
const SOON_MS = 500;

export function createSender(origin: string) {
  const pool = new Pool(origin, { connections: 32, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });

  async function sendBody(body: Buffer, headers: Record<string, string>): Promise<Reply> {
    const response = await pool.request({ method: 'POST', path: '/mcp?toolsets=all', headers, body });
    return {
      status: response.statusCode,
      contentType: String(response.headers['content-type'] ?? ''),
      body: await response.body.text(),
    };
  }

  return {
    send(input: Input): Promise<Reply> {
      if (!('bytes' in input)) return sendBody(input.body, input.headers);
      return input.hangUp ? hangUp(origin, input.bytes, input.hangUp) : sendBytes(origin, input.bytes);
    },
    close: () => pool.close(),
  };
}

/** Sends a request or its beginning, and disconnects without reading the response. */
async function hangUp(origin: string, request: Buffer, { bytes, after, how }: HangUp): Promise<Reply> {
  const { socket, ended } = rawSocket(origin);
  socket.write(request.subarray(0, bytes));
  if (after === 'response') await Promise.race([once(socket, 'data').catch(() => {}), ended, sleep(SOON_MS)]);
  else await sleep(after);
  if (how === 'reset') socket.resetAndDestroy();
  else socket.destroy();
  await ended;
  return { status: 'closed', contentType: '', body: '' };
}

/** Sends all bytes and ends its side of the connection, so that the server does not wait for more. */
async function sendBytes(origin: string, bytes: Buffer): Promise<Reply> {
  const { socket, ended } = rawSocket(origin);
  socket.end(bytes);
  const patience = setTimeout(() => socket.destroy(new Error('silence')), PATIENCE_MS);
  let silent = false;
  socket.on('error', error => {
    silent ||= error.message === 'silence';
  });
  const received = await ended;
  clearTimeout(patience);
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(received) ?? [];
  if (status === undefined) return { status: silent ? 'silence' : 'closed', contentType: '', body: '' };
  const [, contentType = ''] = /^content-type: (.*)\r$/im.exec(received) ?? [];
  return { status: Number(status), contentType, body: received.slice(received.indexOf('\r\n\r\n') + 4) };
}
