import type { ReceivedRequest } from '../../src/partoo-emulator/emulator.ts';
import type { RunningPair } from '../support/start.ts';
import type { Script } from './actor.ts';
import type { World } from './world.ts';

/** A manager's task, and how to verify that it was done. */
export interface Scenario {
  name: string;
  /** The manager's words, which also confirm the writes they ask for. */
  says: string;
  /** The API key. Default: the administrator's. */
  key?: string;
  /** The URL's query, such as `?readonly=true`. */
  query?: string;
  /** The server's settings. */
  env?: Record<string, string>;
  /** Prepares the emulator. */
  given?(pair: RunningPair): void;
  /** The calls of a sensible model, which knows only what its assistant gives it. */
  script: Script;
  /** Throws unless the task was done, in whatever way. */
  expects(outcome: Outcome): void | Promise<void>;
}

/** Everything that an actor is judged by. */
export interface Outcome {
  /** The final message to the manager. */
  said: string;
  before: World;
  after: World;
  /** The rows of `after` that are new or changed. */
  changed: World;
  /** The requests that Partoo received, except lookups of keys. */
  requests: ReceivedRequest[];
  /** Reads from Partoo directly. */
  query<Found>(path: string): Promise<Found>;
}
