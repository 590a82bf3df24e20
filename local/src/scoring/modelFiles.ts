/** The files of a registered model version. */
export interface ModelFiles {
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
}
