import { describeOddStories } from '../helpers/odd-stories.ts';

describeOddStories('Telegram by an account', { perPage: 100, steps: [2] });
