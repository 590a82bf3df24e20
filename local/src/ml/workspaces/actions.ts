import { objectAt, shown } from "../../common/json";
import { resourceNotFound } from "../../arm/errors";
import type { ArmRequest, Handle } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";
import { keysOf } from "../../storage/storageAccounts";

/** What a workspace is asked about its own parts. Nothing is ever found to be wrong with one. */
export function workspaceActions({ store }: MlServices): Readonly<Record<string, Handle>> {
  const partsOf = ({ id }: ArmRequest) => {
    const workspace = store.get(id.text);
    if (workspace === undefined) throw resourceNotFound(id);
    const { storageAccount, applicationInsights } = objectAt(workspace.document, "properties");
    const [storage, insights] = [store.get(shown(storageAccount)), store.get(shown(applicationInsights))];
    return {
      userStorageKey: keysOf(storage?.hidden)[0] ?? null,
      userStorageResourceId: storageAccount,
      appInsightsInstrumentationKey: objectAt(insights?.document, "properties")["InstrumentationKey"] ?? null,
    };
  };
  return {
    listkeys: (request) => ({ status: 200, body: partsOf(request) }),
    liststorageaccountkeys: (request) => ({ status: 200, body: { userStorageKey: partsOf(request).userStorageKey } }),
    diagnose: (request) => {
      partsOf(request);
      return { status: 200, body: { value: {} } };
    },
  };
}
