import { answerList } from '#lib/server/api/answer.ts';
import { tableColumns } from '#lib/server/api/columns.ts';
import { listOrganisations } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'organisations',
  columns: tableColumns.organisations,
  ask: (parameters) => listOrganisations(useServices().analytics, parameters),
});
