import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ErrorMessage } from '../../kit/messages.tsx';
import { platformName } from '../../kit/platforms.ts';
import type { ToolError } from '../../kit/results.ts';
import { COMMON } from '../../kit/texts.ts';
import { findReviews } from '../model/read-reviews.ts';
import type { CardProps } from './card-props.ts';
import { PublishedReply } from './published-reply.tsx';
import { SuggestButton } from './suggest-button.tsx';
import type { ReplyDraft } from './use-reply.ts';

type Props = CardProps & { reply: ReplyDraft; author: string };

/** Write, preview, send; then what became of it. */
export function ReplyBox(props: Props) {
  const { reply, texts, author } = props;
  const { draft, change, state } = reply;
  const isWaiting = state.step === 'sending' || state.step === 'unknown';
  const step = isWaiting ? 'preview' : draft.step;
  const box = useRef<HTMLDivElement>(null);
  const isFirst = useRef(true);
  // Each step takes the place of the one before, with the button that had the focus. Before the browser paints: keys that follow at once are for the new step.
  useLayoutEffect(() => {
    if (!isFirst.current) box.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    isFirst.current = false;
  }, [step, state.step === 'unknown']);

  return (
    <div class={`reply-box ${step === 'closed' ? '' : 'open'}`} ref={box}>
      {step === 'closed' && (
        <button type="button" data-first onClick={() => change({ step: 'write' })}>
          {draft.text.trim() ? texts.continueDraft : texts.reply}
          <span class="visually-hidden">, {texts.by(author)}</span>
        </button>
      )}
      {step === 'write' && <Write {...props} />}
      {step === 'preview' && <Preview {...props} />}
    </div>
  );
}

function Write({ reply, texts, formats, review, host, enabledTools }: Props) {
  const { draft, change, state } = reply;
  const field = useId();
  const length = [...draft.text.trim()].length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes; the button does the same.
    <div
      class="write"
      onKeyDown={event => {
        if (event.key === 'Escape') change({ step: 'closed' });
      }}
    >
      <label for={field}>{texts.draftLabel(platformName(review.platform))}</label>
      <textarea
        id={field}
        data-first
        rows={4}
        dir="auto"
        value={draft.text}
        aria-describedby={`${field}-count`}
        onInput={event => change({ text: event.currentTarget.value })}
      />
      <p class="under-field">
        {draft.suggestion && (
          <span class="pill">
            {draft.text === draft.suggestion.text ? texts.suggestion : texts.suggestionEdited}
          </span>
        )}
        <span id={`${field}-count`} class="note">
          {texts.characters(formats.number(length), length === 1)}
        </span>
      </p>
      {state.step === 'refused' && <ErrorMessage error={state.error} language={formats.language} />}
      <div class="actions">
        <button
          type="button"
          class="primary"
          disabled={length === 0}
          onClick={() => change({ step: 'preview' })}
        >
          {texts.preview}
        </button>
        {enabledTools.has('suggest_review_reply') && (
          <SuggestButton {...{ host, review, texts, draft, change }} language={formats.language} />
        )}
        <button type="button" class="plain" onClick={() => change({ step: 'closed' })}>
          {texts.close}
        </button>
      </div>
    </div>
  );
}

function Preview(props: Props) {
  const { reply, texts, formats, review } = props;
  const { change, state, send } = reply;
  const { language } = formats;
  const isSending = state.step === 'sending';
  const isUnknown = state.step === 'unknown';
  const pill = isUnknown
    ? { text: texts.notConfirmed, kind: 'pill-caution' }
    : state.step === 'refused'
      ? { text: texts.refused, kind: 'pill-danger' }
      : { text: texts.previewPill, kind: '' };
  return (
    <>
      <PublishedReply
        text={reply.text}
        shop={review.shop.name ?? review.shop.code}
        pill={pill}
        texts={texts}
        formats={formats}
      />
      {state.step === 'refused' && <ErrorMessage error={state.error} language={language} />}
      {isUnknown ? (
        <Unknown {...props} error={state.error} />
      ) : (
        <>
          <p class="note">{texts.previewNote(platformName(review.platform))}</p>
          <div class="actions">
            {/* Not `disabled` while it is sent: the focus would be lost. */}
            <button type="button" class="primary" data-first aria-disabled={isSending} onClick={send}>
              {isSending ? COMMON[language].sending : texts.send}
            </button>
            {!isSending && (
              <button type="button" onClick={() => change({ step: 'write' })}>
                {texts.edit}
              </button>
            )}
          </div>
        </>
      )}
    </>
  );
}

/**
 * It may have been sent. Looking never sends; sending again is a step of its own, with the same idempotency key, which the server
 * refuses while the first attempt may still arrive.
 */
function Unknown(props: Props & { error?: ToolError }) {
  const { error, reply, texts, formats, host, review, enabledTools, onFound } = props;
  const [look, setLook] = useState<{ isLooking?: boolean; at?: Date; error?: ToolError }>({});
  const common = COMMON[formats.language];
  const canSend = look.at !== undefined && enabledTools.has('reply_to_review');

  async function findOut() {
    if (look.isLooking) return;
    setLook({ ...look, isLooking: true });
    const { reviews, error } = await findReviews(host, [review]);
    const [found] = reviews;
    if (found?.reply) return onFound(found);
    setLook(error ? { error } : { at: new Date() });
  }

  return (
    <>
      <div class="message message-caution" role="status">
        <p>{common.unknownOutcome}</p>
        {error?.problems.map(problem => (
          <p key={problem}>{problem}</p>
        ))}
        {error?.retryAfterSeconds !== undefined && <p>{common.waitSeconds(error.retryAfterSeconds)}</p>}
        <p>{look.at ? texts.lookedAt(formats.time(look.at)) : texts.notLooked}</p>
      </div>
      {look.error && <ErrorMessage error={look.error} language={formats.language} />}
      {canSend && <p class="note">{texts.sendAgainNote}</p>}
      <div class="actions">
        <button
          type="button"
          data-first
          aria-disabled={look.isLooking}
          onClick={() => {
            findOut().catch(reportError);
          }}
        >
          {look.isLooking ? common.loading : common.find}
        </button>
        {canSend && (
          <button type="button" onClick={reply.send}>
            {texts.sendAgain}
          </button>
        )}
      </div>
    </>
  );
}
