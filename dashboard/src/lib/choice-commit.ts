/** Keys that open a list, choose from an open one, or only go with others: a change after them is meant. */
const choosing = new Set(['Enter', ' ', 'Tab', 'F4', 'Escape', 'Shift', 'Control', 'Alt', 'Meta']);

/** What a key press tells of a choice. */
export interface ChoiceKey {
  key: string;
  altKey: boolean;
}

/**
 * When a choice in a list is meant. A closed list changes with each arrow key and letter, in Chromium and in Firefox: such
 * a change waits until it is confirmed by Enter, or the list is left. One made with the mouse, by touch or in the open
 * list is meant at once. Not for a browser alone: it is told of key presses and changes, and tells what follows.
 */
export class ChoiceCommit {
  #isMoving = false;
  #before: string | null = null;

  /** Whether a change waits to be confirmed. */
  get isWaiting(): boolean {
    return this.#before !== null;
  }

  /** A key goes down in the list. `apply`: what waits is meant now; `restore`: the list goes back to that. */
  pressed({ key, altKey }: ChoiceKey): { apply: boolean; restore: string | null } {
    if (key === 'Enter' && this.isWaiting) {
      this.reset();
      return { apply: true, restore: null };
    }
    if (key === 'Escape' && this.#before !== null) {
      const restore = this.#before;
      this.reset();
      return { apply: false, restore };
    }
    // Alt with an arrow opens the list.
    this.#isMoving = !choosing.has(key) && !altKey;
    return { apply: false, restore: null };
  }

  /** A mouse or a finger goes down on the list. */
  pointed(): void {
    this.#isMoving = false;
  }

  /** The list has another value, and had `before`; tells whether that is meant at once. */
  changed(before: string): boolean {
    if (!this.#isMoving) {
      this.reset();
      return true;
    }
    this.#before ??= before;
    return false;
  }

  /** The list is left; tells whether something waited, which is meant now. */
  left(): boolean {
    const waited = this.isWaiting;
    this.reset();
    return waited;
  }

  /** Nothing waits any more. */
  reset(): void {
    this.#isMoving = false;
    this.#before = null;
  }
}
