import type { Example } from "./example";
import { prepareCluster, prepareHub } from "./prerequisites";

export const EXAMPLES: readonly Example[] = [
  {
    name: "hardened",
    shows: "the secure set in an adopted workspace, with autoscale and models of a registry",
    prepare: prepareHub,
  },
  {
    name: "kubernetes",
    shows: "an endpoint in a cluster that is attached to the workspace",
    prepare: prepareCluster,
  },
  {
    name: "larger-stack",
    shows: "a virtual network, a container app that calls the endpoint with its key, and alerts",
    prepare: () => Promise.resolve({}),
  },
];
