import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import type { Post } from '../rows/post.ts';
import { STATES, toneOf } from '../rows/states.ts';
import type { Texts } from '../texts/texts.ts';
import { PostCard } from './post-card.tsx';

interface ListProps {
  posts: Post[];
  host: Host;
  formats: Formats;
  texts: Texts;
}

/** The posts by state, with a word on what each state means. */
export function List({ posts, host, formats, texts }: ListProps) {
  const states = [...new Set([...STATES, ...posts.map(({ state }) => state)])];
  return (
    <>
      {states.map(state => {
        const found = posts.filter(post => post.state === state);
        if (found.length === 0) return null;
        return (
          <section key={state} class="state-section">
            <header>
              <h2>
                <i class={`dot tone-${toneOf(state)}`} />
                {texts.stateOf(state)} <span class="soft">{formats.number(found.length)}</span>
              </h2>
              <p class="note">{texts.meaningOf(state)}</p>
            </header>
            <ul class="cards">
              {found.map(post => (
                <PostCard key={post.id} {...{ post, host, formats, texts }} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}
