/** Stands for a picture: views load nothing from the network. */
export function Picture({ label }: { label: string }) {
  return (
    <span class="picture" role="img" aria-label={label}>
      <svg
        width="20"
        height="20"
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
        aria-hidden="true"
      >
        <rect x="2.5" y="3.5" width="15" height="13" rx="2" />
        <circle cx="7" cy="8" r="1.5" />
        <path d="M3 14l4-3.5 3 2.5 3.5-4 4 4.5" />
      </svg>
      <span aria-hidden="true">{label}</span>
    </span>
  );
}
