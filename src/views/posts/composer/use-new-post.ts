import { useState } from 'preact/hooks';
import { inBackground } from '../../kit/background.ts';
import type { Host } from '../../kit/host.ts';
import { forget, recall, remember } from '../../kit/storage.ts';
import { isValues } from '../../kit/values.ts';
import { useWrite } from '../../kit/write.ts';
import { type NewPost, readNewPost, toArguments } from '../new-post/new-post.ts';
import { acceptedAs } from '../new-post/outcome.tsx';
import { type Draft, EMPTY } from './draft.ts';

type Values = Record<string, unknown>;

const DRAFT = 'posts/draft';

/** The post that the person writes, and what became of it. Both survive when the host loads the view again. */
export function useNewPost(host: Host) {
  const write = useWrite(host, 'create_post', 'posts/new', { isRepeatable: true });
  const [draft, setDraft] = useState<Draft | undefined>(() => recall<Draft>(DRAFT));

  function change(changed: Partial<Draft>): void {
    const next = { ...EMPTY, ...draft, ...changed };
    remember(DRAFT, next);
    setDraft(next);
  }

  async function sendArguments(args: Values): Promise<void> {
    const { step, ...outcome } = await write.send(args);
    if (step !== 'done' || !('data' in outcome)) return;
    forget(DRAFT);
    setDraft(undefined);
    inBackground(host.tellModel(sentence(readNewPost(args), outcome.data)));
  }

  return {
    state: write.state,
    draft: { ...EMPTY, ...draft },
    isStarted: draft !== undefined || write.state.step !== 'idle',
    /** The post that was sent, here or in another tab. */
    sent: write.written && readNewPost(write.written),
    change,
    send: (post: NewPost) => sendArguments(toArguments(post)),
    /** Asks again with the same idempotency key, so that nothing is published twice. */
    findOut: () => write.written && sendArguments(write.written),
    /** Forgets the outcome. A draft stays. */
    close: write.reset,
  };
}

/** For the model, in one sentence. */
function sentence(post: NewPost, { posts, ids }: Values): string {
  const done = { published: 'published', scheduled: 'scheduled', draft: 'saved a draft of' }[
    acceptedAs(post) as 'published'
  ];
  const created = Array.isArray(posts) ? posts.filter(isValues).map(({ post_id: id }) => id) : [ids].flat();
  const shops = post.businessIds.length === 1 ? '1 business' : `${post.businessIds.length} businesses`;
  const named = created.filter(id => /^\w{1,40}$/.test(String(id))).slice(0, 20);
  return `The user ${done} a post in the view, for ${shops} on ${post.platforms.join(', ')} (post ids: ${named.join(', ')}).`;
}
