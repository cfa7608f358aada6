import { registerEdits } from '#register/edits/registry.ts';
import { editParameters } from '../edit-address.ts';
import { editActions } from './edit-actions.ts';

/** The form actions of an organisation's own screen. They lead back to it and its period. */
export const organisationActions = editActions(registerEdits, (url, made) => {
  const period = ['from', 'to'].flatMap((name): [string, string][] => {
    const day = url.searchParams.get(name);
    return day ? [[name, day]] : [];
  });
  return `${url.pathname}?${new URLSearchParams([...period, ...editParameters(made)])}#notice`;
});
