import { buildDashboard, loadDashboard } from './build-dashboard.ts';
import { runDemo } from './run-demo.ts';
import { say } from './start-messages.ts';

/** `npm run demo`: the whole product over a simulated federation. */
await runDemo({
  start: {
    command: 'npm run demo',
    does: {
      ru: 'Показывает весь продукт на вымышленном профобъединении; данные лежат в ./data/demo, если DATA_DIR не задан.',
      en: 'Shows the whole product over a simulated federation; data are in ./data/demo when DATA_DIR is not said.',
    },
  },
  prepare: async (signal, messages) => {
    await buildDashboard({ signal, onStart: () => say(messages.building) });
  },
  handler: loadDashboard,
});
