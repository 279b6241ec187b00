import { useRef, useState } from 'preact/hooks';
import type { Host } from '../../kit/host.ts';
import type { Language } from '../../kit/locale.ts';
import { ErrorMessage } from '../../kit/messages.tsx';
import { readTool, type ToolError } from '../../kit/results.ts';
import type { Review } from '../model/review.ts';
import type { Texts } from '../texts/texts.ts';
import type { Draft } from './use-reply.ts';

/** Partoo makes at most three suggestions for a review. */
const SUGGESTIONS = 3;

interface Props {
  host: Host;
  review: Review;
  texts: Texts;
  language: Language;
  draft: Draft;
  change(changed: Partial<Draft>): void;
}

/** Fills the draft with Partoo's suggestion. Hidden once the person has written something, which it would replace. */
export function SuggestButton({ host, review, texts, language, draft, change }: Props) {
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<ToolError>();
  const { suggestion, text } = draft;
  const latestText = useRef(text);
  latestText.current = text;
  const isOwn = text.trim() !== '' && text !== suggestion?.text;
  if (isOwn && !isAsking) return null;

  async function suggest() {
    if (isAsking) return;
    setAsking(true);
    setError(undefined);
    const index = suggestion ? (suggestion.index + 1) % SUGGESTIONS : 0;
    const { data, error } = await readTool(host, 'suggest_review_reply', { review_id: review.id, index });
    setAsking(false);
    // The person has begun to write meanwhile.
    if (latestText.current !== text) return;
    if (error) return setError(error);
    const suggested = String(data?.content ?? '');
    change({ text: suggested, suggestion: { id: String(data?.id), index, text: suggested } });
  }

  return (
    <>
      <button
        type="button"
        aria-disabled={isAsking}
        onClick={() => {
          suggest().catch(reportError);
        }}
      >
        {isAsking ? texts.suggesting : suggestion ? texts.anotherSuggestion : texts.suggest}
      </button>
      {error && <ErrorMessage error={error} language={language} />}
    </>
  );
}
