import { useState } from 'preact/hooks';
import { inBackground } from '../../kit/background.ts';
import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { ErrorMessage } from '../../kit/messages.tsx';
import { readTool, type ToolError } from '../../kit/results.ts';
import { PostCard } from '../list/post-card.tsx';
import { type Post, readPosts } from '../rows/post.ts';
import type { Texts } from '../texts/texts.ts';
import type { NewPost } from './new-post.ts';

/** Partoo searches for a part of the text. A line end or a whole long text may be kept differently. */
const SEARCHED_CHARACTERS = 60;

interface FindPostProps {
  post: NewPost;
  host: Host;
  formats: Formats;
  texts: Texts;
}

/** Shows the posts with the text of a new one, with their state on each platform. It only reads. */
export function FindPost({ post, host, formats, texts }: FindPostProps) {
  const [found, setFound] = useState<Post[] | 'loading'>();
  const [error, setError] = useState<ToolError>();

  async function find(): Promise<void> {
    if (found === 'loading') return;
    setFound('loading');
    setError(undefined);
    const [line = ''] = post.text.trim().split(/[\r\n]/);
    const summary = [...line].slice(0, SEARCHED_CHARACTERS).join('');
    const args = { business__in: post.businessIds, summary, per_page: 100, detail: 'full' };
    const { data, error } = await readTool(host, 'search_posts', args);
    setError(error);
    setFound(data && readPosts(data).filter(({ text }) => isSame(text, post.text)));
  }

  return (
    <div class="find-post">
      <button type="button" disabled={found === 'loading'} onClick={() => inBackground(find())}>
        {found === 'loading' ? texts.outcome.checking : texts.outcome.check}
      </button>
      {error && <ErrorMessage error={error} language={formats.language} />}
      <div aria-live="polite">
        {Array.isArray(found) && (
          <>
            <p class="note">
              {found.length === 0 ? texts.outcome.notFound : texts.outcome.found(found.length)}
            </p>
            <ul class="cards">
              {found.map(each => (
                <PostCard key={each.id} post={each} {...{ host, formats, texts }} />
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );
}

const isSame = (one: string, other: string) => normalize(one) === normalize(other);
const normalize = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
