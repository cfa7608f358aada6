import { readerOf, strangerOf, type Reader } from '#dashboard/src/lib/server/reader.ts';
import { unnamedActor } from '#register/edits/actor.ts';

/** Whoever asks where the dashboard is public; the department without a name where it is not. */
export const readerWhere = ({ publicDashboard }: { publicDashboard: boolean }): Reader =>
  publicDashboard
    ? strangerOf({ publicDashboard, showsSilent: true })
    : readerOf(['department'], { key: 'department', who: unnamedActor });
