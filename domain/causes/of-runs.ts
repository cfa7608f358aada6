import type { CauseRule } from './rule.ts';
import { said } from './rule.ts';

/** What runs and the ledger say. */
export const ofRuns: readonly CauseRule[] = [
  said('the run was interrupted: the process ended', 'сбор прервался: процесс завершился'),
  said('stopped: the run was told to end', 'сбор остановлен по запросу'),
  said('stopped', 'остановлено'),
  said('nothing was running at that time', 'в это время программа не работала'),
  said('the databases could not be reached at that time', 'в это время базы данных были недоступны'),
  said('the page was taken out of the register', 'страница убрана из реестра'),
  said('the run before was still under way', 'предыдущий сбор ещё не закончился'),
  said('the source gave no answer for this page', 'ответа об этой странице не было'),
  said('not asked for', 'проверка по номерам не проводилась'),
  [/^the network (\w+) is not set up to be read$/u, ([name]) => `сбор сети ${name} не настроен`],
  [
    /^the community (\d+) is in the register already, under another link$/u,
    ([id]) => `сообщество ${id} уже есть в реестре под другой ссылкой`,
  ],
  [/^the link (\S+) names no community$/u, ([link]) => `ссылка ${link} не ведёт на сообщество`],
  [/^the link (\S+) names no channel$/u, ([link]) => `ссылка ${link} не ведёт на канал`],
];
