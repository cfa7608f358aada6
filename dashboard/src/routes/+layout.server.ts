import { defaultNorms } from '#domain/norms.ts';
import { useServices } from '#lib/server/services.ts';
import { isClaimed } from '#lib/server/read-reader.ts';
import { sectionsFor } from '#lib/server/settings-sections.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = async ({ locals }) => {
  const services = useServices();
  const { settings, collection, analytics } = services;
  const { reader } = locals;
  const progress = collection.progress();
  return {
    zone: settings.zone,
    norms: analytics.norms ?? defaultNorms,
    networksWithoutKey: settings.networksWithoutKey,
    demo: settings.demo,
    privacyPolicyUrl: settings.privacyPolicyUrl,
    demoReader: locals.demoReader ?? null,
    maySeeSilent: reader.may('silent.read'),
    maySetUp: reader.may('setup.read'),
    mayRead: reader.may('numbers.read'),
    isSignedIn: reader.account !== null,
    isEverybody: reader.account === null && (locals.demoReader?.name ?? 'everybody') === 'everybody',
    canSignIn: reader.account === null && !settings.demo && (await isClaimed(services)),
    mayShare: reader.account !== null && reader.may('shares.manage'),
    hasSettings: sectionsFor(reader).length > 0,
    theme: locals.preferences.theme,
    collecting: progress && { done: progress.done, total: progress.total },
  };
};
