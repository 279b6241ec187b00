import { useState } from 'preact/hooks';

/** Copies a text. Absent where the host does not allow it. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const [isCopied, setCopied] = useState(false);
  const [isRefused, setRefused] = useState(!mayCopy());
  if (isRefused) return null;
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setRefused(true),
    );
  };
  return (
    <span class="copy">
      <button type="button" class="plain" onClick={copy}>
        <svg
          width="14"
          height="14"
          viewBox="0 0 16 16"
          fill="none"
          stroke="currentColor"
          stroke-width="1.5"
          aria-hidden="true"
        >
          <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
          <path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5" />
        </svg>
        {isCopied ? done : label}
      </button>
      <span class="visually-hidden" aria-live="polite">
        {isCopied && done}
      </span>
    </span>
  );
}

interface FeaturePolicy {
  allowsFeature(name: string): boolean;
}

/** Browsers without `featurePolicy` find out when the button is pressed. */
function mayCopy(): boolean {
  const { featurePolicy } = document as Document & { featurePolicy?: FeaturePolicy };
  return 'clipboard' in navigator && (featurePolicy?.allowsFeature('clipboard-write') ?? true);
}
