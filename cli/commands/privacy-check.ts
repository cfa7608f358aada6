import type { Settings } from '#domain/settings.ts';
import type { Finding, Words } from './findings.ts';

/** Whether a dashboard that everybody may read says what becomes of personal data. */
export function checkPrivacyPolicy(
  { PUBLIC_DASHBOARD, PRIVACY_POLICY_URL }: Pick<Settings, 'PUBLIC_DASHBOARD' | 'PRIVACY_POLICY_URL'>,
  words: Words,
): Finding[] {
  if (!PUBLIC_DASHBOARD || PRIVACY_POLICY_URL) return [];
  return [
    {
      level: 'look',
      gist: words('нет ссылки на политику персональных данных', 'no link to a policy on personal data'),
      text: words(
        'Веб-интерфейс открыт всем (PUBLIC_DASHBOARD), а ссылки на политику в отношении персональных данных на страницах нет. Укажите её адрес в PRIVACY_POLICY_URL; образец — в docs/personal-data.ru.md.',
        'The dashboard is open to everybody (PUBLIC_DASHBOARD), and its pages link to no policy on personal data. Put its address into PRIVACY_POLICY_URL; docs/personal-data.ru.md has a sample.',
      ),
    },
  ];
}
