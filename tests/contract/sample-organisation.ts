import type { OrganisationFields } from '#schema/operations/organisations.ts';

/** When things are done in the suites, and a day later. */
export const now = new Date('2026-03-01T00:00:00.123Z');
export const later = new Date('2026-03-02T00:00:00.456Z');

/** An organisation as it is registered. */
export const fields: OrganisationFields = {
  parentId: null,
  council: '',
  name: 'Обком «Профсоюза» 😀',
  short: 'Обком',
  level: 'branch',
  sector: 'образование',
  municipality: '',
  tier: 'active',
  started: '2020-02-29',
  league: '',
};
