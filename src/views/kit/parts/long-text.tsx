import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Language } from '../locale.ts';
import { COMMON } from '../texts.ts';

interface LongTextProps {
  children: ComponentChildren;
  /** How many lines are shown at first. */
  lines: number;
  language: Language;
}

/** A text with its line ends, and the rest of it on demand. */
export function LongText({ children, lines, language }: LongTextProps) {
  const [isWhole, setWhole] = useState(false);
  const [isLong, setLong] = useState(false);
  const paragraph = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const { current } = paragraph;
    if (!current || isWhole) return;
    const measure = () => setLong(current.scrollHeight > current.clientHeight + 1);
    measure();
    // A text within closed details has no height, and one on a turned phone has another.
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [children, isWhole]);
  const texts = COMMON[language];
  return (
    <div class="long-text">
      <p dir="auto" ref={paragraph} class={isWhole ? '' : 'clamped'} style={{ '--lines': lines }}>
        {children}
      </p>
      {isLong && (
        <button type="button" class="plain" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? texts.less : texts.more}
        </button>
      )}
    </div>
  );
}
