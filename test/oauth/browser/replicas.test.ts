import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmulator, type PartooEmulator } from '../../../src/partoo-emulator/emulator.ts';
import { hasChromium, startChromium } from '../../support/chromium.ts';
import { type ClientSite, startClientSite } from '../../support/client-site.ts';
import { freePort } from '../../support/free-port.ts';
import { redisDatabase } from '../../support/redis-database.ts';
import { type RoundRobin, startRoundRobin } from '../../support/round-robin.ts';
import { ALL_SCOPES, SIGN_IN_SECRET } from '../../support/sign-in.ts';
import { allow, enterKey, openSignIn } from '../../support/sign-in-browser.ts';
import { type RunningServer, startServer } from '../../support/start.ts';

const redisUrl = redisDatabase(8);
const BAD_KEYS = 4;

describe.skipIf(!redisUrl || !hasChromium())(
  'sign-in in Chromium at two replicas, each asked in turn',
  () => {
    let browser: Browser;
    let partoo: PartooEmulator;
    let site: ClientSite;
    let balancer: RoundRobin;
    let port: number;
    let partooUrl: string;
    const ports: number[] = [];
    const replicas: RunningServer[] = [];

    /** Replaces a replica by one that knows nothing but what is in Redis. */
    async function restart(i: number): Promise<void> {
      await replicas[i]?.close();
      const replica = await startServer(partooUrl, {
        SIGN_IN: 'key',
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        SIGN_IN_SECRET,
        REDIS_URL: redisUrl as string,
        REPLICAS_HINT: '2',
        BAD_KEYS_PER_MINUTE: `${BAD_KEYS}`,
      });
      replicas[i] = replica;
      ports[i] = Number(new URL(replica.origin).port);
    }

    beforeAll(async () => {
      partoo = createEmulator();
      [browser, site, port, partooUrl] = await Promise.all([
        startChromium(),
        startClientSite(),
        freePort(),
        partoo.listen(),
      ]);
      await Promise.all([restart(0), restart(1)]);
      balancer = await startRoundRobin(port, ports);
    });
    afterAll(() => Promise.all([browser, site, balancer, partoo, ...replicas].map(each => each?.close())));

    const start = () => openSignIn({ browser, server: { origin: `http://127.0.0.1:${port}` }, site });

    test('goes on while one of them restarts, then the other one', async () => {
      const { page, tokens } = await start();
      await restart(0);
      await enterKey(page);
      await page.getByText('Maison Solène').waitFor();
      await restart(1);
      await allow(page);
      await page.waitForURL(`${site.origin}/callback**`);
      expect(await tokens()).toMatchObject({ scope: ALL_SCOPES });
    });

    test('counts the keys that are tried at both of them', async () => {
      const { page } = await start();
      for (let i = 0; i < BAD_KEYS; i++) {
        await enterKey(page, `a-wrong-key-${i}`);
        await page.getByText('Partoo does not accept this key').waitFor();
      }
      await enterKey(page, 'another-wrong-key');
      await page.getByText('Too many keys that Partoo does not accept').waitFor();
    });
  },
);
