import { platformName } from '../../kit/platforms.ts';
import { isUncertain, type ToolResult } from '../../kit/results.ts';
import type { ViewProps } from '../../kit/view.tsx';
import { problemsOf } from '../new-post/check-post.ts';
import { FindPost } from '../new-post/find-post.tsx';
import { readNewPost } from '../new-post/new-post.ts';
import { acceptedAs, OutcomeMessage, type OutcomeName } from '../new-post/outcome.tsx';
import { Preview, Problems } from '../new-post/preview.tsx';
import { TEXTS } from '../texts/texts.ts';

/** A call of create_post: the post on each platform before the result, and what became of it. */
export function CreatedPost({ host, formats, enabledTools, input, result, isCancelled }: ViewProps) {
  const texts = TEXTS[formats.language];
  const post = readNewPost(input);
  const outcome = outcomeOf(result, isCancelled, acceptedAs(post));
  const canFind = outcome !== 'sending' && outcome !== 'refused' && enabledTools.has('search_posts');
  return (
    <main class="posts">
      <header class="head">
        <h1>{texts.outcome.title}</h1>
        <p class="note">
          {texts.preview.for(post.businessIds.length, formats.list(post.platforms.map(platformName)))}
          {post.type !== '' && ` · ${texts.types[post.type] ?? post.type}`}
        </p>
      </header>
      <OutcomeMessage name={outcome} error={result?.error} {...{ post, formats, texts }} />
      {canFind && <FindPost {...{ post, host, formats, texts }} />}
      {!result?.data && <Problems problems={problemsOf(post, texts.preview)} />}
      <Preview {...{ post, formats, texts }} isSent={result?.data !== undefined} />
    </main>
  );
}

function outcomeOf(result: ToolResult | undefined, isCancelled: boolean, accepted: OutcomeName): OutcomeName {
  if (result?.data) return accepted;
  if (result?.error) return isUncertain(result.error) ? 'unknown' : 'refused';
  return isCancelled ? 'unknown' : 'sending';
}
