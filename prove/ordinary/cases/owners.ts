import { STEPPED, heart } from "../program";
import type { Document } from "../world";
import { inlineCases } from "./inlineCases";
import { typedCases } from "./typedCases";

const THEM = "organization/other/prod heart";

const inline = inlineCases("who owns the endpoint", [
  {
    name: "makes a step after another stack has taken the endpoint over",
    given: async (world) => {
      const tags = { ...((await world.endpoint())?.["tags"] as Document), "mlflow-rollout-owner": THEM };
      await world.editEndpoint({ tags });
    },
    program: () => heart({ traffic: STEPPED }),
    says: [`the endpoint belongs to ${THEM}`, "takeOver"],
    goesOn: {
      todo: "take it over with `takeOver`, then `pulumi up`",
      prepare: (world) => void (world.program = () => heart({ takeOver: THEM })),
    },
  },
  {
    name: "renames the component with an alias and makes a step",
    program: () => heart({ name: "cardio", options: { aliases: [{ name: "heart" }] }, traffic: STEPPED }),
    ends: "succeeds",
    live: STEPPED,
    writes: 1,
    goesOn: {
      todo: "nothing; or back the same way",
      prepare: (world) => {
        world.program = () => heart({ options: { aliases: [{ name: "cardio" }] }, traffic: STEPPED });
      },
    },
  },
]);

const typed = typedCases("who owns the endpoint", [
  {
    name: "runs up in a copy of the stack",
    given: (world) => world.copyStack("two"),
    commands: ["pulumi preview --stack two -c candidateTraffic=50", "pulumi up --stack two -c candidateTraffic=50"],
    says: ["the endpoint belongs to organization/heart/dev heart", "takeOver"],
    goesOn: { todo: "go on in the stack that owns it", prepare: () => undefined },
  },
  {
    name: "renames the stack",
    given: async (world) => {
      await world.type("pulumi stack rename prod");
    },
    commands: ["pulumi preview --stack prod", "pulumi up --stack prod"],
    // A copied state looks the same: only a person knows that there is no other stack.
    says: ["the endpoint belongs to organization/heart/dev heart", "takeOver"],
    goesOn: {
      todo: "take the endpoint over with `takeOver`; or back the same way",
      command: "pulumi stack rename dev --stack prod && pulumi up",
    },
  },
]);

export const owners = { inline, typed };
