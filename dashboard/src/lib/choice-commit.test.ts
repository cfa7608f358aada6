import { expect, test } from 'vitest';
import { ChoiceCommit } from './choice-commit.ts';

const press = (choice: ChoiceCommit, key: string, altKey = false) => choice.pressed({ key, altKey });
const nothing = { apply: false, restore: null };

test('arrows and letters in a closed list change it without being meant, until Enter', () => {
  const choice = new ChoiceCommit();
  for (const key of ['ArrowDown', 'ArrowUp', 'End', 'PageDown', 'т']) {
    expect(press(choice, key)).toEqual(nothing);
    expect(choice.changed('vk')).toBe(false);
  }
  expect(press(choice, 'Enter')).toEqual({ apply: true, restore: null });
  expect(choice.left()).toBe(false);
});

test('a list that is left with a change means it; one without does not', () => {
  const choice = new ChoiceCommit();
  press(choice, 'ArrowDown');
  choice.changed('');
  expect(press(choice, 'Tab')).toEqual(nothing);
  expect(choice.left()).toBe(true);
  press(choice, 'ArrowDown');
  expect(choice.left()).toBe(false);
});

test('Escape takes a change back to what was chosen before all of them', () => {
  const choice = new ChoiceCommit();
  press(choice, 'ArrowDown');
  choice.changed('');
  press(choice, 'ArrowDown');
  choice.changed('vk');
  expect(press(choice, 'Escape')).toEqual({ apply: false, restore: '' });
  expect(press(choice, 'Escape')).toEqual(nothing);
  expect(choice.left()).toBe(false);
});

test.each([' ', 'F4', 'Enter'])('a choice in a list that "%s" has opened is meant at once', (key) => {
  const choice = new ChoiceCommit();
  press(choice, key);
  expect(choice.changed('')).toBe(true);
});

test('so is one in a list that Alt and an arrow have opened, by a mouse, or by a program', () => {
  const choice = new ChoiceCommit();
  expect(choice.changed('')).toBe(true);
  press(choice, 'Alt');
  press(choice, 'ArrowDown', true);
  expect(choice.changed('')).toBe(true);
  press(choice, 'ArrowDown');
  choice.pointed();
  expect(choice.changed('')).toBe(true);
});

test('where keys in the open list are told, as Firefox does, Enter before the change means it', () => {
  const choice = new ChoiceCommit();
  press(choice, ' ');
  press(choice, 'ArrowDown');
  expect(press(choice, 'Enter')).toEqual(nothing);
  expect(choice.changed('')).toBe(true);
});
