import { useState } from 'preact/hooks';
import type { Formats } from '../../kit/locale.ts';
import { TEXTS } from '../texts.ts';

const MAX_CHARACTERS = 320;

/** A text with its line ends, and its end on demand. */
export function LongText({ text, formats }: { text: string; formats: Formats }) {
  const [isWhole, setWhole] = useState(false);
  const texts = TEXTS[formats.language];
  const start = startOf(text);
  return (
    <div class="long-text">
      <p dir="auto">{isWhole ? text : start}</p>
      {start !== text && (
        <button type="button" class="plain" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? texts.less : texts.more}
        </button>
      )}
    </div>
  );
}

/** Cuts between words, and never within a character. */
function startOf(text: string): string {
  if (text.length <= MAX_CHARACTERS * 1.25) return text;
  const cut = [...text].slice(0, MAX_CHARACTERS).join('');
  return `${cut.replace(/\s+\S{0,30}$/, '')}…`;
}
