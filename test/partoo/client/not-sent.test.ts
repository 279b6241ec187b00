import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createEmulator } from '../../../src/partoo-emulator/emulator.ts';
import { startProcess } from '../../support/process.ts';
import { rpc } from '../../support/rpc.ts';

test('a write that a server without free file descriptors cannot send is reported as not made', async () => {
  const partoo = createEmulator();
  const server = await startProcess({ PARTOO_BASE_URL: await partoo.listen() });
  // One connection for all: without a descriptor another one would not be accepted.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (method: string, params = {}) =>
    new Promise<string>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'x-APIKey': 'demo-admin' };
      const sent = request(server.url, { agent, method: 'POST', headers });
      sent.on('error', reject).on('response', response => resolve(text(response)));
      sent.end(JSON.stringify(rpc(method, params)));
    });
  await ask('ping');
  execFileSync('prlimit', ['--pid', String(server.child.pid), '--nofile=3:']);
  const response = await ask('tools/call', {
    name: 'send_message',
    arguments: { conversation_id: 30001, content: 'Hello' },
  });
  expect(JSON.parse(JSON.parse(response).result.content[0].text).error.code).toBe('partoo_unavailable');
  expect(partoo.requests).toEqual([]);
  agent.destroy();
  await server.stop('SIGKILL');
  await partoo.close();
});
