import type { HeaderCredentials } from '../../deployment/credentials.ts';
import type { ExampleCall } from './example-call.ts';

/** Returns a client's configuration for the MCP endpoint at `url`. `header`: what the client sends, if it has to. */
export type Snippet = (url: string, header: HeaderCredentials | undefined, call: ExampleCall) => string;

/** A snippet that calls no tool. */
export type Configuration = (url: string, header?: HeaderCredentials) => string;

/** `x-APIKey: YOUR_PARTOO_KEY` */
export const headerLine = ({ name, prefix, value }: HeaderCredentials): string =>
  `${name}: ${prefix}${value}`;

/** The member `headers` of a JSON configuration. `value` replaces the secret. */
export const headersWith = (header: HeaderCredentials | undefined, value = header?.value) =>
  header && { headers: { [header.name]: `${header.prefix}${value}` } };

/** A URL as a word of a shell: `?`, `&` and brackets mean something there. */
export const shellWord = (url: string): string => (/^[\w:/.-]*$/.test(url) ? url : `"${url}"`);

export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
