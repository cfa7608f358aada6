import { SimulatorClock } from './clock.ts';
import { registerCsv } from './register-csv.ts';
import type { TelegramServer, TelegramServerOptions } from './telegram/serve.ts';
import { serveTelegramWeb, type TelegramWebOptions, type TelegramWebServer } from './telegram-web/serve.ts';
import { Truth } from './truth/truth.ts';
import { Faults } from './vk/faults.ts';
import { serveVk, type VkServer, type VkServerOptions } from './vk/serve.ts';
import { createWorld } from './world/create.ts';
import type { World } from './world/world.ts';

export { SimulatorClock } from './clock.ts';
export type { WebFaultKind, WebFaultRule } from './telegram-web/faults.ts';
export type { TelegramWebOptions, TelegramWebServer } from './telegram-web/serve.ts';
export { Truth } from './truth/truth.ts';
export type { TruthPost } from './truth/truth.ts';
export type { TruthCounted, TruthMeasures, TruthRequest, TruthRow } from './truth/types.ts';
export type { TelegramFault, TelegramServer, TelegramServerOptions } from './telegram/serve.ts';
export type { FaultHandle, FaultKind, FaultRule, OddPosts } from './vk/faults.ts';
export type { VkServer, VkServerOptions } from './vk/serve.ts';
export type { TokenSettings } from './vk/tokens.ts';
export type { Organisation, Page, Post } from './world/types.ts';
export type { World } from './world/world.ts';

/** What decides a simulation. */
export interface SimulationOptions {
  /** The same seed and anchor give the same world. */
  seed?: number;
  /** The instant that the world's «three weeks ago» is counted from; keep it to continue the same history later. */
  anchor: Date;
  /** Without it, a clock that starts at the anchor and runs like a real one. */
  clock?: SimulatorClock;
  size?: {
    /** 45 without it. */
    organisations?: number;
    /** Channels of Telegram beside the communities of VK; not without it. */
    channels?: boolean;
    /** Weeks of history before the anchor that every living page has; 27 without it. */
    historyWeeks?: number;
  };
  /** The zone of the organisations' working days; Asia/Irkutsk without it. */
  zone?: string;
}

/** A world with its clock, its truth, and servers that show it. */
export interface Simulation {
  world: World;
  clock: SimulatorClock;
  truth: Truth;
  /** Rules of what goes wrong with VK's API, for all its servers of this simulation. */
  faults: Faults;
  /** The organisations as a register in CSV, as of an instant (without it, of the clock's present). */
  registerCsv: (instant?: Date) => string;
  /** Starts VK's HTTP API on loopback. */
  serveVk: (options?: VkServerOptions) => Promise<VkServer>;
  /** Starts a server of `t.me` pages on loopback, with faults of its own. */
  serveTelegramWeb: (options?: TelegramWebOptions) => Promise<TelegramWebServer>;
  /** Starts Telegram's servers on loopback, for accounts whose sessions are ready. */
  serveTelegram: (options?: TelegramServerOptions) => Promise<TelegramServer>;
}

/** Makes a simulation; nothing is served until it is asked for. */
export function createSimulation(options: SimulationOptions): Simulation {
  const world = createWorld({
    seed: options.seed ?? 1,
    anchor: options.anchor,
    organisations: options.size?.organisations ?? 45,
    channels: options.size?.channels ?? false,
    historyWeeks: options.size?.historyWeeks ?? 27,
    zone: options.zone ?? 'Asia/Irkutsk',
  });
  const clock = options.clock ?? new SimulatorClock({ at: options.anchor });
  const faults = new Faults();
  return {
    world,
    clock,
    truth: new Truth(world),
    faults,
    registerCsv: (instant) => registerCsv(world, instant ?? clock.now()),
    serveVk: (serverOptions) => serveVk({ world, clock, faults }, serverOptions),
    serveTelegramWeb: (serverOptions) => serveTelegramWeb({ world, clock }, serverOptions),
    serveTelegram: async (serverOptions) => {
      // Telegram's schema takes a second to read: only who serves it waits for that.
      const { serveTelegram } = await import('./telegram/serve.ts');
      return await serveTelegram({ world, clock }, serverOptions);
    },
  };
}
