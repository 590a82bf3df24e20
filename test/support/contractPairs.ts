import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { MODELS } from "./modelFiles";
import { column } from "./mlModelText";

type Column = Readonly<Record<string, unknown>>;

/** What is done to the inputs of a candidate that is otherwise the stable model. */
export interface ContractPair {
  readonly change: string;
  readonly inputs: (stable: readonly Column[]) => readonly object[];
}

export const PAIRS: readonly ContractPair[] = [
  { change: "nothing but the weights of the model", inputs: (stable) => stable },
  { change: "`bmi` added, optional", inputs: (stable) => [...stable, column("bmi", "double", false)] },
  { change: "`bmi` added, required", inputs: (stable) => [...stable, column("bmi", "double")] },
  {
    change: "`age` retyped from `long` to `string`",
    inputs: (stable) => stable.map((input) => (input["name"] === "age" ? { ...input, type: "string" } : input)),
  },
  { change: "`slope` removed", inputs: (stable) => stable.filter(({ name }) => name !== "slope") },
  { change: "the columns reordered", inputs: (stable) => stable.toReversed() },
];

/** The `MLmodel` file of the example's first model with other inputs. */
export function changedMlModel(inputs: ContractPair["inputs"]): string {
  const model = parse(readFileSync(join(MODELS, "blue", "MLmodel"), "utf8")) as { signature: { inputs: string } };
  const stable = JSON.parse(model.signature.inputs) as readonly Column[];
  return stringify({ ...model, signature: { ...model.signature, inputs: JSON.stringify(inputs(stable)) } });
}
