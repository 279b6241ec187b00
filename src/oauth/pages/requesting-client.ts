import { isLoopback } from '../../core/loopback.ts';

/** The application that asks to sign in, as far as this server can tell. */
export interface RequestingClient {
  /** As it calls itself, which nobody has verified. */
  name: string;
  /** The host that published its metadata. Absent for a dynamic registration, which anyone can make. */
  publisher?: string;
  /** The receiver of the result: a website by its host, or an application on this computer or device. */
  returnsTo: { website: string } | { app: 'computer' } | { app: 'device'; scheme: string };
  /** Whether only the publisher can receive the result. Any program on a computer can listen on loopback. */
  verified: boolean;
}

export function requestingClient(metadata: {
  clientId: string;
  clientName?: string;
  redirectUri: string;
}): RequestingClient {
  const id = metadata.clientId.startsWith('https://') ? URL.parse(metadata.clientId) : null;
  const returnsTo = receiverOf(metadata.redirectUri);
  const publisher = id?.host;
  const fallback = publisher ?? ('website' in returnsTo ? returnsTo.website : '');
  return {
    name: metadata.clientName || fallback,
    publisher,
    returnsTo,
    verified: publisher !== undefined && 'website' in returnsTo,
  };
}

function receiverOf(redirectUri: string): RequestingClient['returnsTo'] {
  const { protocol, host, hostname } = new URL(redirectUri);
  if (protocol !== 'http:' && protocol !== 'https:') return { app: 'device', scheme: protocol };
  return isLoopback(hostname) ? { app: 'computer' } : { website: host };
}
