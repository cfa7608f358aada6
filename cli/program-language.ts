import type { Command, CommanderError, HelpConfiguration, Option } from 'commander';
import type { Locale } from './messages.ts';

/** The words that commander itself puts into a help, in Russian. */
const russian: Readonly<Record<string, string>> = {
  'Usage:': 'Использование:',
  'Arguments:': 'Аргументы:',
  'Options:': 'Параметры:',
  'Commands:': 'Команды:',
};
const placeholders = (text: string): string =>
  text.replace('[options]', '[параметры]').replace('[command]', '[команда]');

/** How a help is written in that language. */
export function helpIn(locale: Locale): HelpConfiguration {
  if (locale === 'en') return {};
  return {
    styleTitle: (title) => russian[title] ?? title,
    styleUsage: placeholders,
    // The term is padded by its own width, so it is put into Russian before that.
    subcommandTerm: (command) => placeholders(termOf(command)),
    optionDescription: descriptionOf,
  };
}

function termOf(command: Command): string {
  const values = command.registeredArguments.map((value) =>
    value.required ? `<${value.name()}>` : `[${value.name()}]`,
  );
  return [command.name(), ...(command.options.length > 0 ? ['[options]'] : []), ...values].join(' ');
}

function descriptionOf({ description, argChoices, defaultValue }: Option): string {
  const more = [
    ...(argChoices ? [`варианты: ${argChoices.join(', ')}`] : []),
    ...(typeof defaultValue === 'string' ? [`по умолчанию ${defaultValue}`] : []),
  ];
  return more.length > 0 ? `${description} (${more.join('; ')})` : description;
}

type Rule = [code: string, pattern: RegExp, words: (first: string, second: string, third: string) => string];

/** What commander says of a wrong command line, by its code. */
const rules: readonly Rule[] = [
  ['commander.unknownOption', /unknown option '(.*?)'/, (option) => `Неизвестный параметр ${option}.`],
  ['commander.unknownCommand', /unknown command '(.*?)'/, (command) => `Неизвестная команда «${command}».`],
  ['commander.missingArgument', /missing required argument '(.*?)'/, (name) => `Не указан ${name}.`],
  [
    'commander.optionMissingArgument',
    /option '(.*?)' argument missing/,
    (option) => `У параметра ${option} не указано значение.`,
  ],
  [
    'commander.missingMandatoryOptionValue',
    /required option '(.*?)' not specified/,
    (option) => `Не указан обязательный параметр ${option}.`,
  ],
  [
    'commander.invalidArgument',
    /option '(.*?)' argument '(.*?)' is invalid\. Allowed choices are (.*)\./,
    (option, got, choices) => `У параметра ${option} значение «${got}», а нужно одно из: ${choices}.`,
  ],
  [
    'commander.excessArguments',
    /Expected (\d+) arguments? but got \d+: (.*)\./,
    (wanted, words) => `Лишнее в команде: ${words.split(', ').slice(Number(wanted)).join(', ')}.`,
  ],
];

/** A command line that commander does not understand, as a sentence of that language. */
export function wrongLine({ code, message }: CommanderError, locale: Locale): string {
  if (locale === 'en') return message;
  const suggestion = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(message)?.[1];
  const rule = rules.find(([known]) => known === code);
  const found = rule?.[1].exec(message);
  const [, first = '', second = '', third = ''] = found ?? [];
  const said = rule && found ? rule[2](first, second, third) : message;
  return suggestion ? `${said} Может быть, ${suggestion}?` : said;
}
