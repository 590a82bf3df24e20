import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseRollout } from "../../components/config/rolloutValues";
import type { OpenRollout } from "../../cli/stack/openRollout";
import { Pulumi } from "../../cli/stack/pulumi";
import { StackFile } from "../../cli/stack/stackFile";
import type { Weights } from "../../components/rollout/weights";

/** What the last update left. */
interface Applied {
  readonly traffic: Weights;
  readonly mirror?: Weights;
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** The stable deployment that the last step recorded. */
  readonly stable?: string;
  /** Whether the update failed, so that it has left no outputs of the component. */
  readonly hasFailed?: true;
}

const URN = "urn:pulumi:dev::heart::azure-mlflow-rollout:index:ProgressiveMlflowEndpoint::heart";

/** The stack file of project `heart`, stack `dev`, with a text. */
export function stackFileOf(text: string): StackFile {
  const folder = mkdtempSync(join(tmpdir(), "stack-file-"));
  try {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: heart\nruntime: nodejs\n");
    writeFileSync(join(folder, "Pulumi.dev.yaml"), text);
    return StackFile.read(folder, "heart", "dev");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A rollout as a verb opens it, from the text of its stack file and what the last update left. */
export function openedRollout(
  text: string,
  { traffic, mirror = {}, inputs = {}, stable, hasFailed }: Applied,
): OpenRollout {
  const file = stackFileOf(text);
  const config = file.config("heart");
  const step = {
    urn: URN.replace(/[^:]+::heart$/, "Deployment::heart-traffic"),
    type: "azure-native:resources:Deployment",
    parent: URN,
    inputs: {
      properties: {
        parameters: {
          traffic: { value: traffic },
          mirrorTraffic: { value: mirror },
          tags: { value: stable === undefined ? {} : { "mlflow-rollout-stable": stable } },
        },
      },
    },
  };
  const version = {
    urn: URN.replace(/[^:]+::heart$/, "ModelVersion::heart-model-5"),
    type: "azure-native:machinelearningservices:ModelVersion",
    parent: URN,
    id: "/subscriptions/s/resourceGroups/rg/providers/x/workspaces/w/models/heart/versions/5",
  };
  const resources = [step, ...(hasFailed ? [version] : [])];
  return {
    cwd: "/project",
    pulumi: new Pulumi("/project"),
    place: { name: "dev", fullName: "organization/heart/dev", backendUrl: "file://~" },
    state: { deployment: { resources } },
    component: {
      name: "heart",
      urn: URN,
      inputs: { model: { name: "heart" }, ...inputs },
      outputs: hasFailed ? {} : { rollout: {} },
      endpointId: undefined,
    },
    file,
    namespace: "heart",
    declared: parseRollout((key) => config[key]).values,
  };
}
