import { buildDashboard, loadDashboard } from '#cli/build-dashboard.ts';
import { runDemo } from '#cli/run-demo.ts';
import { smallSize } from './world-size.ts';

/** The demo over a smaller federation, for tests that start one at many instants. */
await runDemo(
  {
    start: {
      command: 'node tests/e2e/small-demo.ts',
      does: { ru: 'Небольшая демонстрация для проверок.', en: 'A small demo for the tests.' },
    },
    prepare: async (signal) => {
      await buildDashboard({ signal });
    },
    handler: loadDashboard,
  },
  smallSize,
);
