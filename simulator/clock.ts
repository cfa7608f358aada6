/** How a simulation's clock starts. */
export interface SimulatorClockOptions {
  /** The instant shown at first; without it, the machine's present. */
  at?: Date;
  /** Simulated milliseconds to a real one: 1 runs like the machine, 0 stands still. */
  speed?: number;
}

interface Sleeper {
  until: number;
  wake: () => void;
}

/** A timer of Node waits no longer than this; longer waits are taken in parts. */
const longestTimer = 2_000_000_000;

/** The machine’s time, in milliseconds since 1970. */
export const machineTime = (): number => Date.now();

/**
 * A clock that can be set, advanced, sped up and stopped. It has the shape `{ now(), sleep() }` that a collector
 * takes for its own clock; whoever sleeps on it wakes when its time comes, however it came.
 */
export class SimulatorClock {
  #shown: number;
  #since: number;
  #speed: number;
  #sleepers = new Set<Sleeper>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SimulatorClockOptions = {}) {
    this.#shown = options.at?.getTime() ?? machineTime();
    this.#since = performance.now();
    this.#speed = options.speed ?? 1;
  }

  #milliseconds(): number {
    return this.#shown + (performance.now() - this.#since) * this.#speed;
  }

  /** The present instant of the simulation. */
  now(): Date {
    return new Date(Math.floor(this.#milliseconds()));
  }

  /** Simulated milliseconds to a real one. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    if (!(speed >= 0) || !Number.isFinite(speed)) {
      throw new RangeError(`A clock's speed is zero or more, got ${speed}.`);
    }
    this.#restart(this.#milliseconds());
    this.#speed = speed;
    this.#arm();
  }

  /** Shows that instant from now on, and runs on from it; it may go back too. */
  set(instant: Date): void {
    this.#restart(instant.getTime());
    this.#arm();
  }

  /** Jumps forward by so many simulated milliseconds. */
  advance(milliseconds: number): void {
    this.#restart(this.#milliseconds() + milliseconds);
    this.#arm();
  }

  /** Waits so many simulated milliseconds; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        this.#sleepers.delete(sleeper);
        this.#arm();
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        until: this.#milliseconds() + milliseconds,
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#sleepers.add(sleeper);
      this.#arm();
    });
  }

  #restart(shown: number): void {
    this.#shown = shown;
    this.#since = performance.now();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = this.#milliseconds();
    let next = Infinity;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until <= now) {
        this.#sleepers.delete(sleeper);
        sleeper.wake();
      } else {
        next = Math.min(next, sleeper.until);
      }
    }
    if (next < Infinity && this.#speed > 0) {
      const wait = Math.min(longestTimer, Math.ceil((next - now) / this.#speed));
      this.#timer = setTimeout(() => this.#arm(), wait);
    }
  }
}
