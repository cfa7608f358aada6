import { keepCompiled } from './cli/compiled.ts';
import { endWithFailure } from './cli/failures.ts';
import { readStartArguments } from './cli/start-arguments.ts';
import { say } from './cli/start-messages.ts';

/* `npm start`. What it does is imported once it is clear that it is to be done, and that what is compiled of it is kept. */
try {
  const start = {
    command: 'npm start',
    does: {
      ru: 'Запускает ПрофПульс: собирает страницы по расписанию и показывает веб-интерфейс.',
      en: 'Starts ProfPulse: collects by its schedule and serves the dashboard.',
    },
  };
  if (readStartArguments(process.argv.slice(2), start, say) === 'start') {
    keepCompiled();
    const { startServer } = await import('./cli/start.ts');
    await startServer();
  }
  process.exit(0);
} catch (error) {
  endWithFailure(error);
}
