/** What has the focus, when anything has: the page itself is nothing. */
export function focusedElement(): Element | null {
  const { activeElement, body } = document;
  return activeElement === body ? null : activeElement;
}

/**
 * To be attached to what opens in place. When it leaves the page and the focus is lost with it, the focus goes to what
 * opened it: after the kit, which gives the focus to the page at the end of a navigation.
 */
export function returnsFocus(opener: () => HTMLElement | null): () => () => void {
  return () => () => {
    setTimeout(() => {
      if (focusedElement() === null) opener()?.focus();
    });
  };
}

/** Whether a key press closes what is open: Escape that nothing nearer has taken, such as a hint or a choice of letters. */
export function isClosingKey(event: KeyboardEvent): boolean {
  return (
    event.key === 'Escape' &&
    !event.defaultPrevented &&
    !event.isComposing &&
    document.querySelector(':popover-open') === null
  );
}

/** To be attached to what opens in place: Escape in it does what closes it. */
export function closesOnEscape(close: () => void): (element: HTMLElement) => () => void {
  return (element) => {
    const closed = (event: KeyboardEvent) => {
      if (!isClosingKey(event)) return;
      event.preventDefault();
      close();
    };
    element.addEventListener('keydown', closed);
    return () => element.removeEventListener('keydown', closed);
  };
}

/** Closes a menu or a form that unfolds; the focus in it goes to what unfolds it. What was entered stays in it. */
export function foldUp(details: HTMLDetailsElement | undefined): void {
  if (!details?.open) return;
  const hadFocus = details.contains(document.activeElement);
  details.open = false;
  if (hadFocus) details.querySelector('summary')?.focus();
}

/** To be attached to a menu or a form that unfolds: Escape in it folds it up. */
export function foldsOnEscape(details: HTMLDetailsElement): () => void {
  return closesOnEscape(() => foldUp(details))(details);
}
