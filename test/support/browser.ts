/** A page, or the place to which the last redirect led. */
export interface Visited {
  url: string;
  status: number;
  body: string;
  headers: Headers;
}

const MAX_REDIRECTS = 20;

/** A browser without JavaScript: it follows redirects, and keeps cookies for each host with their path. */
export class Browser {
  readonly #cookies = new Map<string, { host: string; path: string; pair: string }>();
  readonly #stopAt: (url: URL) => boolean;
  /** Every URL that it has asked for, redirects included. */
  readonly history: string[] = [];

  /** `stopAt` selects URLs that are not fetched, such as the redirect URI of a client: the visit ends there with status 0. */
  constructor(stopAt: (url: URL) => boolean = () => false) {
    this.#stopAt = stopAt;
  }

  async open(url: string, init: RequestInit = {}): Promise<Visited> {
    let [location, request] = [new URL(url), init];
    for (let redirects = 0; redirects < MAX_REDIRECTS; redirects += 1) {
      if (this.#stopAt(location)) return { url: location.href, status: 0, body: '', headers: new Headers() };
      this.history.push(location.href);
      const headers = { ...request.headers, cookie: this.#cookiesFor(location) };
      const response = await fetch(location, { ...request, headers, redirect: 'manual' });
      this.#keepCookies(location, response.headers);
      const next = response.headers.get('location');
      if (next === null || response.status < 300 || response.status > 399) {
        return {
          url: location.href,
          status: response.status,
          body: await response.text(),
          headers: response.headers,
        };
      }
      await response.body?.cancel();
      location = new URL(next, location);
      request = init.headers ? { headers: init.headers } : {};
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects, the last to ${location}`);
  }

  #cookiesFor({ hostname, pathname }: URL): string {
    const sent = [...this.#cookies.values()].filter(
      ({ host, path }) => host === hostname && `${pathname}/`.startsWith(path === '/' ? '/' : `${path}/`),
    );
    return sent.map(({ pair }) => pair).join('; ');
  }

  #keepCookies({ hostname: host, pathname }: URL, headers: Headers): void {
    for (const cookie of headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';').map(part => part.trim());
      const attribute = (name: string) =>
        attributes.find(each => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
      const path = attribute('path') ?? (pathname.replace(/\/[^/]*$/, '') || '/');
      const key = `${host} ${path} ${pair.split('=')[0]}`;
      const expired = attribute('max-age') === '0' || Date.parse(attribute('expires') ?? '') < Date.now();
      if (expired) this.#cookies.delete(key);
      else this.#cookies.set(key, { host, path, pair });
    }
  }
}
