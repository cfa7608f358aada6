import type { GrammaticalCase } from '#domain/cased-name.ts';

/**
 * A sentence for each case of Russian in which a name stands (in the place of `{name}`), to try it on: of the federation, and of
 * its department. They are in Russian in whatever language the screens are, as the cases are.
 */
export const caseExamples: Readonly<
  Record<'federation' | 'department', Readonly<Record<GrammaticalCase, string>>>
> = {
  federation: {
    nominative: 'Смотр страниц проводит {name}.',
    genitive: 'Письмо от {name}.',
    dative: 'Отчёт направлен {name}.',
    accusative: 'Отметили {name}.',
    instrumental: 'Итоги подведены {name}.',
    prepositional: 'Так решили в {name}.',
  },
  department: {
    nominative: 'Пишет {name}.',
    genitive: 'Письмо от {name}.',
    dative: 'Ответьте {name}.',
    accusative: 'Перешлите в {name}.',
    instrumental: 'Письмо подготовлено {name}.',
    prepositional: 'Спросите в {name}.',
  },
};
