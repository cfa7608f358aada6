import { answerList } from '#lib/server/api/answer.ts';
import { tableColumns } from '#lib/server/api/columns.ts';
import { listPosts } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'posts',
  columns: tableColumns.posts,
  ask: (parameters) => listPosts(useServices().analytics, parameters),
});
