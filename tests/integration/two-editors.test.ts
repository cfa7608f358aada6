import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  morning,
  openSilentScreenFixture,
  type SilentScreenFixture,
} from '../helpers/silent-screen-fixture.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('each form is brought over to the engine, and each screen counted by it');

let fixture: SilentScreenFixture;
beforeAll(async () => {
  fixture = await openSilentScreenFixture();
});
afterAll(async () => {
  await fixture.close();
});

const contacts = (phone: string) => ({ person: '1', name: 'Петрова Анна Ивановна', email: '', phone });
const versionOf = async (form: string): Promise<string> =>
  String((await fixture.screen(`form=${form}`)).edits?.form?.version);

test('the second of two who have the same form open is told, keeps what they entered, and is taken when they have seen what holds now', async () => {
  const version = await versionOf('contacts-1');
  const first = await fixture.done('contacts', { ...contacts('24-55-01'), version });
  const sent = { ...contacts('24-55-02'), version };
  const { refused } = await fixture.send('contacts', sent, 'form=contacts-1&at=organisation-1');
  expect(refused).toMatchObject({
    status: 409,
    data: {
      isForbidden: false,
      problems: [
        {
          field: null,
          code: 'edited_meanwhile',
          found: 'dashboard',
          detail: new Date(morning).toISOString(),
        },
      ],
      values: { phone: ['24-55-02'] },
    },
  });
  expect((await fixture.screen('form=contacts-1')).edits?.form).toMatchObject({
    person: { phone: '24-55-01' },
  });
  const second = await fixture.done('contacts', { ...sent, version: await versionOf('contacts-1') });
  await fixture.undo(second);
  await fixture.undo(first);
});

test('a form that says no version overwrites nothing, though nobody else has edited', async () => {
  for (const version of [[], [''], ['nothing']]) {
    const { refused } = await fixture.send('contacts', { ...contacts('24-55-03'), version });
    expect(refused).toMatchObject({
      status: 409,
      data: { problems: [{ code: 'edited_meanwhile' }], values: { phone: ['24-55-03'] } },
    });
  }
  expect((await fixture.screen('form=contacts-1')).edits?.form).not.toMatchObject({
    person: { phone: '24-55-03' },
  });
});

test('a reminder and another organisation’s edits are in nobody’s way', async () => {
  const [person, organisation] = [await versionOf('contacts-1'), await versionOf('pause-1')];
  const reminder = await fixture.done('remind', { person: '1', page: '1', channel: 'phone', note: '' });
  const days = { from: '2026-12-01', to: '2026-12-02', reason: 'отпуск' };
  const other = await fixture.done('pause', { organisation: '3', ...days });
  const own = await fixture.done('contacts', { ...contacts('24-55-01'), version: person });
  const pause = await fixture.done('pause', { organisation: '1', ...days, version: organisation });
  for (const entry of [pause, own, other, reminder]) await fixture.undo(entry);
});
