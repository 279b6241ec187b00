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
  /** What a sensible model does. It knows only what the assistant was told. */
  script: Script;
  /** Throws unless the task was done, in whatever way. */
  expects(outcome: Outcome): void | Promise<void>;
}

/** What an actor is judged by. */
export interface Outcome {
  /** What the manager was told at the end. */
  said: string;
  before: World;
  after: World;
  /** The rows of `after` that are new or changed. */
  changed: World;
  /** What Partoo received, except the lookup of the key's organization. */
  requests: ReceivedRequest[];
  /** Reads from Partoo directly. */
  query<Found>(path: string): Promise<Found>;
}
