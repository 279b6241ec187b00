import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Texts } from '../texts/texts.ts';

interface ClampedProps {
  text: string;
  texts: Texts;
  /** Characters beyond it are marked as too many. */
  max?: number | undefined;
}

/** A text of some lines, with "more" if it has further ones. */
export function Clamped({ text, texts, max = Number.POSITIVE_INFINITY }: ClampedProps) {
  const [isOpen, setOpen] = useState(false);
  const [isLong, setLong] = useState(false);
  const paragraph = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const { scrollHeight = 0, clientHeight = 0 } = paragraph.current ?? {};
    if (!isOpen) setLong(scrollHeight > clientHeight + 1);
  }, [text, isOpen]);
  const characters = [...text];
  const excess = characters.slice(max).join('');
  return (
    <div>
      <p ref={paragraph} class={isOpen ? 'text' : 'text clamped'}>
        {excess === '' ? text : characters.slice(0, max).join('')}
        {excess !== '' && <mark>{excess}</mark>}
      </p>
      {isLong && (
        <button type="button" class="more" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? texts.less : texts.more}
        </button>
      )}
    </div>
  );
}
