import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { inBackground } from '../../kit/background.ts';
import type { Host } from '../../kit/host.ts';
import type { Formats } from '../../kit/locale.ts';
import { platformName } from '../../kit/platforms.ts';
import { COMMON } from '../../kit/texts.ts';
import { problemsOf, problemsOn } from '../new-post/check-post.ts';
import { FindPost } from '../new-post/find-post.tsx';
import type { NewPost } from '../new-post/new-post.ts';
import { acceptedAs, OutcomeMessage } from '../new-post/outcome.tsx';
import { Preview, Problems } from '../new-post/preview.tsx';
import type { Texts } from '../texts/texts.ts';
import { isBusinessId, type Shop, toNewPost } from './draft.ts';
import { Fields } from './fields.tsx';
import type { useNewPost } from './use-new-post.ts';

interface ComposerProps {
  newPost: ReturnType<typeof useNewPost>;
  shops: Shop[];
  close(): void;
  host: Host;
  formats: Formats;
  timeZone: string | undefined;
  texts: Texts;
}

/** A new post in two steps: written beside its preview, then checked and sent. */
export function Composer({ newPost, shops, close, host, formats, timeZone, texts }: ComposerProps) {
  const { draft, state, sent } = newPost;
  const [step, setStep] = useState<'write' | 'check'>(state.step === 'idle' ? 'write' : 'check');
  const heading = useRef<HTMLHeadingElement>(null);
  // Each step begins at its heading.
  useLayoutEffect(() => heading.current?.focus(), [step]);
  const { composer } = texts;
  const isOver = state.step === 'done' || state.step === 'unknown';
  const post = isOver && sent ? sent : toNewPost(draft, shops, timeZone);
  const shop = shops.find(({ id }) => id === post.businessIds[0])?.name;
  const preview = <Preview {...{ post, formats, texts, shop }} isSent={isOver} />;

  function onKeyDown({ key }: KeyboardEvent): void {
    if (key !== 'Escape') return;
    if (step === 'check' && !isOver) setStep('write');
    else close();
  }

  return (
    <main class="posts" onKeyDown={onKeyDown}>
      <header class="head">
        <h1 ref={heading} tabIndex={-1}>
          {step === 'write' ? composer.title : composer.check}
        </h1>
        <button type="button" class="plain push" onClick={close}>
          {composer.back}
        </button>
      </header>
      {step === 'write' ? (
        <div class="composer">
          <Fields {...{ draft, change: newPost.change, shops, formats, timeZone, texts }} />
          <section aria-label={composer.preview} class="live">
            {preview}
            <button type="button" class="primary" onClick={() => setStep('check')}>
              {composer.goOn}
            </button>
          </section>
        </div>
      ) : (
        <>
          <Sending {...{ newPost, post, shops, host, formats, texts }} toWriting={() => setStep('write')} />
          {preview}
        </>
      )}
    </main>
  );
}

interface SendingProps {
  newPost: ReturnType<typeof useNewPost>;
  post: NewPost;
  shops: Shop[];
  host: Host;
  formats: Formats;
  texts: Texts;
  toWriting(): void;
}

/** The shops of the post, the buttons that send it, and its outcome. */
function Sending({ newPost, post, shops, host, formats, texts, toWriting }: SendingProps) {
  const { state, send, findOut, close } = newPost;
  const { composer } = texts;
  const nameOf = (id: string) => shops.find(shop => shop.id === id)?.name ?? id;
  const platforms = formats.list(post.platforms.map(platformName));
  const isSending = state.step === 'sending';
  const wrongIds = post.businessIds.filter(id => !isBusinessId(id));
  const problems = [
    ...wrongIds.map(composer.noBusinessId),
    ...problemsOf(post, texts.preview),
    ...post.platforms.flatMap(platform =>
      problemsOn(platform, post, texts.preview, formats).map(
        problem => `${platformName(platform)}: ${problem}`,
      ),
    ),
  ];
  const isBlocked = problems.length > 0 || isSending;
  return (
    <section class="sending">
      <p>
        <strong>{texts.preview.for(post.businessIds.length, platforms)}</strong>
      </p>
      <p class="note shop-names">{formats.list(post.businessIds.map(nameOf))}</p>
      {state.step === 'done' && (
        <>
          <OutcomeMessage name={acceptedAs(post)} {...{ post, formats, texts }} />
          <FindPost {...{ post, host, formats, texts }} />
        </>
      )}
      {state.step === 'unknown' && (
        <OutcomeMessage name="unknown" {...{ post, formats, texts }}>
          <div class="buttons">
            <button type="button" class="primary" onClick={() => inBackground(findOut())}>
              {COMMON[formats.language].find}
            </button>
            <button type="button" onClick={close}>
              {composer.leave}
            </button>
          </div>
        </OutcomeMessage>
      )}
      {state.step === 'refused' && (
        <OutcomeMessage name="refused" error={state.error} {...{ post, formats, texts }}>
          <p>{composer.kept}</p>
        </OutcomeMessage>
      )}
      {isSending && <OutcomeMessage name="sending" {...{ post, formats, texts }} />}
      {(state.step === 'idle' || state.step === 'refused' || isSending) && (
        <>
          <Problems problems={problems} id="problems" />
          <div class="buttons" aria-describedby={problems.length > 0 ? 'problems' : undefined}>
            <button
              type="button"
              class="primary"
              disabled={isBlocked}
              onClick={() => inBackground(send(post))}
            >
              {post.scheduledAt === '' ? composer.publish : composer.schedule}
            </button>
            <button
              type="button"
              disabled={isBlocked}
              onClick={() => inBackground(send({ ...post, isDraft: true }))}
            >
              {composer.saveDraft}
            </button>
            <button type="button" class="plain" disabled={isSending} onClick={toWriting}>
              {composer.write}
            </button>
          </div>
          <p class="note">{composer.draftNote}</p>
        </>
      )}
    </section>
  );
}
