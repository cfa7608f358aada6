import { z } from 'zod';
import { applyImport, planImport } from '#register/import.ts';
import { exitCodes } from '../failures.ts';
import type { Command } from './command.ts';
import { describeImport, describeNotCounted, describeProblems } from './import-report.ts';

const input = z.object({
  /** The content is read by the command line's side, where the path means something. */
  file: z.object({ name: z.string(), content: z.base64() }),
  dryRun: z.boolean(),
  skipBad: z.boolean(),
});

/** `import <file> [--dry-run] [--skip-bad]`: takes a register file over, wholly or (asked to) without its bad rows. */
export const importCommand: Command<z.infer<typeof input>> = {
  input,
  run: async ({ services, out, err }, { file, dryRun, skipBad }) => {
    const locale = services.settings.LOCALE;
    const plan = await planImport(
      services.operations,
      { name: file.name, content: Buffer.from(file.content, 'base64') },
      { today: services.today(), skipBad },
    );
    if (plan.problems.length > 0) err(describeProblems(plan, locale));
    if (!plan.acceptable) return exitCodes.failed;
    if (dryRun) {
      out(describeImport(plan, 'planned', locale));
      return 0;
    }
    const done = await applyImport(services.operations, plan, {
      who: `profpulse import ${file.name}`,
      now: services.clock.now(),
    });
    // It is written from here on, whatever becomes of the statistics.
    out(describeImport(done, 'done', locale));
    try {
      await services.syncRegister();
    } catch (error) {
      services.log.error({ err: error }, 'An import could not be brought over to the statistics');
      err(describeNotCounted(locale));
      return exitCodes.failed;
    }
    return 0;
  },
};
