import { expect, test } from 'vitest';
import { projectVersion } from './project.ts';
import { readStartArguments } from './start-arguments.ts';

const start = { command: 'npm start', does: { ru: 'Запускает.', en: 'Starts it.' } };
function readIn(locale: 'ru' | 'en', words: string[]): { order: string; said: string[] } {
  const said: string[] = [];
  return { order: readStartArguments(words, start, (text) => said.push(text), locale), said };
}
const read = (...words: string[]) => readIn('en', words);

test('without a word it starts', () => {
  expect(read()).toEqual({ order: 'start', said: [] });
});

test('asked for help or the version it says that, and does not start', () => {
  for (const word of ['--help', '-h', 'help']) {
    const { order, said } = read(word);
    expect(order).toBe('said');
    expect(said).toEqual([expect.stringMatching(/^Usage: npm start\n\nStarts it\.\n[\s\S]*PORT/)]);
  }
  expect(readIn('ru', ['--help']).said).toEqual([
    expect.stringMatching(/^Использование: npm start\n\nЗапускает\.\n[\s\S]*PORT/),
  ]);
  expect(read('--version')).toEqual({ order: 'said', said: [projectVersion()] });
});

test('any other word is refused', () => {
  expect(() => read('--port', '8080')).toThrow(
    /^npm start takes no arguments, and got "--port"\. .*PORT=8080/,
  );
});
