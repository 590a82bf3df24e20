import type { AzureClient } from "../../driver/azureClient";

/** Stack config by its path, as `pulumi config set --path` takes it. */
export type Config = Readonly<Record<string, string>>;

/** An example, as the runner knows it. */
export interface Example {
  /** Its folder and the name of its project. */
  readonly name: string;
  readonly shows: string;
  /** Makes what must exist before it, as another team would, and gives the config that names it. */
  readonly prepare: (azure: AzureClient) => Promise<Config>;
}
