import type { ReceivedRequest } from '../../src/partoo-emulator/emulator.ts';
import type { RunningPair } from '../support/start.ts';
import type { Script } from './actor.ts';
import type { World } from './world.ts';

/** A task as a manager gives it, and how to tell that it was done. */
export interface Scenario {
  name: string;
  /** The manager's sentence, which is the yes to what it asks for. */
  says: string;
  /** Whose key; the administrator's without it. */
  key?: string;
  /** Of the URL, such as `?readonly=true`. */
  query?: string;
  /** Settings of the server. */
  env?: Record<string, string>;
  /** Prepares the emulator. */
  given?(pair: RunningPair): void;
  /** What a sensible model does. It knows what the assistant was told and nothing else. */
  script: Script;
  /** Throws unless the task was done, however it was done. */
  expects(outcome: Outcome): void | Promise<void>;
}

/** All by which an actor is judged. */
export interface Outcome {
  /** What the manager was told in the end. */
  said: string;
  before: World;
  after: World;
  /** The rows of `after` that are new, or other than they were. */
  changed: World;
  /** What Partoo received, but for the look-up of a key's organization. */
  requests: ReceivedRequest[];
  /** Asks Partoo itself. */
  ask<Found>(path: string): Promise<Found>;
}
