import { describeOddStories } from '../helpers/odd-stories.ts';

describeOddStories('VK', { perPage: 100, steps: [3] });
