import type { Outcome, PageState } from '#domain/vocabulary.ts';

/**
 * What an error means for us. `passing`: try again; `too_fast`: slow down; `flood`: pause of minutes; `quota`: this token
 * is used up for today; `dead_token`, `human_needed`, `disabled`: park the token and alert; `our_batch`: split it;
 * `closed`, `gone`: a state of the page; `our_bug`: fail loudly; `oversized`, `redirected`: the answer was refused by
 * us; `stopped`: the run was told to end.
 */
export type FailureKind =
  | 'passing'
  | 'too_fast'
  | 'flood'
  | 'quota'
  | 'dead_token'
  | 'human_needed'
  | 'disabled'
  | 'our_batch'
  | 'closed'
  | 'gone'
  | 'our_bug'
  | 'oversized'
  | 'redirected'
  | 'unknown'
  | 'stopped';

/** Codes by meaning. Source: VK's `errors.json` at 5.199; those never met in reading walls go by their description. */
const codes: readonly (readonly [FailureKind, readonly number[]])[] = [
  ['passing', [1, 10, 32, 36]],
  ['too_fast', [6]],
  ['flood', [9, 601, 1105]],
  ['quota', [29]],
  ['dead_token', [5, 16, 27, 28, 1051, 1114, 1116, 1117, 1118, 3609, 3610, 3611]],
  ['human_needed', [14, 17, 24, 25, 41, 3300, 3301, 3302, 3303, 3304, 11500]],
  ['disabled', [2, 11, 38, 42, 43, 101]],
  ['our_batch', [12, 13]],
  ['closed', [7, 15, 30, 141, 200, 201, 203, 204, 205, 210, 211, 212, 213]],
  ['gone', [18, 19, 37, 39, 40, 104, 125, 140, 1260]],
  ['our_bug', [3, 4, 8, 20, 21, 23, 33, 34, 35, 100, 113, 150, 9999]],
];

const kinds = new Map(codes.flatMap(([kind, list]) => list.map((code) => [code, kind] as const)));

/** The meaning of one of VK's error codes; a code not known is `unknown`, an outcome of its own. */
export function classifyCode(code: number): FailureKind {
  return kinds.get(code) ?? 'unknown';
}

const goneStates = new Map<number, PageState>([
  [18, 'deleted'],
  [19, 'blocked'],
  [37, 'blocked'],
]);

/** The page state that an error tells of; `null` when it tells of none. */
function stateOfCode(code: number): PageState | null {
  const kind = classifyCode(code);
  if (kind === 'closed') return 'closed';
  if (kind === 'gone') return goneStates.get(code) ?? 'not_found';
  return null;
}

const advice: Partial<Record<FailureKind, string>> = {
  dead_token: 'the token is dead or of the wrong kind: replace it in VK_TOKENS',
  human_needed: 'VK asks for a person (captcha or confirmation): log in with the account of this token',
  disabled: 'the application or the address is refused by VK: look into the settings of the application',
};

/** What VK answers to keys of VK ID, on methods that want a key of an application. */
const wrongKind =
  'the key is of the wrong kind, as those of VK ID (vk2.a...) are: make a service key of an application of your own, and ' +
  'put it into VK_TOKENS';

/** So much of VK's own words is kept in a cause. */
const longestMessage = 300;

/** A failure that may be the key's: dead, of the wrong kind, in want of a person, or its application refused. */
export function isOfKey({ kind }: { kind: FailureKind }): boolean {
  return kind === 'dead_token' || kind === 'human_needed' || kind === 'disabled';
}

/** A call to VK that did not give what was asked for. The message never holds a token. */
export class VkFailure extends Error {
  override readonly name = 'VkFailure';
  readonly kind: FailureKind;
  /** VK's own code; `null` when it was the network or the answer's shape. */
  readonly code: number | null;
  /** There was no answer at all within the deadline. */
  readonly silent: boolean;

  constructor(kind: FailureKind, cause: string, more: { code?: number; silent?: boolean } = {}) {
    super(cause);
    this.kind = kind;
    this.code = more.code ?? null;
    this.silent = more.silent ?? false;
  }

  /** From an error code and message of VK's. */
  static fromCode(code: number, message: string): VkFailure {
    const kind = classifyCode(code);
    const hint = code === 1051 ? wrongKind : advice[kind];
    const words = message.slice(0, longestMessage);
    return new VkFailure(kind, `vk:${code} ${words}${hint ? ` (${hint})` : ''}`, { code });
  }
}

/** How a page's look ends by this failure. */
export function outcomeOf(failure: VkFailure): {
  outcome: Exclude<Outcome, 'missed' | 'ok' | 'empty'>;
  state: PageState | null;
} {
  const state = failure.code === null ? null : stateOfCode(failure.code);
  if (failure.kind === 'closed') return { outcome: 'closed', state };
  if (failure.kind === 'gone') return { outcome: 'gone', state };
  if (failure.kind === 'quota' || failure.kind === 'flood' || failure.kind === 'too_fast') {
    return { outcome: 'rate_limited', state: null };
  }
  return { outcome: 'error', state: null };
}

/** An answer whose shape is not VK's; the message names the field. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}
