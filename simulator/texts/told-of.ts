import { subjects } from './topics/index.ts';
import type { Story } from './topics/topic.ts';

/** A story as a text tells it: its theme and lead, and the places of the details that are told. */
export interface ToldStory {
  theme: string;
  lead: string;
  places: number[];
}

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What the template can become; what begins with a slot may begin with any capital. */
function pattern(template: string): string {
  const parts = template.split(/\{[^}]*\}/u).map(quoted);
  return parts.join('[^\\n]{1,120}?');
}

/** The story with all its details as one expression: any of them may be left out. */
function expressionOf({ lead, details }: Story): RegExp {
  const each = details.map((detail) => `(${pattern(detail)}(?: |$))?`).join('');
  return new RegExp(`^(?:\\P{L}+ )?${pattern(lead)}\\n\\n${each}$`, 'u');
}

const known = subjects.flatMap(({ theme, stories }) =>
  stories.map((story) => ({ theme, lead: story.lead, expression: expressionOf(story) })),
);

/** The stories that a text of news can be one of: by the first two of its paragraphs. */
export function storiesToldBy(text: string): ToldStory[] {
  const told = text.split('\n\n').slice(0, 2).join('\n\n');
  return known.flatMap(({ theme, lead, expression }) => {
    const found = expression.exec(told);
    if (!found) return [];
    const places = found.slice(1).flatMap((detail, index) => (detail === undefined ? [] : [index]));
    return [{ theme, lead, places }];
  });
}
