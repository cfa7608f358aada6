import { WrongArguments } from './failures.ts';
import type { Said } from '#domain/said.ts';
import { localeOf, type Locale } from './messages.ts';
import { environmentForHelp, projectVersion } from './project.ts';

/** What a start is called, and what it does. */
export interface Start {
  command: string;
  does: Said;
}

/** What a start is told on its command line: nothing, everything is a setting. */
export type StartOrder = 'start' | 'said';

/**
 * Reads the words after a start's name: `--help` and `--version` are answered through `say`, and nothing is to be started.
 * Throws `WrongArguments` for any other word: a start that passed over it would run otherwise than was meant.
 */
export function readStartArguments(
  words: readonly string[],
  start: Start,
  say: (text: string) => void,
  locale: Locale = localeOf(environmentForHelp()),
): StartOrder {
  const [first] = words;
  if (first === undefined) return 'start';
  if (['--help', '-h', 'help'].includes(first)) {
    say(usage(start)[locale]);
    return 'said';
  }
  if (['--version', '-V'].includes(first)) {
    say(projectVersion());
    return 'said';
  }
  const { command } = start;
  throw new WrongArguments({
    ru:
      `У ${command} нет параметров, а указано «${first}». Настройки задаются в .env или в окружении, например PORT=8080; ` +
      `подробнее: ${command} -- --help`,
    en:
      `${command} takes no arguments, and got "${first}". Settings stand in .env or in the environment, such as PORT=8080; ` +
      `"${command} -- --help" says more.`,
  });
}

function usage({ command, does }: Start): Said {
  return {
    ru: `Использование: ${command}

${does.ru}

Параметров нет: настройки задаются в файле .env или в окружении. Каждая описана в .env.example.
  PORT      порт веб-интерфейса, по умолчанию 3000
  HOST      адрес, на котором он открыт; по умолчанию только для этого компьютера
  DATA_DIR  папка с данными, по умолчанию ./data

Остановить: Ctrl+C. Команды: npm run profpulse -- --help`,
    en: `Usage: ${command}

${does.en}

It takes no arguments: settings stand in the file .env or in the environment. Each is described in .env.example.
  PORT      port of the dashboard, 3000 when not said
  HOST      address it listens on; by default only this machine reaches it
  DATA_DIR  directory of the data, ./data when not said

Stop it with Ctrl+C. Commands: npm run profpulse -- --help`,
  };
}
