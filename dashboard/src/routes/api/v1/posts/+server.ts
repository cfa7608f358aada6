import { answerList } from '#lib/server/api/answer.ts';
import { listPosts } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'posts',
  columns: [
    'network',
    'page',
    'id',
    'url',
    'published',
    'kind',
    'text',
    'textKind',
    'views',
    'likes',
    'comments',
    'reposts',
    'precision.views',
    'precision.likes',
    'precision.comments',
    'precision.reposts',
    'stars',
    'edited',
    'deleted',
    'lastDeleted',
    'returned',
  ],
  ask: (parameters) => listPosts(useServices().analytics, parameters),
});
