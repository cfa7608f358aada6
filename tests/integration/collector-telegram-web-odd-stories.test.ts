import { describeOddStories } from '../helpers/odd-stories.ts';

describeOddStories('t.me');
