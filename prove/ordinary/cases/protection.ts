import { BLUE, GREEN } from "../../../driver/article";
import { STEPPED, group, heart } from "../program";
import type { InlineWorld } from "../inline";
import { PROTECTED, inlineCases } from "./inlineCases";
import { typedCases } from "./typedCases";

const OFF = "deletion protection is off";
const UNPROTECTED = { deletionProtection: false };

async function lift(world: InlineWorld): Promise<void> {
  world.program = () => heart(UNPROTECTED);
  await world.type("pulumi up");
}

const inline = inlineCases("protection is lifted", [
  {
    name: "lifts the protection and takes the component out in the same update",
    program: () => group(),
    says: [PROTECTED],
  },
  {
    name: "lifts the protection and renames the component in the same update",
    program: () => heart({ ...UNPROTECTED, name: "cardio" }),
    commands: ["pulumi preview"],
    says: [PROTECTED],
  },
  {
    name: "makes a step without protection",
    program: () => heart({ ...UNPROTECTED, traffic: STEPPED }),
    ends: "succeeds",
    live: STEPPED,
    says: [OFF],
  },
  {
    name: "shifts everything and removes the old deployment in one update, without protection",
    given: lift,
    program: () =>
      heart({ ...UNPROTECTED, deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } }),
    ends: "succeeds",
    live: { [GREEN]: 100 },
    says: [OFF],
  },
  {
    name: "removes the candidate with its weight in one update, without protection",
    given: lift,
    program: () => heart({ ...UNPROTECTED, deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    ends: "succeeds",
    live: { [BLUE]: 100 },
  },
  {
    name: "protects the component by an option of its own, without deletion protection, and takes it out",
    given: async (world) => {
      world.program = () => heart({ ...UNPROTECTED, options: { protect: true } });
      await world.type("pulumi up");
    },
    program: () => group(),
    says: [PROTECTED],
    goesOn: { todo: "take the change back, then `pulumi up`" },
  },
  {
    name: "switches the protection on again",
    given: lift,
    program: () => heart(),
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
    asked: true,
  },
  {
    name: "lifts the protection and destroys everything in one command",
    commands: ["pulumi destroy --run-program -c deletionProtection=false"],
    ends: "succeeds",
    live: "gone",
    asked: true,
  },
  {
    name: "ignores the protection by name and destroys everything",
    commands: ["pulumi destroy --ignore-protect"],
    ends: "succeeds",
    live: "gone",
    asked: true,
  },
]);

export const protection = { inline, typed };
