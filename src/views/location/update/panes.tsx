import type { ComponentChildren } from 'preact';

export interface Labels {
  old: string;
  new: string;
}

interface PanesProps {
  labels: Labels;
  /** False if it is not known. */
  old: ComponentChildren;
  children: ComponentChildren;
}

/** Old and new side by side. */
export function Panes({ labels, old, children }: PanesProps) {
  return (
    <dl class="panes">
      {old !== false && (
        <div class="pane old">
          <dt>{labels.old}</dt>
          <dd>{old}</dd>
        </div>
      )}
      <div class="pane new">
        <dt>{labels.new}</dt>
        <dd>{children}</dd>
      </div>
    </dl>
  );
}
