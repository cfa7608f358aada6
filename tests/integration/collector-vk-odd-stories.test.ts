import { describeOddStories } from '../helpers/odd-stories.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects weeks of walls with odd answers');

describeOddStories('VK', { perPage: 100, steps: [3] });
