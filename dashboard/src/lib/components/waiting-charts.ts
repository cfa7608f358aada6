/** Charts that are not near the screen yet, each with what draws it. */
const waiting = new Set<() => Promise<void>>();

/** Draws a chart when it comes near the screen, or all are wanted. Gives what ends the waiting. */
export function whenNear(element: Element, draw: () => Promise<void>): () => void {
  const begin = async (): Promise<void> => {
    end();
    await draw();
  };
  const near = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void begin();
    },
    { rootMargin: '300px' },
  );
  const end = (): void => {
    near.disconnect();
    waiting.delete(begin);
  };
  waiting.add(begin);
  near.observe(element);
  return end;
}

/** Draws those that still wait, for a print of the whole page. */
export async function drawAllCharts(): Promise<void> {
  await Promise.all([...waiting].map(async (begin) => await begin()));
}
