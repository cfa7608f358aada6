/** What a version of the definitions changed against the one before, as the methodology says it. */
export interface FormulaVersion {
  version: number;
  changes: readonly { ru: string; en: string }[];
}

/** The versions after the first, newest first. */
export const formulaVersions: readonly FormulaVersion[] = [
  {
    version: 2,
    changes: [
      {
        ru: 'По одному ответу сети программа больше не решает, что история прочитана до конца, публикация удалена или публикаций нет: это должен подтвердить второй ответ. Ответ, который противоречит уже известному, считается сомнительным: по нему ничего не удаляется и не признаётся прочитанным, и успешным такой сбор не считается.',
        en: 'One answer of a network no longer decides that a history was read to its end, that a post was deleted, or that there are no posts: another one has to confirm it. An answer that contradicts what is known is suspect: nothing is deleted or taken as read by it, and it is no successful look.',
      },
      {
        ru: 'Дата публикации меняется, только если сеть дважды, с разницей не меньше шести часов, показала другую. Раньше первая дата оставалась навсегда, даже ошибочная.',
        en: 'The date of a post changes only when a network has shown another one twice, at least six hours apart. The first one used to stay for ever, even when it was wrong.',
      },
      {
        ru: 'Звёзды (платные реакции Telegram) во взаимодействия не входят: они показаны отдельно и ни с чем не складываются.',
        en: 'Stars, the paid reactions of Telegram, are no interactions: they are shown apart and are in no sum.',
      },
      {
        ru: 'Если ни один день периода не охвачен успешным сбором, число публикаций неизвестно. Раньше там стоял ноль.',
        en: 'Where no successful look covers a day of the period, the number of posts is unknown. It used to be zero.',
      },
      {
        ru: 'Публикация, которая исчезла и появилась снова, считается так, будто не исчезала.',
        en: 'A post that was gone and came back counts as if it had never been gone.',
      },
    ],
  },
];
