import { describeOddStories } from '../helpers/odd-stories.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects weeks of channels with odd answers');

describeOddStories('Telegram by an account', { perPage: 100, steps: [2] });
