/** The states of search_posts; what needs somebody comes first. */
export const STATES = [
  'error',
  'to_configure',
  'to_validate',
  'pending',
  'scheduled',
  'live',
  'expired',
] as const;

/** The state of a post whose platforms differ: the first of them in the order of STATES. */
export function mainState(states: string[]): string {
  return STATES.find(state => states.includes(state)) ?? states[0] ?? '';
}

const TONES: Record<string, string> = {
  error: 'danger',
  to_configure: 'caution',
  to_validate: 'caution',
  pending: 'accent',
  scheduled: 'accent',
  live: 'good',
};

/** The colour of a state; a word always stands beside it. */
export const toneOf = (state: string): string => TONES[state] ?? 'soft';
