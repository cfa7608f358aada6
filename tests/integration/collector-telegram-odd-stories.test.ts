import { describeOddStories } from '../helpers/odd-stories.ts';

describeOddStories('Telegram by an account');
