import type { RequestEvent } from '@sveltejs/kit';
import { scopeOf, type HeldRole } from '#accounts/scope.ts';
import { firstOfLevel } from '#schema/operations/organisations.ts';
import { demoReaders, type DemoReaderName } from '../demo-readers.ts';
import { opennessOf } from './openness.ts';
import { demoReader, strangerOf, type Reader } from './reader.ts';
import type { DashboardServices } from './services.ts';

/** Whom the screens of a demo were last looked through, by this browser. No other server reads it. */
const cookie = 'demo-reader';

/**
 * Whom somebody looks at a demo as: the one they have chosen; else everybody where it is public, and the department where not. A
 * made-up reader sees what their role opens, also where more is open to everybody: it is looked at through them.
 */
export async function readDemoReader(event: RequestEvent, services: DashboardServices): Promise<Reader> {
  const { publicDashboard } = services.settings;
  const offered = demoReaders.filter((name) => publicDashboard || name !== 'everybody');
  const name =
    [event.url.searchParams.get('reader'), event.cookies.get(cookie)]
      .map((text) => offered.find((each) => each === text))
      .find((each) => each !== undefined) ?? (publicDashboard ? 'everybody' : 'department');
  if (event.url.searchParams.has('reader'))
    event.cookies.set(cookie, name, { path: '/', sameSite: 'lax', httpOnly: true, secure: false });
  event.locals.demoReader = { name, offered };
  const openness = await opennessOf(services);
  if (name === 'everybody') return strangerOf(openness);
  const scope = await scopeOf(services.operations, await heldBy(name, services));
  return demoReader(name, scope, openness.naming);
}

async function heldBy(
  name: Exclude<DemoReaderName, 'everybody'>,
  { operations }: DashboardServices,
): Promise<HeldRole[]> {
  if (name !== 'organisation') return [{ role: name, organisationId: null }];
  const organisation = await firstOfLevel(operations, 'branch');
  return organisation ? [{ role: name, organisationId: organisation.id }] : [];
}
