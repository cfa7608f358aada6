import { z } from 'zod';
import { exportRegister } from '#register/export.ts';
import type { Command } from './command.ts';

const input = z.object({});

/** `export`: the register as CSV with the columns that `import` takes. */
export const exportCommand: Command<z.infer<typeof input>> = {
  input,
  run: async ({ services, out }) => {
    out((await exportRegister(services.operations)).trimEnd());
    return 0;
  },
};
