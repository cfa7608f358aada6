import { describeOddStories } from '../helpers/odd-stories.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects weeks of channels with odd answers');

describeOddStories('t.me', { perPage: 20, steps: [15] });
