import type { ViewProps } from '../../kit/view.tsx';
import type { Labels } from './panes.tsx';

/** What the parts of an update show of one field. */
export interface ChangeProps extends Pick<ViewProps, 'host' | 'formats'> {
  field: string;
  value: unknown;
  old: unknown;
  isOldKnown: boolean;
  labels: Labels;
  /** The business as far as it is known. */
  business: Record<string, unknown>;
}
