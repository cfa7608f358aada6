import { describeOddStories } from '../helpers/odd-stories.ts';

describeOddStories('t.me', { perPage: 20, steps: [15] });
