/** What goes wrong. */
export type FaultKind =
  /** The network's own error, by `code`. */
  | 'refuse'
  /** The answer comes after `delay` real milliseconds. */
  | 'delay'
  /** No answer ever comes. */
  | 'hang'
  /** The connection is reset. */
  | 'reset'
  /** HTTP 502 with a page of HTML. */
  | 'bad-gateway'
  /** HTTP 200 with something that is no JSON. */
  | 'broken-json'
  /** HTTP 200 whose body ends in the middle, before its announced length. */
  | 'truncated'
  /** JSON without what was asked for: see `shape`. */
  | 'wrong-shape'
  /** Posts of a wall that contradict the wall: see `odd`. */
  | 'odd-posts';

/** How posts contradict the wall they are of. The first five change `wall.getById` too, where they can. */
export type OddPosts =
  /** None, and the count (of `wall.get`) is 0. */
  | 'zero'
  /** None, and the count is right. */
  | 'hidden'
  /** All are another wall's. */
  | 'other-wall'
  /** Every second one is no post: it has neither a date nor an author. */
  | 'every-second'
  /** Dated `days` later. */
  | 'later'
  /** Only the `newest` of the wall, and the count says no more either. */
  | 'cut'
  /** Those of another `offset`. */
  | 'other-offset';

/** Which calls are hit. */
export interface FaultScope {
  /** Only this method; calls inside `execute` count as themselves. */
  method?: string;
  /** Only calls about this page (its positive id); for `groups.getById` one of several is enough. */
  page?: number;
  /** Only calls with this token. */
  token?: string;
  /** How many calls are hit before the rule ends; without it, all. */
  times?: number;
  /** How many matching calls pass before the first one is hit. */
  after?: number;
}

/** Which calls of VK's API are hit, and how. */
export interface FaultRule extends FaultScope {
  kind: FaultKind;
  /** For `refuse`: the error code. */
  code?: number;
  /** For `delay`: real milliseconds. */
  delay?: number;
  /** For `wrong-shape`: `response` is null, lacks its list, or is a text. */
  shape?: 'null' | 'no-items' | 'text';
  /** For `odd-posts`. */
  odd?: OddPosts;
  /** For `odd-posts` that are `later`: days; 400 when left out. */
  days?: number;
  /** For `odd-posts` that are `cut`: posts; 12 when left out. */
  newest?: number;
  /** For `odd-posts` of an `other-offset`: 0 when left out. */
  offset?: number;
}

/** A call as rules see it. */
export interface FaultedCall {
  method: string;
  pages: readonly number[];
  token: string;
}

/** A rule that was added; it can be taken back. */
export interface FaultHandle {
  /** How many calls it has hit. */
  readonly hits: number;
  remove(): void;
}

interface ActiveRule<Rule> {
  rule: Rule;
  seen: number;
  hits: number;
}

/** Faults on demand: rules are tried in the order in which they were added, the first that fits hits. */
export class Faults<Rule extends FaultScope = FaultRule> {
  #rules: ActiveRule<Rule>[] = [];

  /** Adds a rule. */
  add(rule: Rule): FaultHandle {
    const active: ActiveRule<Rule> = { rule, seen: 0, hits: 0 };
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

  /** The rule that hits this call, which is counted; only of those that `may` lets through. */
  take(call: FaultedCall, may: (rule: Rule) => boolean = () => true): Rule | undefined {
    for (const active of this.#rules) {
      const { rule } = active;
      const fits =
        may(rule) &&
        (rule.method === undefined || rule.method === call.method) &&
        (rule.page === undefined || call.pages.includes(rule.page)) &&
        (rule.token === undefined || rule.token === call.token) &&
        active.hits < (rule.times ?? Infinity);
      if (fits) {
        active.seen += 1;
        if (active.seen > (rule.after ?? 0)) {
          active.hits += 1;
          return rule;
        }
      }
    }
    return undefined;
  }
}
