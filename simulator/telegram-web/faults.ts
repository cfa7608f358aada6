import type { FaultScope } from '../vk/faults.ts';
import type { WebCallKind } from './call-log.ts';
import type { Request } from './routes.ts';

/** What goes wrong. */
export type WebFaultKind =
  /** HTTP 429 with `Retry-After` of `retryAfter` seconds. */
  | 'too-many'
  /** HTTP `status` (502 without it) with a page of HTML. */
  | 'server-error'
  /** The answer comes after `delay` real milliseconds. */
  | 'delay'
  /** No answer ever comes. */
  | 'hang'
  /** The connection is reset. */
  | 'reset'
  /** HTTP 200 whose body ends in the middle, before its announced length. */
  | 'truncated'
  /** HTTP 200 with the first half of the page, as if that were all. */
  | 'broken-html'
  /** HTTP 200 with somebody else's page: a provider's notice that the site is blocked. */
  | 'foreign-html'
  /** HTTP 200 with the home page of telegram.org. */
  | 'home-page'
  /** HTTP 302 to the home page of telegram.org, which this server shows at `/`. */
  | 'home-redirect'
  /** A page of posts without its link to older ones (with `keepsHead` the head still has it), though there are some. */
  | 'no-older-link'
  /** A page of posts with only its newest three, and no link to older ones. */
  | 'few-posts'
  /** A page of posts without any: "No posts found". */
  | 'no-posts'
  /** The newest page of posts, whichever was asked for. */
  | 'newest-again';

/** Kinds that hit pages of posts only. */
const ofHistory: ReadonlySet<string> = new Set(['no-older-link', 'few-posts', 'no-posts', 'newest-again']);

/** Which requests are hit, and how. */
export interface WebFaultRule extends Pick<FaultScope, 'times' | 'after'> {
  kind: WebFaultKind;
  /** Only requests of this kind. */
  of?: WebCallKind;
  /** Only requests for this name, in letters of any case. */
  name?: string;
  /** Only the page of posts before that message; `null`: only the newest page. */
  before?: number | null;
  /** For `no-older-link`. */
  keepsHead?: boolean;
  /** For `too-many`: seconds, 30 without it. */
  retryAfter?: number;
  /** For `server-error`: 502 without it. */
  status?: number;
  /** For `delay`: real milliseconds. */
  delay?: number;
}

/** Whether a rule is about a request. */
export function isAbout(rule: WebFaultRule, call: Request): boolean {
  const before = call.position !== null && 'before' in call.position ? call.position.before : null;
  return (
    (!ofHistory.has(rule.kind) || call.kind === 'history') &&
    (rule.before === undefined || (call.kind === 'history' && rule.before === before)) &&
    (rule.of === undefined || rule.of === call.kind) &&
    (rule.name === undefined || rule.name.toLowerCase() === call.name)
  );
}
