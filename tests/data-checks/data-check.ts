/** One comparison of the project’s own code with real answers: `problem` is `null` when it holds. */
export interface DataCheck {
  name: string;
  problem: string | null;
}

/**
 * What every other file of this folder exports, under the name `checkData`.
 * @param folder the data: `vk-schema/`, `vk-captures/` ...
 */
export type CheckData = (folder: string) => Promise<DataCheck[]>;
