import { describe, expect, test } from 'vitest';
import { requestingClient } from '../../../src/oauth/pages/requesting-client.ts';

const METADATA_URL = 'https://claude.ai/oauth/client.json';

describe('who asks', () => {
  test('is known by the host that published its metadata, if only that host gets the result', () => {
    const redirectUri = 'https://claude.ai/api/mcp/auth_callback';
    expect(requestingClient({ clientId: METADATA_URL, clientName: 'Claude', redirectUri })).toEqual({
      name: 'Claude',
      publisher: 'claude.ai',
      returnsTo: { website: 'claude.ai' },
      verified: true,
    });
  });

  test('is not verified after a dynamic registration, whatever it calls itself', () => {
    const redirectUri = 'https://evil.example:8443/cb';
    expect(requestingClient({ clientId: 'dyn-1', clientName: 'claude.ai', redirectUri })).toEqual({
      name: 'claude.ai',
      publisher: undefined,
      returnsTo: { website: 'evil.example:8443' },
      verified: false,
    });
  });

  test.each([
    ['http://localhost:3118/callback', { app: 'computer' }],
    ['http://127.0.0.1/callback', { app: 'computer' }],
    ['http://[::1]:8080/', { app: 'computer' }],
    ['cursor://anysphere.cursor/oauth', { app: 'device', scheme: 'cursor:' }],
    ['http://localhost.evil.example/', { website: 'localhost.evil.example' }],
    ['https://аpple.example/', { website: 'xn--pple-43d.example' }],
  ])('%s returns to %j', (redirectUri, returnsTo) => {
    const client = requestingClient({ clientId: 'dyn-1', redirectUri });
    expect(client.returnsTo).toEqual(returnsTo);
  });

  test('is not verified where any program on the computer can take the result', () => {
    const client = requestingClient({ clientId: METADATA_URL, redirectUri: 'http://127.0.0.1:1/cb' });
    expect(client).toMatchObject({ name: 'claude.ai', publisher: 'claude.ai', verified: false });
  });
});
