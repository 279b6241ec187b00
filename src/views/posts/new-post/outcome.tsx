import type { ComponentChildren } from 'preact';
import type { Formats } from '../../kit/locale.ts';
import { ErrorMessage } from '../../kit/messages.tsx';
import type { ToolError } from '../../kit/results.ts';
import type { Texts } from '../texts/texts.ts';
import { allProblems } from './check-post.ts';
import type { NewPost } from './new-post.ts';

export type OutcomeName = 'sending' | 'published' | 'scheduled' | 'draft' | 'refused' | 'unknown';

const TONES: Record<OutcomeName, string> = {
  sending: '',
  published: 'message-good',
  scheduled: 'message-good',
  draft: 'message-good',
  refused: 'message-error',
  unknown: 'message-caution',
};

/** The outcome of a post that Partoo accepted. */
export function acceptedAs({ isDraft, scheduledAt }: { isDraft: boolean; scheduledAt: string }): OutcomeName {
  if (isDraft) return 'draft';
  return scheduledAt === '' ? 'published' : 'scheduled';
}

interface OutcomeMessageProps {
  name: OutcomeName;
  post: NewPost;
  error?: ToolError | undefined;
  formats: Formats;
  texts: Texts;
  children?: ComponentChildren;
}

/** What became of a new post, in a word and in a sentence. */
export function OutcomeMessage({ name, post, error, formats, texts, children }: OutcomeMessageProps) {
  const { word, means } = texts.outcome[name];
  return (
    <div class={`message outcome ${TONES[name]}`} role="status">
      <p>
        <strong>{word}</strong> {means}
      </p>
      {error && name === 'refused' && (
        <ErrorMessage error={unexplained(error, post, formats, texts)} language={formats.language} />
      )}
      {children}
    </div>
  );
}

/** Leaves out the server's problems, which are for models, where the preview says them all in the person's language. */
function unexplained(error: ToolError, post: NewPost, formats: Formats, texts: Texts): ToolError {
  const explained = allProblems(post, texts.preview, formats).length;
  return explained >= error.problems.length ? { ...error, problems: [] } : error;
}
