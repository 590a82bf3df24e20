import { notFound } from "../../arm/errors";
import type { ResourceHandler } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";

/** How a write or delete of a workspace is going: 202 until it ends, then the workspace or its error. */
export function workspaceOperation({ operations, store, url }: MlServices): ResourceHandler {
  return {
    get: (request) => {
      const operation = operations.get(request.id.names.at(-1) ?? "");
      if (operation === undefined) throw notFound("NotFound", "The operation was not found.");
      if (operation.status === "running") {
        const location = `${url}${request.id.text}?api-version=${request.apiVersion}`;
        return { status: 202, headers: { location, "retry-after": "1" } };
      }
      if (operation.error !== undefined) return { status: 400, body: { error: operation.error } };
      const workspace = store.get(operation.resourceId);
      return workspace === undefined ? { status: 200 } : { status: 200, body: workspace.document };
    },
  };
}
