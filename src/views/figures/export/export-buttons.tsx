import { useState } from 'preact/hooks';
import { inBackground } from '../../kit/background.ts';
import type { Host } from '../../kit/host.ts';
import type { FigureTexts } from '../words/texts.ts';

interface Props {
  host: Host;
  /** Without the ending. */
  fileName: string;
  csv: () => string;
  /** Returns a PNG in base64; absent where there is no chart. */
  picture: (() => Promise<string>) | undefined;
  texts: FigureTexts;
}

/** Hands the figures to the host as files; one that takes none leaves the clipboard. */
export function ExportButtons({ host, fileName, csv, picture, texts }: Props) {
  const [outcome, setOutcome] = useState('');
  const canDownload = host.capabilities.downloadFile !== undefined;

  async function save(name: string, type: string, read: () => Promise<{ text: string } | { blob: string }>) {
    try {
      await host.downloadFile(name, type, await read());
      setOutcome(texts.saved(name));
    } catch {
      setOutcome(texts.notSaved);
    }
  }

  async function copy(): Promise<void> {
    setOutcome((await copyText(csv())) ? texts.copied : texts.notCopied);
  }

  return (
    <div class="export">
      {canDownload && picture && (
        <button
          type="button"
          onClick={() =>
            inBackground(save(`${fileName}.png`, 'image/png', async () => ({ blob: await picture() })))
          }
        >
          {texts.exportPicture}
        </button>
      )}
      {canDownload ? (
        <button
          type="button"
          onClick={() => inBackground(save(`${fileName}.csv`, 'text/csv', async () => ({ text: csv() })))}
        >
          {texts.exportCsv}
        </button>
      ) : (
        <button type="button" onClick={() => inBackground(copy())}>
          {texts.copyCsv}
        </button>
      )}
      <span class="note" role="status">
        {outcome}
      </span>
    </div>
  );
}

/** A page in a frame often has no right to the clipboard; the older command needs none. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
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
