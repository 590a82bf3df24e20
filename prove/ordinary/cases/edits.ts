import { ComponentResource } from "@pulumi/pulumi";
import { BLUE, GREEN } from "../../../demo/article";
import type { OrdinaryCase } from "../case";
import type { InlineWorld } from "../inline";
import { group, heart } from "../program";
import type { Changes } from "../program";

type Edit = Omit<OrdinaryCase<InlineWorld>, "section" | "world" | "ends" | "does"> & {
  readonly program: () => unknown;
  readonly ends?: OrdinaryCase["ends"];
};

const PROTECTED = /cannot be (deleted|replaced)\s+because it is protected/;
const PLACE = "an endpoint cannot change it";

/** A folder of resources, as programs have them. */
class Team extends ComponentResource {
  constructor(name: string) {
    super("acme:index:Team", name);
  }
}

/** Edits of the program, inline. */
const EDITS: readonly Edit[] = [
  { name: "renames the component and gives no alias", program: () => heart({ name: "cardio" }), says: [PROTECTED] },
  {
    name: "moves the component under another one and gives no alias",
    program: () => heart({ options: { parent: new Team("cardiology") } }),
    says: [PROTECTED],
  },
  {
    name: "renames the component with an alias",
    program: () => heart({ name: "cardio", options: { aliases: [{ name: "heart" }] } }),
    ends: "succeeds",
    writes: 0,
  },
  { name: "takes the component out of the program", program: () => group(), says: [PROTECTED] },
  { name: "takes everything out of the program", program: () => ({}), says: [PROTECTED] },
  {
    name: "does not wait for what declares the component",
    program: () => void setTimeout(heart, 20_000).unref(),
    says: [PROTECTED],
  },
  {
    name: "changes the location of the program's resource group",
    program: () => heart({ resourceGroupName: group({ location: "northeurope" }) }),
    says: [/cannot be (deleted|replaced)\s+because it is protected|location: westeurope -> northeurope/],
  },
  {
    name: "gives the program's resource group another name",
    program: () => heart({ resourceGroupName: group({ resourceGroupName: "rg-cardio" }) }),
    says: [new RegExp(`resourceGroupName: .*${PLACE}|because it is protected`)],
  },
  {
    name: "names another group for the component",
    program: () => {
      group();
      return heart({ resourceGroupName: "rg-other" });
    },
    says: ["there is no resource group rg-other"],
  },
  {
    name: "changes the location of the component",
    program: () => heart({ location: "northeurope" }),
    says: [`location: westeurope -> northeurope: ${PLACE}`],
  },
  {
    name: "gives the endpoint another name",
    program: () => heart({ endpointName: "heart-2" }),
    says: [new RegExp(`endpointName: .* -> heart-2: ${PLACE}`)],
  },
  {
    name: "gives the workspace another name",
    program: () => heart({ workspace: { name: "mlw-other" } }),
    says: [new RegExp(`workspace: .* -> mlw-other: ${PLACE}`)],
  },
  {
    name: "shifts everything to the other deployment and removes the first one in the same update",
    program: () => heart({ deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } }),
    says: [BLUE],
  },
  {
    name: "removes the candidate while it has weight",
    program: () => heart({ deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    says: [GREEN],
  },
];

const WITH_TRAFFIC: Changes = {};
void WITH_TRAFFIC;

export const edits: readonly OrdinaryCase<InlineWorld>[] = EDITS.map(({ program, ends = "refused", ...others }) => ({
  section: "the program is edited",
  world: "inline",
  ends,
  does: (world) => void (world.program = program),
  ...others,
}));
