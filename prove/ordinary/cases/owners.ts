import { STEPPED, declareHeart } from "../testbed/program";
import type { Document } from "../testbed/testbed";
import { inlineCases } from "./inlineCases";
import { typedCases } from "./typedCases";

const THEM = "organization/other/prod heart";

const inline = inlineCases("who owns the endpoint", [
  {
    name: "makes a step after another stack has taken the endpoint over",
    before: async (testbed) => {
      const tags = { ...((await testbed.endpoint())?.["tags"] as Document), "mlflow-rollout-owner": THEM };
      await testbed.editEndpoint({ tags });
    },
    program: () => declareHeart({ traffic: STEPPED }),
    says: [`the endpoint belongs to ${THEM}`, "takeOver"],
    wayOut: {
      todo: "take it over with `takeOver`, then `pulumi up`",
      prepare: (testbed) => void (testbed.program = () => declareHeart({ takeOver: THEM })),
    },
  },
  {
    name: "renames the component with an alias and makes a step",
    program: () => declareHeart({ name: "cardio", options: { aliases: [{ name: "heart" }] }, traffic: STEPPED }),
    ends: "succeeds",
    live: STEPPED,
    writes: 1,
    wayOut: {
      todo: "nothing; or back the same way",
      prepare: (testbed) => {
        testbed.program = () => declareHeart({ options: { aliases: [{ name: "cardio" }] }, traffic: STEPPED });
      },
    },
  },
]);

const typed = typedCases("who owns the endpoint", [
  {
    name: "runs up in a copy of the stack",
    before: (testbed) => testbed.copyStack("two"),
    commands: ["pulumi preview --stack two -c candidateTraffic=50", "pulumi up --stack two -c candidateTraffic=50"],
    says: ["the endpoint belongs to organization/heart/dev heart", "takeOver"],
    wayOut: { todo: "go on in the stack that owns it", prepare: () => undefined },
  },
  {
    name: "renames the stack",
    before: async (testbed) => {
      await testbed.type("pulumi stack rename prod");
    },
    commands: ["pulumi preview --stack prod", "pulumi up --stack prod"],
    // A copied state looks the same: only a person knows that there is no other stack.
    says: ["the endpoint belongs to organization/heart/dev heart", "takeOver"],
    wayOut: {
      todo: "take the endpoint over with `takeOver`; or back the same way",
      command: "pulumi stack rename dev --stack prod && pulumi up",
    },
  },
]);

export const owners = { inline, typed };
