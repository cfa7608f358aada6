import type { Command, CommanderError } from 'commander';
import { machineCommands } from '#accounts/permissions.ts';
import { expect, test } from 'vitest';
import type { Locale } from './messages.ts';
import { makeProgram, programName } from './program.ts';
import { wrongLine } from './program-language.ts';

function program(locale: Locale): Command {
  const nothing = async (): Promise<void> => {
    await Promise.resolve();
  };
  const deeds = { run: nothing, import: nothing, login: nothing };
  return makeProgram(locale, { name: 'profpulse', version: '1.2.3' }, deeds);
}

/** All commands, at any depth. */
function all(command: Command): Command[] {
  return [command, ...command.commands.flatMap(all)];
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => void (text += part) });
  command.outputHelp();
  return text;
}

/** What is given to do something: commands that have none below them, by their whole names. */
const deedsOf = (command: Command, name = ''): string[] =>
  command.commands.length === 0
    ? [name]
    : command.commands.flatMap((each) => deedsOf(each, `${name} ${each.name()}`.trim()));

test('every command stands in the table of permissions, and no other', () => {
  expect(deedsOf(program('en')).sort()).toEqual([...machineCommands].sort());
});

test('every help is wholly of its language, commander’s own words too', () => {
  for (const command of all(program('ru'))) {
    const latin = helpOf(command).match(/[A-Za-z][A-Za-z.-]+/g) ?? [];
    // Names of commands, options, formats, settings and places stay as they are typed.
    const words = latin.filter((word) =>
      /^(?:usage|options?|commands?|arguments?|display|help|default|choices|read|all|the|only|print|and)$/i.test(
        word,
      ),
    );
    expect([command.name(), words.filter((word) => word !== 'help')]).toEqual([command.name(), []]);
    expect(helpOf(command)).toMatch(/^Использование: profpulse/);
  }
  for (const command of all(program('en'))) expect(helpOf(command)).not.toMatch(/[а-я]/i);
});

test.each<[string[], string]>([
  [['colect'], 'Неизвестная команда «colect». Может быть, collect?'],
  [['collect', '--pag', 'x'], 'Неизвестный параметр --pag. Может быть, --page?'],
  [['import'], 'Не указан файл.'],
  [['import', 'a', 'b', 'c'], 'Лишнее в команде: b, c.'],
  [['collect', '--page'], 'У параметра --page <ссылка> не указано значение.'],
  [['leaderboard', '--from', '2026-01-01'], 'Не указан обязательный параметр --to <день>.'],
  [
    ['leaderboard', '--from', 'a', '--to', 'b', '--format', 'xml'],
    'У параметра --format <вид> значение «xml», а нужно одно из: json, csv.',
  ],
])('what is wrong with %j is said in Russian', async (words, said) => {
  const refused = await program('ru')
    .parseAsync(words, { from: 'user' })
    .catch((error: unknown) => error as CommanderError);
  expect(wrongLine(refused as CommanderError, 'ru')).toBe(said);
  expect(wrongLine(refused as CommanderError, 'en')).toMatch(/^error: /);
});

test('the tool is called as it was started', () => {
  expect(programName({ npm_lifecycle_event: 'profpulse' })).toBe('npm run profpulse --');
  expect(programName({})).toBe('profpulse');
});
