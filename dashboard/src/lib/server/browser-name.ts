import Bowser from 'bowser';

/** A browser and its system as people call them, `Firefox, Windows`; '' when it does not say. */
export function browserName(userAgent: string): string {
  if (userAgent === '') return '';
  const { browser, os } = Bowser.parse(userAgent);
  return [browser.name, os.name].filter(Boolean).join(', ');
}
