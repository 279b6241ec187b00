import type { ComponentChildren } from 'preact';
import type { Language } from './locale.ts';
import type { ToolError } from './results.ts';
import { COMMON } from './texts.ts';

/** What went wrong and, for a limit, how long to wait. */
export function ErrorMessage({
  error,
  language,
  children,
}: {
  error: ToolError;
  language: Language;
  children?: ComponentChildren;
}) {
  const texts = COMMON[language];
  const { code, message, problems, retryAfterSeconds } = error;
  return (
    <div class="message message-error" role="alert">
      <p>{texts.errors[code] ?? message}</p>
      {problems.length > 0 && (
        <ul>
          {problems.map(problem => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {retryAfterSeconds !== undefined && <p>{texts.waitSeconds(retryAfterSeconds)}</p>}
      {children}
    </div>
  );
}

/** Grey lines while a call runs. */
export function Skeleton({ label, rows = 4 }: { label: string; rows?: number }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  );
}
