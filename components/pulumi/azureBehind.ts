import * as pulumi from "@pulumi/pulumi";
import { isPlainMap } from "./settledInputs";
import { promiseOf, resourcesBehind } from "./sdkInternals";

/** Providers of Azure. */
const AZURE = /^(?:azure|azapi)/;

/** Sorted URNs of the Azure resources that the inputs come from; undefined when there are none. */
export async function azureBehind(inputs: unknown): Promise<string[] | undefined> {
  const resources = await Promise.all(outputsIn(inputs).map(resourcesBehind));
  const urns = resources.flatMap((all) => [...all]).map(({ urn }) => promiseOf(urn).catch(() => undefined));
  const known = (await Promise.all(urns)).filter((urn) => urn !== undefined);
  const found = [...new Set(known)].filter((urn) => AZURE.test(typeOfUrn(urn))).toSorted();
  return found.length === 0 ? undefined : found;
}

/** The type of a resource, such as `azure-native:resources:ResourceGroup`, without its parents' types. */
export function typeOfUrn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function outputsIn(value: unknown): pulumi.Output<unknown>[] {
  if (pulumi.Output.isInstance(value)) return [value];
  return Array.isArray(value) || isPlainMap(value) ? Object.values(value).flatMap(outputsIn) : [];
}
