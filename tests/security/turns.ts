import type { OddForm, Sent } from './odd-form.ts';
import { oddInputs, type OddInput } from './inputs.ts';

/** What a request of a form is sent with: odd inputs by the fields that they are for. */
export type Turn = ReadonlyMap<string, OddInput>;

/** How many inputs a field gets in a sample; of a form with several, each is left alone in every sixth request. */
const [eachField, turnsOfSeveral, leftAlone] = [15, 18, 6];

/**
 * Which inputs each form is asked with, the same each time. `all`: each field with each input, one at a time. Else each field
 * with fifteen inputs, most of a form's fields at a time beside valid others, so that none hides what another does.
 */
export function turnsOf(forms: readonly OddForm[], all: boolean): [OddForm, Turn[]][] {
  const step = 61; // Has no divisor in common with the number of inputs: each comes as often as any other.
  let next = 0;
  return forms.map((form) => {
    if (all)
      return [
        form,
        form.fields.flatMap((field) => oddInputs.map((input): Turn => new Map([[field, input]]))),
      ];
    const isAlone = form.fields.length < 2;
    const turns = Array.from({ length: isAlone ? eachField : turnsOfSeveral }, (_, turn): Turn => {
      const odd = form.fields.filter((_field, place) => isAlone || (place + turn) % leftAlone !== 0);
      return new Map(
        odd.flatMap((field) => {
          next += 1;
          const input = oddInputs[(next * step) % oddInputs.length];
          return input ? [[field, input] as const] : [];
        }),
      );
    });
    return [form, form.fields.length === 0 ? [] : turns];
  });
}

/** Texts that nobody would call odd: empty, short, a day, a number, a place, and longer than fields of each length take. */
const plainTexts = [
  ...['', 'слово', '7', '2026-12-12', 'vk.com/club7', 'guest7@example.ru', '/ranking'],
  ...['x'.repeat(400), 'x'.repeat(2500)],
];

const plain = (text: string): Sent => ({ text, isField: false, encoded: encodeURIComponent(text) });

/** What is longer than anything of its kind takes: an address is refused before a form is. */
const longest = { address: plain('x'.repeat(13_000)), form: plain('x'.repeat(20_000)) };
const notUtf8: Sent = { text: '\ufffd', encoded: '%fe', isField: false };
const another: Sent = { text: 'odd=1', encoded: 'odd=1', isField: true };

/** Inputs that nobody would call odd, for each form: they show what its answers may look like. */
export function harmlessTurnsOf({ fields, kind }: OddForm): ReadonlyMap<string, Sent>[] {
  const texts = plainTexts.map(plain);
  const all = (sent: Sent): ReadonlyMap<string, Sent> => new Map(fields.map((field) => [field, sent]));
  // Whoever overwrites something says what they have seen: with a text for that nothing is ever done.
  const done = (sent: Sent): ReadonlyMap<string, Sent> =>
    new Map(fields.filter((field) => field !== 'version').map((field) => [field, sent]));
  const one = (sent: Sent): ReadonlyMap<string, Sent> =>
    new Map(fields.slice(0, 1).map((field) => [field, sent]));
  // Beside each other as well, so that a page shows one field's refusal and not the other's.
  const mixed = [0, 2, 4, 6].map(
    (turn) =>
      new Map(
        fields.flatMap((field, place) => {
          const sent = texts[(turn + place * 5) % texts.length];
          return sent && (place + turn) % 3 !== 0 ? [[field, sent] as const] : [];
        }),
      ),
  );
  // Each time somebody signs in, a password is hashed: where they are led tells no more by trying it more often.
  if (kind === 'login') return [new Map(), ...texts.slice(0, 2).map(all), all(plain('/ranking'))];
  const isSent = kind === 'edit' || kind === 'account';
  const isOverwriting = fields.includes('version');
  return [
    ...(isOverwriting ? texts.slice(1, 3).map(done) : []),
    ...[new Map<string, Sent>(), ...texts.map(all), all(another)],
    ...(fields.length > 1 ? mixed : []),
    ...(isSent ? [all(longest.form), one(longest.form)] : [one(longest.address)]),
    ...(kind === 'path' ? [all(notUtf8)] : []),
  ];
}
