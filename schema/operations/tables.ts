import type { Generated } from 'kysely';
import type { PersonBasis } from '#domain/personal-data.ts';
import type {
  Level,
  Network,
  OtherKind,
  Outcome,
  PageState,
  ReachProof,
  ReminderChannel,
  Role,
  Tier,
} from '#domain/vocabulary.ts';

/** What a revision is of: what was observed and counted, the register with its mirror, or what was set. */
export type RevisionStream = 'observations' | 'register' | 'rules';
/**
 * `rebuild`: counting, or making the mirror of the register; `note`: an edit of which the mirror has nothing; `upgrade`:
 * numbers begin above what is stored.
 */
export type RevisionKind = 'run' | 'rebuild' | 'edit' | 'note' | 'import' | 'settings' | 'upgrade';

/**
 * The shapes of the operations store as Kysely sees them: names in camelCase, instants as ISO 8601 text in UTC,
 * days as `YYYY-MM-DD`, anything structured as JSON text. The repositories beside this file decode them.
 */
export interface OperationsTables {
  organisations: {
    id: Generated<number>;
    parentId: number | null;
    council: string;
    name: string;
    short: string;
    level: Level;
    sector: string;
    municipality: string;
    tier: Tier;
    started: string | null;
    league: string;
    createdAt: string;
    removedAt: string | null;
    version: Generated<number>;
  };
  members: { organisationId: number; onDay: string; count: number };
  people: {
    id: Generated<number>;
    name: string;
    email: string;
    phone: string;
    basis: Generated<PersonBasis['basis']>;
    proof: Generated<string>;
    basisOn: Generated<string>;
    processingGiven: Generated<string>;
    processingWithdrawn: Generated<string>;
    disseminationGiven: Generated<string>;
    disseminationWithdrawn: Generated<string>;
    /** Since when they have no part; `null` while they have one. */
    endedAt: string | null;
    version: Generated<number>;
  };
  personRoles: { organisationId: number; personId: number; role: Role; endedAt: string | null };
  pauses: { id: Generated<number>; organisationId: number; fromDay: string; toDay: string; reason: string };
  pages: {
    id: Generated<number>;
    organisationId: number;
    network: Network;
    nativeId: number | null;
    name: string | null;
    title: string;
    link: string;
    state: PageState;
    stateSince: string | null;
    historyReached: string | null;
    historyCursor: number | null;
    lastSuccess: string | null;
    lastOutcome: Outcome | null;
    lastOutcomeSlot: string | null;
    nextDue: string | null;
    lastDeep: string | null;
    historyPublished: string | null;
    historyOffset: number | null;
    reachProof: ReachProof | null;
    lookDoubt: string | null;
    historyDoubt: string | null;
    historyDropped: string | null;
    wantedSince: string | null;
    readUntil: string | null;
    failedLooks: Generated<number>;
    storedPosts: Generated<number>;
    foundAs: OtherKind | null;
    review: string | null;
    addedAt: string;
    removedAt: string | null;
    version: Generated<number>;
  };
  settings: { key: string; value: string };
  journal: {
    id: Generated<number>;
    at: string;
    who: string;
    what: string;
    subject: string;
    before: string | null;
    after: string | null;
    address: Generated<string>;
    hash: Generated<string>;
  };
  journalValues: { entryId: number; path: string; personId: number | null; salt: string; value: string };
  journalHead: { id: number; entryId: number; hash: string };
  leases: { name: string; holder: string; expires: number };
  quotas: { tokenFingerprint: string; method: string; day: string; used: number };
  telegramEntities: {
    account: string;
    channelId: number;
    accessHash: string;
    name: string | null;
    learntAt: string;
  };
  reminders: {
    id: Generated<number>;
    at: string;
    /** A user's id, or a word for the command: as `grantedBy` and `createdBy` below. */
    who: string;
    personId: number;
    channel: ReminderChannel;
    note: string;
  };
  owedDays: { pageId: number; fromDay: string; since: string; ticket: string; writing: number };
  reminderPages: { reminderId: number; pageId: number };
  revisions: {
    id: number;
    stream: RevisionStream;
    started: number;
    committed: number | null;
    kind: RevisionKind;
    slot: string | null;
    actor: string | null;
    summary: string | null;
  };
  users: {
    id: string;
    name: string;
    email: string;
    emailVerified: number;
    image: string | null;
    twoFactorEnabled: number | null;
    createdAt: string;
    updatedAt: string;
    personId: number | null;
    removedAt: string | null;
  };
  sessions: {
    id: string;
    userId: string;
    token: string;
    expiresAt: string;
    ipAddress: string | null;
    userAgent: string | null;
    createdAt: string;
    updatedAt: string;
  };
  credentials: {
    id: string;
    userId: string;
    accountId: string;
    providerId: string;
    password: string | null;
    createdAt: string;
    updatedAt: string;
  };
  twoFactors: { id: string; userId: string; secret: string; backupCodes: string };
  roleGrants: {
    id: Generated<number>;
    userId: string;
    role: string;
    organisationId: number | null;
    grantedAt: string;
    grantedBy: string;
    endsAt: string | null;
  };
  attempts: { key: string; points: number; expires: number };
  oneTimeLinks: {
    id: Generated<number>;
    kind: string;
    tokenHash: string;
    userId: string | null;
    payload: string | null;
    createdAt: string;
    createdBy: string;
    expiresAt: string;
    usedAt: string | null;
    revokedAt: string | null;
  };
  apiTokens: {
    id: Generated<number>;
    name: string;
    tokenHash: string;
    scopes: string;
    userId: string | null;
    createdAt: string;
    expiresAt: string;
    lastUsedAt: string | null;
    revokedAt: string | null;
  };
  shareLinks: {
    id: Generated<number>;
    name: string;
    tokenHash: string;
    view: string;
    organisationId: number | null;
    query: string;
    framedBy: string;
    userId: string;
    createdAt: string;
    expiresAt: string;
    lastUsedAt: string | null;
    revokedAt: string | null;
  };
  migrations: { number: number; name: string; checksum: string; applied: string };
}
