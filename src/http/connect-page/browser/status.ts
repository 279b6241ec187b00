import { first } from './dom.ts';
import { TEXTS } from './texts.ts';

const EVERY_MS = 30_000;

/** Keeps the line on the server's health fresh while somebody looks. */
export function status(): void {
  const text = first('[data-status]');
  const state = first('[data-state]');
  if (!text || !state) return;

  async function refresh(): Promise<void> {
    if (document.visibilityState === 'hidden') return;
    const [kind, words] = await stateNow();
    if (kind === undefined || !text || !state) return;
    state.dataset.state = kind;
    if (text.textContent !== words) text.textContent = words;
  }
  const start = () => {
    refresh().catch(reportError);
  };
  setInterval(start, EVERY_MS);
  document.addEventListener('visibilitychange', start);
  start();
}

/** Undefined where the operator lets nobody ask. */
async function stateNow(): Promise<[kind: 'up' | 'caution' | 'down', words: string] | [undefined, '']> {
  const response = await fetch('/readyz', { credentials: 'omit', cache: 'no-store' }).catch(() => undefined);
  if (!response) return ['down', TEXTS.down];
  const body: { status?: string; redis?: string } = await response.json().catch(() => ({}));
  if (body.status === 'draining') return ['caution', TEXTS.draining];
  if (body.redis === 'unreachable') return ['caution', TEXTS.redisLost];
  return body.status === 'ready' ? ['up', TEXTS.running] : [undefined, ''];
}
