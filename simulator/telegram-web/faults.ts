import type { WebCallKind } from './call-log.ts';

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
  | 'home-redirect';

/** Which requests are hit, and how. */
export interface WebFaultRule {
  kind: WebFaultKind;
  /** Only requests of this kind. */
  of?: WebCallKind;
  /** Only requests for this name, in letters of any case. */
  name?: string;
  /** How many requests are hit before the rule ends; without it, all. */
  times?: number;
  /** How many matching requests pass before the first one is hit. */
  after?: number;
  /** For `too-many`: seconds, 30 without it. */
  retryAfter?: number;
  /** For `server-error`: 502 without it. */
  status?: number;
  /** For `delay`: real milliseconds. */
  delay?: number;
}

/** A rule that was added; it can be taken back. */
export interface WebFaultHandle {
  /** How many requests it has hit. */
  readonly hits: number;
  remove(): void;
}

interface ActiveRule {
  rule: WebFaultRule;
  seen: number;
  hits: number;
}

/** Faults on demand: rules are tried in the order in which they were added, the first that fits hits. */
export class WebFaults {
  #rules: ActiveRule[] = [];

  /** Adds a rule. */
  add(rule: WebFaultRule): WebFaultHandle {
    const active: ActiveRule = { rule, seen: 0, hits: 0 };
    this.#rules.push(active);
    return {
      get hits() {
        return active.hits;
      },
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== active);
      },
    };
  }

  /** Takes all rules back. */
  clear(): void {
    this.#rules = [];
  }

  /** The rule that hits this request, which is counted. */
  take(call: { kind: WebCallKind; name: string }): WebFaultRule | undefined {
    for (const active of this.#rules) {
      const { rule } = active;
      const fits =
        (rule.of === undefined || rule.of === call.kind) &&
        (rule.name === undefined || rule.name.toLowerCase() === call.name) &&
        active.hits < (rule.times ?? Infinity);
      if (!fits) continue;
      active.seen += 1;
      if (active.seen > (rule.after ?? 0)) {
        active.hits += 1;
        return rule;
      }
    }
    return undefined;
  }
}
