import { error, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { AccountRefused } from '#accounts/problems.ts';
import type { NewTwoFactor } from '#accounts/two-factor.ts';
import type { AccountRefusal } from '#lib/accounts/labels.ts';
import { accountAction, type Sent } from '#lib/server/account-actions.ts';
import { matrixOf, type Matrix } from '#lib/server/qr-code.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ locals, url }) => ({
  isOn: locals.reader.account?.user.hasTwoFactor ?? error(403, 'Sign in first.'),
  isJustOff: url.searchParams.has('off'),
});

/** What came of an action that leads nowhere: why nothing was done, or a secret that is shown once. */
type Answer = AccountRefusal & { made?: NewTwoFactor & { matrix: Matrix } };

const action =
  (name: string, work: (sent: Sent, event: RequestEvent) => Promise<Answer>) =>
  async (event: RequestEvent): Promise<Answer | ActionFailure<Answer>> =>
    await accountAction(event, name, (sent) => work(sent, event));

export const actions: Actions = {
  begin: action('begin', async (sent, { request }) => {
    const made = await useServices().accounts.twoFactor.begin(request.headers, sent('current'));
    return { action: 'begin', codes: [], values: {}, made: { ...made, matrix: matrixOf(made.uri) } };
  }),
  confirm: action('confirm', async (sent, { request, locals }) => {
    if (sent('code').trim() === '') throw new AccountRefused('code_missing');
    locals.cookies.push(...(await useServices().accounts.twoFactor.confirm(request.headers, sent('code'))));
    redirect(303, '/account/second-factor');
  }),
  end: action('end', async (sent, { request, locals }) => {
    locals.cookies.push(...(await useServices().accounts.twoFactor.end(request.headers, sent('current'))));
    redirect(303, '/account/second-factor?off');
  }),
};
