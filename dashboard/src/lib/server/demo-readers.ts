import type { RequestEvent } from '@sveltejs/kit';
import { scopeOf, type HeldRole } from '#accounts/scope.ts';
import { firstOfLevel } from '#schema/operations/organisations.ts';
import { demoReaders, type DemoReaderName } from '../demo-readers.ts';
import { opennessOf } from './openness.ts';
import { demoReader, type Reader } from './reader.ts';
import type { DashboardServices } from './services.ts';

/** Whom the screens of a demo were last looked through, by this browser. No other server reads it. */
const cookie = 'demo-reader';

const chosenIn = (event: RequestEvent): DemoReaderName =>
  [event.url.searchParams.get('reader'), event.cookies.get(cookie)]
    .map((text) => demoReaders.find((name) => name === text))
    .find((name) => name !== undefined) ?? 'department';

/** The made-up reader that somebody looks at a demo through: the one they have chosen, else the department. */
export async function readDemoReader(event: RequestEvent, services: DashboardServices): Promise<Reader> {
  const name = chosenIn(event);
  if (event.url.searchParams.has('reader'))
    event.cookies.set(cookie, name, { path: '/', sameSite: 'lax', httpOnly: true, secure: false });
  event.locals.demoReader = name;
  const held = await heldBy(name, services);
  return demoReader(name, await scopeOf(services.operations, held), await opennessOf(services));
}

async function heldBy(name: DemoReaderName, { operations }: DashboardServices): Promise<HeldRole[]> {
  if (name !== 'organisation') return [{ role: name, organisationId: null }];
  const organisation = await firstOfLevel(operations, 'branch');
  return organisation ? [{ role: name, organisationId: organisation.id }] : [];
}
