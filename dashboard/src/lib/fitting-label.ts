/** The whole text where it fits, else as much of its beginning as does, with an ellipsis. */
export function fittingLabel(text: string, isFitting: (text: string) => boolean): string {
  if (isFitting(text)) return text;
  for (let length = text.length - 1; length > 1; length -= 1) {
    const cut = `${text.slice(0, length).trimEnd()}…`;
    if (isFitting(cut)) return cut;
  }
  return `${text.slice(0, 1)}…`;
}
