import { readOpenness } from '#register/openness.ts';
import type { Services } from '../services.ts';
import type { Finding, Words } from './findings.ts';

/** What everybody sees where the dashboard is public, when it is more than was decided for organisations. */
export async function checkOpenness(
  { operations, settings }: Pick<Services, 'operations' | 'settings'>,
  words: Words,
): Promise<Finding[]> {
  if (!settings.PUBLIC_DASHBOARD) return [];
  const { naming } = await readOpenness(operations);
  if (naming === 'by_name')
    return [
      {
        level: 'note',
        text: words(
          'Веб-интерфейс открыт всем (PUBLIC_DASHBOARD): организации видны по именам, как решила федерация',
          'The dashboard is open to everybody (PUBLIC_DASHBOARD): organisations are seen by name, as the federation has decided',
        ),
      },
    ];
  return [
    {
      level: 'look',
      gist: words('названия организаций видны всем', 'names of organisations are seen by everybody'),
      text: words(
        'Веб-интерфейс открыт всем (PUBLIC_DASHBOARD): организации видны по именам, хотя решения федерации об этом нет. Отметьте решение в настройках («Что кому видно») или уберите PUBLIC_DASHBOARD.',
        'The dashboard is open to everybody (PUBLIC_DASHBOARD): organisations are seen by name, though no decision of the federation says so. Enter it in the settings ("Who sees what"), or take PUBLIC_DASHBOARD back.',
      ),
    },
  ];
}
