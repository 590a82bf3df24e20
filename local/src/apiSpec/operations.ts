import { ArmError } from "../arm/errors";
import type { ResourceId } from "../arm/ids";
import OPERATIONS from "./operations.json";

const ids: ReadonlyMap<string, string> = new Map(Object.entries(OPERATIONS));

/** The id of an operation of Azure ML in Microsoft's specification, such as `ModelVersions_Publish`. */
export function operationName(id: ResourceId, method: string): string | undefined {
  const { provider, types, tail, fullType, resourceGroup } = id;
  if (provider === undefined) return undefined;
  const type = [
    fullType === "" ? provider.toLowerCase() : fullType,
    ...(tail === undefined ? [] : [tail.toLowerCase()]),
  ];
  const verb = tail !== undefined && method === "GET" ? "LIST" : method;
  const depth = types.length + (tail === undefined ? 0 : 1);
  const place = resourceGroup === undefined && depth < 2 ? "subscription " : "";
  return ids.get(`${verb} ${place}${type.join("/")}`);
}

/** The refusal of an Azure ML operation that is not implemented here. */
export function operationNotServed(operation: string, method: string): ArmError {
  return new ArmError(501, {
    code: "NotImplemented",
    message: `The local Azure ML does not serve ${operation} (${method}); docs/operations.md lists what it serves.`,
  });
}
