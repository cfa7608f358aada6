import type { OtherKind } from '#domain/vocabulary.ts';
import type { FailedLook } from '../kit/channel-outcome.ts';
import { channelOutcome } from '../kit/channel-outcome.ts';
import type { ShownCount } from './counts.ts';

/**
 * What a failure means for us. `silent`: no answer within the deadline; `unreachable`: no connection, or it was cut;
 * `passing`: the site's own trouble, try again; `flood`: the site wants to be left alone; `site_down`: it failed several
 * times in a row, nobody asks it for a while; `refused`: it does not want us; `misdirected`: the address that is set
 * only leads on to another one of the site; `broken`: an answer that is no page of a channel; `wrong_place`: messages
 * of another place in the channel than was asked for; `closed`, `free_name`, `taken_over`, `blocked`: a state of the
 * page; `not_channel`: the name is a person's or a group's; `stopped`: the run was told to end.
 */
export type FailureKind =
  | 'silent'
  | 'unreachable'
  | 'passing'
  | 'flood'
  | 'site_down'
  | 'refused'
  | 'misdirected'
  | 'broken'
  | 'wrong_place'
  | 'closed'
  | 'free_name'
  | 'taken_over'
  | 'blocked'
  | 'not_channel'
  | 'stopped';

/** A channel's own small page, `t.me/<name>`. */
export interface Card {
  title: string;
  subscribers: ShownCount | null;
}

/** What is known of a failure beside its kind. */
export interface FailureDetails {
  /** How long the site wants to be left alone; `null` when it did not say. */
  seconds?: number | null;
  /** Of `not_channel`: what the name is. */
  is?: OtherKind;
  /** Of `closed` and `blocked`: what the channel shows of itself all the same. */
  card?: Card;
  /** Of `misdirected`: the address to set. */
  address?: string;
}

/** A page that was not read. The message is readable, and holds no password of a proxy. */
export class WebFailure extends Error {
  override readonly name = 'WebFailure';
  readonly kind: FailureKind;
  readonly seconds: number | null;
  readonly is: OtherKind | null;
  readonly card: Card | null;
  readonly address: string | null;

  constructor(kind: FailureKind, cause: string, details: FailureDetails = {}) {
    super(cause);
    this.kind = kind;
    this.seconds = details.seconds ?? null;
    this.is = details.is ?? null;
    this.card = details.card ?? null;
    this.address = details.address ?? null;
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
  override readonly name: string = 'BrokenPage';
}

/** Messages of another place in the channel than was asked for; the message is the same for the same question. */
export class WrongPlace extends BrokenPage {
  override readonly name = 'WrongPlace';
}
