import type { ComponentChildren } from 'preact';
import type { Host } from '../host.ts';

/** A link that the host opens. Text that is no web address stays text. */
export function Link({ host, url, children }: { host: Host; url: string; children?: ComponentChildren }) {
  const address = webAddress(url);
  if (address === undefined) return <>{children ?? url}</>;
  return (
    <a
      href={address}
      onClick={event => {
        event.preventDefault();
        host.openLink(address);
      }}
    >
      {children ?? url}
    </a>
  );
}

/** Returns the address if it is one of the web, by http or https. */
export function webAddress(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url.trim());
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
