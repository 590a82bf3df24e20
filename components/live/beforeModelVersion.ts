import type { HookInputs } from "./hookInputs";
import { refuse } from "./refusal";
import { at, known } from "./stepInputs";

/** A registered version never changes ("Asset paths cannot be updated"). */
export async function beforeModelVersion({ oldInputs, newInputs }: HookInputs): Promise<void> {
  const [before, after] = [oldInputs, newInputs].map((inputs) => known(at(inputs, ["properties", "modelUri"])));
  if (before === undefined || after === undefined || before === after) return;
  const version = String(at(newInputs, ["version"]));
  refuse("the model version", [
    {
      path: `model.versions.${version}`,
      reason: `its content is not what is registered; registered versions never change, declare the new content as version ${Number(version) + 1} or later`,
    },
  ]);
}
