import type { FailedLook } from '../channel-outcome.ts';
import { channelOutcome } from '../channel-outcome.ts';

/**
 * What a failure means for us. `silent`: no answer within the deadline; `unreachable`: no connection, or it was cut;
 * `passing`: the site's own trouble, try again; `flood`: the site wants to be left alone; `site_down`: it failed several
 * times in a row, nobody asks it for a while; `refused`: it does not want us; `broken`: an answer that is no page of a
 * channel; `closed`, `free_name`, `taken_over`, `blocked`: a state of the page; `not_channel`: the name is a person's or a group's;
 * `stopped`: the run was told to end.
 */
export type FailureKind =
  | 'silent'
  | 'unreachable'
  | 'passing'
  | 'flood'
  | 'site_down'
  | 'refused'
  | 'broken'
  | 'closed'
  | 'free_name'
  | 'taken_over'
  | 'blocked'
  | 'not_channel'
  | 'stopped';

/** A page that was not read. The message is readable, and holds no password of a proxy. */
export class WebFailure extends Error {
  override readonly name = 'WebFailure';
  readonly kind: FailureKind;
  /** How long the site wants to be left alone; `null` when it did not say. */
  readonly seconds: number | null;

  constructor(kind: FailureKind, cause: string, seconds: number | null = null) {
    super(cause);
    this.kind = kind;
    this.seconds = seconds;
  }
}

/** A failure of the site as a whole, whichever page was asked for. */
export function isOfSite({ kind }: WebFailure): boolean {
  return kind === 'silent' || kind === 'unreachable' || kind === 'passing';
}

/** How a page's look ends by this failure. */
export function outcomeOf({ kind }: WebFailure): FailedLook {
  return channelOutcome(kind);
}

/** HTML that is not what `t.me` shows; the message says what was expected. */
export class BrokenPage extends Error {
  override readonly name = 'BrokenPage';
}
