import type { Call, CallStats } from './call.ts';
import { failure } from './failure.ts';

/**
 * Identical reads that are under way at once become one request. The first caller's deadline is theirs too; the
 * request is given up when the last of them has gone.
 */
export class Flights {
  readonly #flights = new Map<string, Flight>();

  /** Joins the flight of this key to this target, or starts it. */
  async join<Answer>(
    keyHash: string,
    target: string,
    call: Call,
    fly: (call: Call) => Promise<Answer>,
  ): Promise<Answer> {
    const name = `${keyHash} ${target}`;
    const flight = this.#flights.get(name) ?? this.#start(name, call, fly);
    // One target is one endpoint, and so one kind of answer.
    return (await flight.ride(call)) as Answer;
  }

  /** Nobody joins what this key has under way: whoever reads after a write must not see what was before it. */
  part(keyHash: string): void {
    for (const name of this.#flights.keys()) if (name.startsWith(`${keyHash} `)) this.#flights.delete(name);
  }

  #start(name: string, call: Call, fly: (call: Call) => Promise<unknown>): Flight {
    const flight = new Flight(call, fly);
    this.#flights.set(name, flight);
    const land = () => {
      if (this.#flights.get(name) === flight) this.#flights.delete(name);
      // A Map that changes all the time leaves old tables behind, with what was deleted from it: until the garbage
      // collector comes to those, each would keep a whole answer.
      flight.landed = undefined;
    };
    flight.landed?.then(land, land);
    // Nobody joins a request that is being given up.
    flight.abandoned.addEventListener('abort', land);
    return flight;
  }
}

class Flight {
  /** What comes of it; undefined once it is over. */
  landed: Promise<unknown> | undefined;
  readonly #abandoned = new AbortController();
  readonly #riders = new Set<Call>();
  readonly #stats: CallStats;

  constructor(call: Call, fly: (call: Call) => Promise<unknown>) {
    this.#stats = call.stats;
    this.landed = fly({
      ...call,
      signal: this.#abandoned.signal,
      onWait: waitMs => {
        for (const rider of this.#riders) rider.onWait?.(waitMs);
      },
    });
  }

  get abandoned(): AbortSignal {
    return this.#abandoned.signal;
  }

  async ride(call: Call): Promise<unknown> {
    const { signal } = call;
    this.#riders.add(call);
    const gone = Promise.withResolvers<never>();
    const leave = () => gone.reject(failure.cancelled(false));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
    try {
      return await Promise.race([this.landed, gone.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
      this.#riders.delete(call);
      call.stats.remaining = this.#stats.remaining;
      if (this.#riders.size === 0 && this.landed) this.#abandoned.abort(new Error('everybody has gone'));
    }
  }
}
