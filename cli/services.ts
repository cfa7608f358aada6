import type { Logger } from 'pino';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { CollectionContext, CollectionRequest, RunProgress, RunSummary } from '#collector/context.ts';
import type { Source } from '#collector/source.ts';
import type { Clock } from '#domain/clock.ts';
import type { Day } from '#domain/period.ts';
import type { Settings } from '#domain/settings.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { Operations } from '#schema/operations/connect.ts';
import type { Aggregation } from './aggregation.ts';
import type { RunEnds } from './run-ends.ts';

/** How one collection is made, beside what is collected. */
export interface CollectOptions {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RunProgress) => void) | undefined;
  /** Leaves rollups and rankings for later (they are owed): for many runs one after the other. */
  skipAggregation?: boolean;
}

/** Everything a process of ours works with, made once by `openServices`. */
export interface Services {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly operations: Operations;
  readonly observations: Observations;
  /** The networks that are set up to be read. */
  readonly sources: readonly Pick<Source, 'network' | 'keys' | 'parked'>[];
  readonly analytics: AnalyticsSources;
  /** What a schedule's runs work with. */
  readonly collection: CollectionContext;
  readonly aggregation: Aggregation;
  /** What follows a run of a schedule. */
  readonly runEnds: RunEnds;
  /** The data are a simulation's. */
  readonly demo: boolean;
  /** Today in the federation's zone. */
  today(): Day;
  /** Makes a run, then counts what it changed and stores the rankings. Runs wait for each other. */
  collect(request: CollectionRequest, options?: CollectOptions): Promise<RunSummary>;
  /** How far the run of the moment is. */
  progress(): RunProgress | null;
  /** Brings the copy of the register up to date, and what is counted from it. */
  syncRegister(): Promise<void>;
  /** As `syncRegister`, for who waits before a screen: statuses are right when it resolves, rankings are counted later. */
  registerChanged(): Promise<void>;
  /**
   * Compares the stores and mends what went missing in them, before they are collected into: pages whose posts are not
   * all there are read again. Whoever `leads` has the collector's lease already.
   */
  mend(options?: { leads?: boolean }): Promise<void>;
  /** Calls the listener after each change of the register that has been brought over. */
  whenRegisterChanges(listener: () => void): void;
  /** Waits for what runs and closes the stores; the data directory is free afterwards. */
  close(): Promise<void>;
}
