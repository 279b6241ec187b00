import { useState } from 'preact/hooks';
import type { Texts } from '../texts/texts.ts';

/** Long enough to push other reviews away. */
const LONG = 420;

export function LongText({ text, texts }: { text: string; texts: Texts }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > LONG || text.split('\n').length > 6;
  return (
    <>
      <p dir="auto" class={`words ${isLong && !isWhole ? 'clamped' : ''}`}>
        {text}
      </p>
      {isLong && (
        <button type="button" class="plain link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? texts.less : texts.more}
        </button>
      )}
    </>
  );
}
