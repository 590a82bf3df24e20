import type { ComponentResourceOptions, Inputs, Output } from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider/provider";
import { ProgressiveMlflowEndpoint } from "../components";
import type { ProgressiveMlflowEndpointArgs } from "../components";

/** The part of a package schema that is read here. */
interface PackageSchema {
  readonly version: string;
  readonly resources: Readonly<Record<string, { readonly properties: object }>>;
}

/** Constructs the component for programs that know it only by its type token. */
export class RolloutPlugin implements Provider {
  readonly version: string;
  /** Output properties by type token. */
  private readonly outputs: ReadonlyMap<string, readonly string[]>;

  /** @param schema - the package schema, as JSON */
  constructor(readonly schema: string) {
    const { version, resources } = JSON.parse(schema) as PackageSchema;
    this.version = version;
    this.outputs = new Map(Object.entries(resources).map(([type, { properties }]) => [type, Object.keys(properties)]));
  }

  /** @throws Error for a type that the package does not have */
  async construct(
    name: string,
    type: string,
    inputs: Inputs,
    options: ComponentResourceOptions,
  ): Promise<ConstructResult> {
    const outputs = this.outputs.get(type);
    if (outputs === undefined) {
      const known = [...this.outputs.keys()].join(", ");
      throw new Error(`azure-mlflow-rollout has no component ${type}; it has ${known}`);
    }
    const component = new ProgressiveMlflowEndpoint(name, inputs as ProgressiveMlflowEndpointArgs, options);
    const values = component as unknown as Readonly<Record<string, Output<unknown>>>;
    return { urn: component.urn, state: Object.fromEntries(outputs.map((output) => [output, values[output]])) };
  }
}
