import { answerList } from '#lib/server/api/answer.ts';
import { listOrganisations } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'organisations',
  columns: [
    'id',
    'name',
    'short',
    'level',
    'parent.id',
    'parent.name',
    'sector',
    'municipality',
    'tier',
    'members',
    'league.id',
    'league.name',
    'status',
    'pages',
  ],
  ask: (parameters) => listOrganisations(useServices().analytics, parameters),
});
