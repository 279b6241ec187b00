import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import proxyAddr from '@fastify/proxy-addr';

const MAX_LENGTH = 200;

/**
 * Returns a function that reads the name of a person from the header of a login proxy. Only requests that come straight from
 * one of `proxies` (addresses, ranges or names such as `loopback`) have one: anyone else could make up a name.
 */
export function readUserHeader(header: string, proxies: string[]) {
  const isProxy = proxyAddr.compile(proxies);
  return ({
    headersDistinct,
    socket: { remoteAddress },
  }: Pick<IncomingMessage, 'headersDistinct' | 'socket'>): string | undefined => {
    const values = headersDistinct[header];
    if (values?.length !== 1 || remoteAddress === undefined || !isProxy(remoteAddress, 0)) return undefined;
    return nameIn(values[0] as string);
  };
}

/** The name, in one spelling; undefined for one that could not stand on a line of a log. */
function nameIn(value: string): string | undefined {
  // Node reads headers as Latin-1; proxies send UTF-8.
  const bytes = Buffer.from(value, 'latin1');
  const name = (isUtf8(bytes) ? bytes.toString('utf8') : value).normalize('NFC').trim();
  return name.length <= MAX_LENGTH && /^[^\p{C}\p{Zl}\p{Zp}]+$/u.test(name) ? name : undefined;
}
