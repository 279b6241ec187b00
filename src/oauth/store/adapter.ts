import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import type { SealedRecords } from './sealed-records.ts';
import { type SignInStore, UNUSED_CLIENT_MS, UNUSED_GRANT_MS, USED_CLIENT_MS } from './sign-in-store.ts';
import { TooManyRefreshes } from './unavailable.ts';

/** Two refreshes at once must not end a connection, and neither must one whose response was lost. */
const REPLAY_WINDOW_MS = 30_000;
/** Each makes another token that lives for weeks. */
const MAX_REPLAYS = 5;

/** Returns the storage of oidc-provider, by the name of its model. */
export const createAdapter =
  (store: SignInStore): AdapterFactory =>
  model => {
    switch (model) {
      case 'Client':
        return {
          ...storageOf(model, store.clients),
          upsert: (id, metadata) => store.clients.set(model, id, metadata, UNUSED_CLIENT_MS),
          find: id => clientOf(store, id),
        };
      case 'Grant':
        return {
          ...storageOf(model, store.grants),
          upsert: (id, grant) => store.grants.set(model, id, grant, UNUSED_GRANT_MS),
          find: id => store.grantOf(id),
          destroy: id => store.endGrant(id),
        };
      case 'RefreshToken':
        return { ...storageOf(model, store.grants), ...consumableStorage(model, store.grants, store) };
      case 'AuthorizationCode':
        return { ...storageOf(model, store.requests), ...consumableStorage(model, store.requests, store) };
      case 'ReplayDetection':
        return { ...storageOf(model, store.assertions), upsert: onlyOnce(model, store.assertions) };
      case 'Interaction':
        return storageOf(model, store.requests);
      default:
        // Access tokens are sealed and not looked up. Browser sessions are not remembered. The rest is not offered.
        return NOTHING;
    }
  };

const NOTHING: Adapter = {
  upsert: async () => {},
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: async () => {},
  destroy: async () => {},
  // A code or refresh token is worth nothing without its grant, which is destroyed beside it.
  revokeByGrantId: async () => {},
};

const storageOf = (model: string, records: SealedRecords): Adapter => ({
  ...NOTHING,
  upsert: (id, payload, seconds = 0) => records.set(model, id, payload, seconds * 1_000),
  find: id => records.get<AdapterPayload>(model, id),
  destroy: id => records.delete(model, id),
});

const clientOf = async ({ usedClients, clients }: SignInStore, id: string) =>
  (await usedClients.get<AdapterPayload>('Client', id)) ?? clients.get<AdapterPayload>('Client', id);

/** Called whenever a client gets tokens. */
export async function keepClient(store: SignInStore, clientId: string): Promise<void> {
  const metadata = await clientOf(store, clientId);
  // A client with a metadata document has no record.
  if (metadata) await store.usedClients.set('Client', clientId, metadata, USED_CLIENT_MS);
}

/** Codes and refresh tokens that are used once. The use is a record of its own, so that of two at once only one is first. */
function consumableStorage(
  model: 'AuthorizationCode' | 'RefreshToken',
  records: SealedRecords,
  store: SignInStore,
): Pick<Adapter, 'find' | 'consume'> {
  const use = `${model} use`;
  const windowMs = model === 'RefreshToken' ? REPLAY_WINDOW_MS : 0;
  return {
    async find(id) {
      const payload = await records.get<AdapterPayload>(model, id);
      const used = payload && (await records.get<{ at: number }>(use, id));
      return used && Date.now() >= used.at + windowMs ? { ...payload, consumed: used.at } : payload;
    },
    async consume(id) {
      const payload = await records.get<AdapterPayload>(model, id);
      if (!payload) throw new errors.InvalidGrant('it expired meanwhile');
      const now = Date.now();
      const leftMs = Math.max(1, (payload.exp ?? 0) * 1_000 - now);
      if (await records.add(use, id, { at: now }, leftMs)) return;
      if (windowMs > 0) {
        for (let replay = 1; replay <= MAX_REPLAYS; replay++)
          if (await records.add(`${model} replay`, `${id} ${replay}`, {}, windowMs)) return;
        throw new TooManyRefreshes();
      }
      if (payload.grantId !== undefined) await store.endGrant(payload.grantId);
      throw new errors.InvalidGrant('used twice at once');
    },
  };
}

/** Refuses an assertion that was presented twice at once; oidc-provider looks for earlier ones itself. */
const onlyOnce =
  (model: string, records: SealedRecords): Adapter['upsert'] =>
  async (id, payload, seconds = 0) => {
    if (!(await records.add(model, id, payload, seconds * 1_000)))
      throw new errors.InvalidClientAuth('used twice');
  };
