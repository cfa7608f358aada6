import { createInterface } from 'node:readline';
import input from '@inquirer/input';
import password from '@inquirer/password';
import { NoAnswer, type Terminal } from './commands/telegram-login.ts';

const output = process.stderr;
const tell = (text: string): void => void output.write(`${text}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

/**
 * The terminal of this process. Questions go to standard error, so that what was asked for can be taken from standard
 * output. Without a terminal the answers are the lines of standard input.
 */
export function openTerminal(): Terminal {
  return process.stdin.isTTY ? interactive() : fromLines();
}

function interactive(): Terminal {
  const answered = async (answer: Promise<string>): Promise<string> => {
    try {
      return await answer;
    } catch (error) {
      // Ctrl+C and the end of the input.
      if (error instanceof Error && /^(Exit|Abort|Cancel)Prompt/.test(error.name)) throw new NoAnswer();
      throw error;
    }
  };
  return {
    ask: (message) => answered(input({ message, required: true }, { output })),
    askHidden: (message) => answered(password({ message, mask: true }, { output })),
    tell,
    print,
  };
}

function fromLines(): Terminal {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string> => {
    tell(question);
    const { value, done } = await lines.next();
    if (done) throw new NoAnswer();
    return String(value);
  };
  return { ask, askHidden: ask, tell, print };
}
