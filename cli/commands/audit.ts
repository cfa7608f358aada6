import { z } from 'zod';
import { verifyJournal, type JournalFault } from '#schema/operations/journal-verification.ts';
import { exitCodes, WrongArguments } from '../failures.ts';
import { counted } from '../messages.ts';
import type { Command } from './command.ts';
import { wordsOf, type Words } from './findings.ts';

const input = z.object({ head: z.string().trim().toLowerCase().optional() });

/**
 * `audit verify [--head HASH]`: reckons the chain of the journal anew, says how many entries it has and the hash of the
 * last one, or else which is the first that does not fit. With a hash that was written down, it is looked for as well.
 */
export const auditVerifyCommand: Command<z.output<typeof input>> = {
  input,
  check: ({ head }) => {
    if (head === undefined || /^[0-9a-f]{64}$/u.test(head)) return;
    throw new WrongArguments({
      ru: `«${head}» не хеш записи журнала: в нём 64 знака, цифры и буквы от a до f.`,
      en: `"${head}" is no hash of an entry of the journal: it has 64 characters, digits and letters from a to f.`,
    });
  },
  run: async ({ services, out, err, signal }, { head }) => {
    const { operations, settings } = services;
    const words = wordsOf(settings.LOCALE);
    const found = await verifyJournal(operations, { head, signal });
    if (!found.isWhole) {
      err(faultText(found, words));
      return exitCodes.failed;
    }
    const entries = counted(found.entries, 'entry', settings.LOCALE);
    out(
      found.entries === 0
        ? words('Журнал правок пуст.', 'The journal has no entries.')
        : words(
            `Журнал правок цел: ${entries}. Хеш последней записи: ${found.head}`,
            `The journal is whole: ${entries}. Hash of the last entry: ${found.head}`,
          ),
    );
    return 0;
  },
};

function faultText({ fault, entryId }: JournalFault, words: Words): string {
  switch (fault) {
    case 'entry':
      return words(
        `Журнал правок изменён в обход программы: запись № ${entryId} не продолжает предыдущую. Изменили её саму либо удалили или вставили запись перед ней.`,
        `The journal was changed behind the program's back: entry ${entryId} does not go on from the one before. It was changed itself, or an entry before it was removed or put in.`,
      );
    case 'value':
      return words(
        `Журнал правок изменён в обход программы: персональные данные при записи № ${entryId} не те, с которыми она сделана.`,
        `The journal was changed behind the program's back: personal data beside entry ${entryId} are not those that it was made with.`,
      );
    case 'tail':
      return words(
        `Конец журнала правок обрезан: последней должна быть запись № ${entryId}.`,
        `The end of the journal is cut off: its last entry should be ${entryId}.`,
      );
    case 'headless':
      return words(
        `Нельзя сказать, обрезан ли конец журнала правок: пропала строка о его последней записи (таблица journal_head). Сейчас последней стоит запись № ${entryId}.`,
        `Whether the end of the journal is cut off cannot be told: the row about its last entry (table journal_head) is gone. Its last entry is now ${entryId}.`,
      );
    case 'head':
      return words(
        'Записи с таким хешем в журнале правок нет: его конец обрезан или переписан.',
        'No entry of the journal has this hash: its end was cut off or written anew.',
      );
  }
}
