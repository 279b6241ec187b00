import { all, first, reveal } from './dom.ts';
import { TEXTS } from './texts.ts';

const SHOWN_MS = 1_800;

/** Makes the copy buttons work: each copies the code or the text beside it. */
export function copyButtons(): void {
  for (const button of all('[data-copy]')) {
    reveal(button);
    const label = first('span', button);
    const before = label?.textContent ?? '';
    let timer = 0;
    const run = async () => {
      const copied = await copy(textBeside(button));
      announce(copied ? TEXTS.copied : TEXTS.notCopied);
      if (!label) return;
      label.textContent = copied ? TEXTS.copied : before;
      button.toggleAttribute('data-done', copied);
      clearTimeout(timer);
      timer = setTimeout(() => {
        label.textContent = before;
        button.removeAttribute('data-done');
      }, SHOWN_MS);
    };
    button.addEventListener('click', () => {
      run().catch(reportError);
    });
  }
}

const textBeside = (button: HTMLElement) =>
  first('code, [data-text]', button.closest('figure, li') ?? document)?.textContent ?? '';

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages without https have no clipboard but this one.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'visually-hidden';
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}

/** Tells screen readers. */
export function announce(text: string): void {
  const region = first('[data-announce]');
  if (!region) return;
  // An equal text would not be read again.
  region.textContent = '';
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
