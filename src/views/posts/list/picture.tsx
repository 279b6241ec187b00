import { PictureIcon } from '../../kit/parts/icons.tsx';

export function Picture({ label }: { label: string }) {
  return (
    <span class="picture" role="img" aria-label={label}>
      <PictureIcon />
      <span aria-hidden="true">{label}</span>
    </span>
  );
}
