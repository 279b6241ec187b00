import { useRef, useState } from 'preact/hooks';
import type { Host } from '../../kit/host.ts';
import { recall, remember } from '../../kit/storage.ts';
import { useWrite } from '../../kit/write.ts';
import type { Review } from '../model/review.ts';

export interface Suggestion {
  id: string;
  /** Of the three that Partoo makes. */
  index: number;
  text: string;
}

/** A reply that is being written. It stays until the review has a reply. */
export interface Draft {
  step: 'closed' | 'write' | 'preview';
  text: string;
  /** The suggestion that the text began as. */
  suggestion?: Suggestion;
}

const NONE: Draft = { step: 'closed', text: '' };

/** The reply to a review, from the first letter to what became of it. Survives when the host loads the view again. */
export function useReply(host: Host, { id, shop }: Review) {
  const name = `${shop.id}/${id}`;
  const [draft, setDraft] = useState<Draft>(() => recall(`draft:${name}`) ?? NONE);
  // What arrives later, such as a suggestion, changes the draft as it is then.
  const latest = useRef(draft);
  const write = useWrite(host, 'reply_to_review', `reply:${name}`);

  function change(changed: Partial<Draft>): void {
    const next = { ...latest.current, ...changed };
    // A new text after the suggestion was deleted is the person's own.
    if (next.text.trim() === '') next.suggestion = undefined;
    remember(`draft:${name}`, next);
    latest.current = next;
    setDraft(next);
  }

  async function publish(): Promise<void> {
    const { step } = await write.send(write.written ?? argumentsOf(id, draft));
    if (step === 'done') await host.tellModel(`The user published a reply to review ${id} in the view.`);
  }

  const send = (): void => {
    publish().catch(reportError);
  };

  // Another tab may have written another text.
  const text = String(write.written?.content ?? draft.text.trim());
  return { draft, text, change, state: write.state, send };
}

function argumentsOf(id: string, { text, suggestion }: Draft) {
  const content = text.trim();
  return {
    review_id: id,
    content,
    ...(suggestion && {
      reply_suggestion_id: suggestion.id,
      reply_suggestion_modified: content !== suggestion.text.trim(),
    }),
  };
}

export type ReplyDraft = ReturnType<typeof useReply>;
