import { formType, plain, type OddForm } from './odd-form.ts';

/** Headers that something of ours, the kit or the libraries read; cookies by their names. */
const headerNames = [
  ...[
    'user-agent',
    'referer',
    'accept',
    'accept-language',
    'accept-encoding',
    'authorization',
    'if-none-match',
  ],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'x-profpulse-host', 'range'],
  ...[
    'x-sveltekit-action',
    'x-http-method-override',
    'x-original-url',
    'sec-fetch-site',
    'sec-fetch-dest',
    'host',
  ],
  ...['cookie lang', 'cookie theme', 'cookie reader', 'cookie unsent-form', 'cookie profpulse-session'],
  ...['cookie profpulse-two-factor', 'origin', 'content-type'],
] as const;

/** A header's value as it can be sent: its bytes, without those that end it. */
const headerText = (text: string): string =>
  Buffer.from(text.slice(0, 4000).replace(/\p{Cc}/gu, ''))
    .toString('latin1')
    .slice(0, 6000)
    .trim();

/** The headers of requests as forms of one field. */
export const headerForms = (): OddForm[] =>
  headerNames.map((name) => ({
    ...{ name: `header ${name}`, kind: 'header', fields: ['value'], valid: {} },
    request: (values) => {
      const { text, encoded } = values.get('value') ?? plain;
      const [header, cookie] = name.split(' ');
      const value = cookie === undefined ? headerText(text) : `${cookie}=${encoded.slice(0, 6000)}`;
      const headers = { accept: 'text/html', [header ?? name]: value };
      if (name === 'authorization') return { method: 'GET', path: '/api/v1/runs', headers };
      if (name === 'origin' || name === 'content-type')
        return {
          method: 'POST',
          path: '/silent?/close',
          headers: { ...formType, ...headers },
          body: 'page=0',
        };
      return { method: 'GET', path: cookie === 'unsent-form' ? '/unsent' : '/methodology', headers };
    },
  }));
