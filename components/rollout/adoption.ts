/** Whether a workspace that exists is used, rather than one that is created. */
export function isAdopted(workspace: object | undefined): boolean {
  const { existingName, existingResourceId } = (workspace ?? {}) as Readonly<Record<string, unknown>>;
  return existingName !== undefined || existingResourceId !== undefined;
}
