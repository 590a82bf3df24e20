import { BLUE, GREEN } from "../../../driver/article";
import { STEPPED, declareGroup, declareHeart } from "../testbed/program";
import type { InlineTestbed } from "../testbed/inlineTestbed";
import { PROTECTED_ERROR, inlineCases } from "./inlineCases";
import { typedCases } from "./typedCases";

const OFF = "deletion protection is off";
const UNPROTECTED = { deletionProtection: false };

async function lift(testbed: InlineTestbed): Promise<void> {
  testbed.program = () => declareHeart(UNPROTECTED);
  await testbed.type("pulumi up");
}

const inline = inlineCases("protection is lifted", [
  {
    name: "lifts the protection and takes the component out in the same update",
    program: () => declareGroup(),
    says: [PROTECTED_ERROR],
  },
  {
    name: "lifts the protection and renames the component in the same update",
    program: () => declareHeart({ ...UNPROTECTED, name: "cardio" }),
    commands: ["pulumi preview"],
    says: [PROTECTED_ERROR],
  },
  {
    name: "makes a step without protection",
    program: () => declareHeart({ ...UNPROTECTED, traffic: STEPPED }),
    ends: "succeeds",
    live: STEPPED,
    says: [OFF],
  },
  {
    name: "shifts everything and removes the old deployment in one update, without protection",
    before: lift,
    program: () =>
      declareHeart({ ...UNPROTECTED, deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } }),
    ends: "succeeds",
    live: { [GREEN]: 100 },
    says: [OFF],
  },
  {
    name: "removes the candidate with its weight in one update, without protection",
    before: lift,
    program: () =>
      declareHeart({ ...UNPROTECTED, deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    ends: "succeeds",
    live: { [BLUE]: 100 },
  },
  {
    name: "protects the component by an option of its own, without deletion protection, and takes it out",
    before: async (testbed) => {
      testbed.program = () => declareHeart({ ...UNPROTECTED, options: { protect: true } });
      await testbed.type("pulumi up");
    },
    program: () => declareGroup(),
    says: [PROTECTED_ERROR],
    wayOut: { todo: "take the change back, then `pulumi up`" },
  },
  {
    name: "switches the protection on again",
    before: lift,
    program: () => declareHeart(),
    ends: "succeeds",
    writes: 0,
  },
]);

const typed = typedCases("protection is lifted", [
  {
    name: "lifts the protection for one update",
    commands: ["pulumi up -c deletionProtection=false"],
    ends: "succeeds",
    writes: 0,
    says: [OFF],
  },
  {
    name: "lifts the protection, then destroys everything",
    commands: ["pulumi up -c deletionProtection=false && pulumi destroy"],
    ends: "succeeds",
    live: "gone",
    deletesOnPurpose: true,
  },
  {
    name: "lifts the protection and destroys everything in one command",
    commands: ["pulumi destroy --run-program -c deletionProtection=false"],
    ends: "succeeds",
    live: "gone",
    deletesOnPurpose: true,
  },
  {
    name: "ignores the protection by name and destroys everything",
    commands: ["pulumi destroy --ignore-protect"],
    ends: "succeeds",
    live: "gone",
    deletesOnPurpose: true,
  },
]);

export const protection = { inline, typed };
