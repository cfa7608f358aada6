import { feastTopics } from './feasts.ts';
import { growthTopics } from './growth.ts';
import { healthTopics } from './health.ts';
import { partnershipTopics } from './partnership.ts';
import { payTopics } from './pay.ts';
import { peopleTopics } from './people.ts';
import { rightsTopics } from './rights.ts';
import { safetyTopics } from './safety.ts';
import { sportTopics } from './sport.ts';
import type { Subject, Topic } from './topic.ts';
import { wordTopics } from './words.ts';

/** What unions do at the workplace. */
const workTopics = [...payTopics, ...partnershipTopics, ...safetyTopics, ...rightsTopics, ...growthTopics];
/** What they do besides. */
const lifeTopics = [...sportTopics, ...healthTopics, ...feastTopics, ...peopleTopics, ...wordTopics];

/** All that is written about; neighbours in the list differ widely. */
export const topics: readonly Topic[] = workTopics.flatMap((topic, index) => {
  const other = lifeTopics[index];
  return other === undefined ? [topic] : [topic, other];
});

/** Every subject of every season. */
export const subjects: readonly Subject[] = topics.flatMap((topic) =>
  topic.otherwise === undefined ? [topic] : [topic, topic.otherwise],
);

/** Whether the months hold this one; they may reach over the end of the year. */
function isSeason([from, to]: readonly [number, number], month: number): boolean {
  return from <= to ? from <= month && month <= to : month >= from || month <= to;
}

/** What is written about at a place in the list (any whole number) in a month (1-12). */
export function subjectAt(index: number, month: number): Subject {
  const topic = topics[((index % topics.length) + topics.length) % topics.length];
  if (topic === undefined) {
    throw new RangeError('There are no topics.');
  }
  return topic.otherwise && topic.months && !isSeason(topic.months, month) ? topic.otherwise : topic;
}
