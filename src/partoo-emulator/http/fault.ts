/** Something that goes wrong with a request, once it has passed authentication and the rate limit. */
export type Fault = {
  method?: string;
  /** A string is the whole path as received, such as `/v2/reviews`. */
  path?: string | RegExp;
  /** Only for requests with this key. */
  key?: string;
  /** Default: 1. */
  times?: number;
  /** Probability for each matching request, 0 to 1. Only actual faults count towards `times`. Default: 1. */
  chance?: number;
  /** `before` or `after` the request is carried out. Default: `before`. */
  when?: 'before' | 'after';
} & (
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: 'latency'; ms: number }
  | { kind: 'cut' }
  | { kind: 'cut_body' }
  | { kind: 'garbage' }
  | { kind: 'huge'; bytes: number }
);

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
}
