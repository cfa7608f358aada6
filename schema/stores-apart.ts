/** What does not belong together. */
export type StoresApartKind = 'other_instance' | 'operations_new' | 'observations_unknown';

/** Where the two stores are, for people. */
export interface StorePlaces {
  /** The process's data directory. */
  dataDirectory: string;
  /** The operations store is a PostgreSQL server's. */
  operationsServed: boolean;
  /** The name of the database of a ClickHouse server; `null` when the engine runs in this process. */
  observationsDatabase: string | null;
}

type Words = Record<'ru' | 'en', string>;

const reasons: Record<StoresApartKind, Words> = {
  other_instance: {
    ru: 'Базы принадлежат разным установкам ПрофПульса',
    en: 'The stores belong to different instances of ProfPulse',
  },
  operations_new: {
    ru: 'В базе наблюдений есть данные страниц, которых база реестра не знает: она новая, потеряна или от другой установки',
    en: 'The observations hold data of pages that the register does not know: it is new, was lost, or is another instance’s',
  },
  observations_unknown: {
    ru: 'База наблюдений не пуста, но не сказано, чья она, а база реестра принадлежит другой установке',
    en: 'The observations are not empty and do not say whose they are, while the register belongs to another instance',
  },
};

function placesIn(locale: 'ru' | 'en', places: StorePlaces): { operations: string; observations: string } {
  const isRussian = locale === 'ru';
  const { dataDirectory, operationsServed, observationsDatabase } = places;
  const operations = operationsServed
    ? isRussian
      ? 'база PostgreSQL из OPERATIONS_DATABASE_URL'
      : 'the PostgreSQL database of OPERATIONS_DATABASE_URL'
    : `${dataDirectory}/operations.sqlite`;
  const observations =
    observationsDatabase === null
      ? `${dataDirectory}/clickhouse`
      : isRussian
        ? `база ClickHouse ${observationsDatabase}`
        : `the ClickHouse database ${observationsDatabase}`;
  return { operations, observations };
}

function wayOut(locale: 'ru' | 'en', { operationsServed, observationsDatabase }: StorePlaces): string {
  if (locale === 'ru') {
    const register = operationsServed ? 'базу PostgreSQL' : 'operations.sqlite';
    const aside =
      observationsDatabase === null
        ? 'переименуйте папку clickhouse (не удаляйте её) и запустите снова'
        : 'задайте новое имя в CLICKHOUSE_DATABASE и запустите снова';
    return `Восстановите ${register} из той же резервной копии, что и наблюдения. Если копии нет, ${aside}: публикации прочитаются заново, а прежняя численность подписчиков останется только в старых данных.`;
  }
  const register = operationsServed ? 'the PostgreSQL database' : 'operations.sqlite';
  const aside =
    observationsDatabase === null
      ? 'rename the folder clickhouse (do not delete it) and start again'
      : 'set a new name in CLICKHOUSE_DATABASE and start again';
  return `Restore ${register} from the same backup as the observations. Without one, ${aside}: posts are read anew, while the subscribers of the past stay in the old data only.`;
}

/**
 * The two stores are not of one instance: read together, posts would go to the wrong organisations. Nothing was changed.
 * The message is in the language asked for.
 */
export class StoresApart extends Error {
  override readonly name = 'StoresApart';
  readonly kind: StoresApartKind;

  constructor(kind: StoresApartKind, places: StorePlaces, locale: 'ru' | 'en') {
    const { operations, observations } = placesIn(locale, places);
    const end =
      locale === 'ru'
        ? 'Вместе публикации попали бы не к тем организациям, поэтому ничего не изменено.'
        : 'Together they would give posts to the wrong organisations, so nothing was changed.';
    super(`${reasons[kind][locale]} (${operations}; ${observations}). ${end} ${wayOut(locale, places)}`);
    this.kind = kind;
  }
}
