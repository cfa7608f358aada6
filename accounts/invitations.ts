import * as z from 'zod';
import {
  addOneTimeLink,
  listOpenLinks,
  revokeOneTimeLinks,
  takeOneTimeLink,
  type OneTimeLink,
} from '#schema/operations/one-time-links.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { findUser } from '#schema/operations/users.ts';
import type { Accounts } from './accounts.ts';
import { journalAccount, type AccountActor } from './actor.ts';
import { readEmail, readName, readRole } from './entered.ts';
import { linkLasts, workingLink } from './links.ts';
import { addAccount } from './new-account.ts';
import { grantableRoles, mayGrant } from './permissions.ts';
import { AccountRefused } from './problems.ts';
import { mayStillGrant } from './roles.ts';
import { readWhere } from './where.ts';
import { readPerson } from './whose.ts';

const invitationForm = z.object({
  email: z.string(),
  name: z.string(),
  role: z.enum(grantableRoles),
  /** Where the role holds; `null` for the whole federation. */
  organisationId: z.number().nullable().default(null),
  /** Whose account it becomes; `null` when nobody of the register was chosen. */
  personId: z.number().nullable().default(null),
});
export type Invitation = z.infer<typeof invitationForm>;

/** Invites somebody; returns the token of the link that is handed on to them. Rejects with `AccountRefused`. */
export async function invite(
  { operations, clock }: Accounts,
  entered: { name: string; email: string; role: string; organisation?: string; registered?: string },
  actor: AccountActor,
): Promise<string> {
  const role = readRole(entered.role);
  const named = { name: readName(entered.name), email: readEmail(entered.email), role };
  const organisationId = await readWhere(operations, role, entered.organisation ?? '');
  const personId = await readPerson(operations, entered.registered ?? '');
  const invitation: Invitation = { ...named, organisationId, personId };
  if (!mayGrant(actor.roles, role)) throw new AccountRefused('role_forbidden');
  const known = await findUser(operations, invitation.email);
  if (known && known.removedAt === null) throw new AccountRefused('email_taken');
  const now = clock.now();
  return await operations.transaction(async (inside) => {
    await replaceInvitations(inside, invitation.email, actor, now);
    const { id, token } = await addOneTimeLink(inside, {
      kind: 'invitation',
      userId: null,
      payload: invitation,
      createdBy: actor.who,
      createdAt: now,
      expiresAt: new Date(now.getTime() + linkLasts.invitation),
    });
    await journalAccount(inside, now, {
      who: actor.who,
      address: actor.address,
      what: 'account.invited',
      userId: `link-${id}`,
      after: { role, organisationId },
    });
    return token;
  });
}

/** Takes back earlier invitations to an address, those to roles that the actor may give: the newest link alone works. */
async function replaceInvitations(
  inside: Operations,
  email: string,
  actor: AccountActor,
  now: Date,
): Promise<void> {
  for (const { id, payload } of await listOpenLinks(inside, 'invitation', now)) {
    const { data: earlier } = invitationForm.safeParse(payload);
    if (earlier?.email === email && mayGrant(actor.roles, earlier.role))
      await uninvite(inside, id, actor, now);
  }
}

async function uninvite(inside: Operations, id: number, actor: AccountActor, now: Date): Promise<void> {
  await revokeOneTimeLinks(inside, 'invitation', now, { id });
  await journalAccount(inside, now, {
    who: actor.who,
    address: actor.address,
    what: 'account.uninvited',
    userId: `link-${id}`,
    after: null,
  });
}

/** Invitations that nobody has accepted yet, the oldest first. */
export async function openInvitations({
  operations,
  clock,
}: Accounts): Promise<{ link: OneTimeLink; invitation: Invitation }[]> {
  const links = await listOpenLinks(operations, 'invitation', clock.now());
  return links.map((link) => ({ link, invitation: invitationForm.parse(link.payload) }));
}

/** What an invitation says. Rejects with `AccountRefused` when its link does not work any more. */
export async function readInvitation(accounts: Accounts, token: string): Promise<Invitation> {
  const { operations, clock } = accounts;
  const { payload, createdBy } = await workingLink(accounts, 'invitation', token);
  const invitation = invitationForm.parse(payload);
  if (!(await mayStillGrant(operations, createdBy, [invitation.role], clock.now())))
    throw new AccountRefused('link_ended');
  return invitation;
}

/** Makes the account that somebody was invited to; returns its e-mail address. Rejects with `AccountRefused`. */
export async function acceptInvitation(
  accounts: Accounts,
  token: string,
  entered: { name: string; password: string },
  address?: string,
): Promise<string> {
  const link = await workingLink(accounts, 'invitation', token);
  const { email, role, organisationId, personId } = invitationForm.parse(link.payload);
  await addAccount(
    accounts,
    { ...entered, email },
    {
      role,
      organisationId,
      personId,
      by: link.createdBy,
      address,
      first: async (inside, now) => {
        const isGiven = await mayStillGrant(inside, link.createdBy, [role], now);
        if (!isGiven || !(await takeOneTimeLink(inside, link.id, now)))
          throw new AccountRefused('link_ended');
      },
    },
  );
  return email;
}

/** Takes an invitation back. Rejects with `AccountRefused`. */
export async function revokeInvitation(
  { operations, clock }: Accounts,
  id: number,
  actor: AccountActor,
): Promise<void> {
  const now = clock.now();
  await operations.transaction(async (inside) => {
    const open = (await listOpenLinks(inside, 'invitation', now)).find((link) => link.id === id);
    if (!open) throw new AccountRefused('no_such_account');
    if (!mayGrant(actor.roles, invitationForm.parse(open.payload).role))
      throw new AccountRefused('role_forbidden');
    await uninvite(inside, id, actor, now);
  });
}
