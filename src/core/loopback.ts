/** Whether a host, as a setting or a URL has it, is reachable from this machine only. */
export const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(host);

/** Whether a request to a URL crosses a network unencrypted. Names other than `localhost` may resolve anywhere. */
export function travelsInClear(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !isLoopback(hostname);
}
