import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errors } from 'oidc-provider';
import { toolsets } from '../../tools/index.ts';
import type { Frame, RequestedAccess } from '../pages/document.ts';
import { textsFor } from '../pages/languages.ts';
import { requestingClient } from '../pages/requesting-client.ts';
import type { SignInServer } from '../server/finish-sign-in.ts';
import { signInPath } from '../server/paths.ts';
import { permissionsOf } from '../tokens/scopes.ts';

type Interaction = Awaited<ReturnType<SignInServer['provider']['interactionDetails']>>;

export type VisitRequest = FastifyRequest<{ Params: { uid: string } }>;

/** One request by the browser that started a sign-in. */
export interface Visit {
  uid: string;
  interaction: Interaction;
  request: VisitRequest;
  reply: FastifyReply;
  frame: Frame;
}

/**
 * Returns undefined where the sign-in has ended, never existed, or was started by another browser: the cookie decides, which
 * only the browser that started it has.
 */
export async function visitOf(
  { provider }: SignInServer,
  host: string,
  request: VisitRequest,
  reply: FastifyReply,
): Promise<Visit | undefined> {
  const { uid } = request.params;
  let interaction: Interaction;
  try {
    interaction = await provider.interactionDetails(request.raw, reply.raw);
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  }
  if (interaction.uid !== uid) return undefined;
  const { client_id, redirect_uri, scope } = interaction.params;
  const clientId = String(client_id);
  // The name is for show. A metadata document that cannot be fetched again is no reason to stop.
  const client = await provider.Client.find(clientId).catch(() => undefined);
  return {
    uid,
    interaction,
    request,
    reply,
    frame: {
      texts: textsFor(request.headers['accept-language']),
      host,
      client: requestingClient({
        clientId,
        clientName: client?.clientName,
        redirectUri: String(redirect_uri),
      }),
      access: requestedAccess(String(scope).split(' ')),
      action: signInPath(uid),
      token: formToken(interaction),
    },
  };
}

/** Proves that a form comes from a page of this sign-in: its correlation id is shown to nobody. */
const formToken = ({ cid }: Interaction) => createHmac('sha256', cid).update('form').digest('base64url');

function requestedAccess(scopes: readonly string[]): RequestedAccess {
  const requested = permissionsOf(scopes);
  const changes = (name: keyof typeof toolsets) => toolsets[name].some(({ effect }) => effect !== 'reads');
  return {
    toolsets: requested.toolsets,
    changeable: requested.readonly ? [] : requested.toolsets.filter(changes),
  };
}
