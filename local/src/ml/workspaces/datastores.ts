import { objectAt, textAt, shown } from "../../common/json";
import { badRequest, resourceNotFound } from "../../arm/errors";
import { requireParent } from "../../arm/generic";
import type { ArmRequest, ResourceHandler } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";
import { listReply, orderByProperty } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { propertiesOf, readWord } from "../../lists/options";
import { systemData } from "../shared/documents";
import { DATASTORE } from "./records";
import { keysOf } from "../../storage/storageAccounts";

const LIST: ListOptions = {
  filters: {
    isDefault: (value, name) => {
      const isDefault = readWord(name, value, ["true", "false"]) === "true";
      return (document) => propertiesOf(document)["isDefault"] === isDefault;
    },
    names: (value) => {
      const names = new Set(value.split(","));
      return (document) => names.has(shown(document["name"]));
    },
    searchText: (value) => (document) => shown(document["name"]).toLowerCase().includes(value.toLowerCase()),
  },
  // The specification names the size of a page that nobody asks for.
  size: ["count", 30],
  order: orderByProperty("orderBy", "orderByAsc"),
};

/** Datastores: where a workspace finds data. Credentials are kept and never answered. */
export function datastores({ store, clock, url }: MlServices): ResourceHandler {
  const find = ({ id }: ArmRequest) => {
    const datastore = store.get(id.text);
    if (datastore === undefined) throw resourceNotFound(id);
    return datastore;
  };
  return {
    get: (request) => ({ status: 200, body: find(request).document }),
    list: (request) => {
      const documents = store.list(DATASTORE, request.id.text).map((datastore) => datastore.document);
      return listReply(url, request, documents, LIST);
    },
    put: (request) => {
      const { id, body } = request;
      requireParent(request, (parent) => store.get(parent));
      if (!/^[a-zA-Z0-9][-\w]{0,254}$/.test(id.names.at(-1) ?? "")) {
        throw badRequest("UserError", `'${id.names.at(-1) ?? ""}' is not a valid datastore name.`);
      }
      const properties = objectAt(body, "properties");
      const existing = store.get(id.text);
      const { secrets, ...given } = objectAt(properties, "credentials");
      const credentials = withoutSecrets(given, secrets);
      const document = {
        id: existing?.id ?? id.text,
        name: id.names.at(-1),
        type: "Microsoft.MachineLearningServices/workspaces/datastores",
        systemData: systemData(clock, existing?.document),
        properties: { isDefault: false, endpoint: "core.windows.net", protocol: "https", ...properties, credentials },
      };
      store.put({ id: document.id, type: DATASTORE, document, hidden: { secrets } });
      return { status: existing === undefined ? 201 : 200, body: document };
    },
    delete: ({ id }) => ({ status: store.remove(id.text).length > 0 ? 200 : 204 }),
    actions: {
      listsecrets: (request) => ({
        status: 200,
        body: find(request).hidden["secrets"] ?? { secretsType: "AccountKey", key: null },
      }),
    },
  };
}

/** Credentials as they are answered: with the kind of their secrets only. */
function withoutSecrets(credentials: object, secrets: unknown): object {
  const secretsType = textAt(secrets, "secretsType");
  return { ...credentials, ...(secretsType !== undefined && { secrets: { secretsType } }) };
}

/** A workspace comes with a container for its artifacts and a default datastore. */
export function createDatastores(
  services: MlServices,
  workspace: string,
  guid: string,
  given: Record<string, unknown>,
): void {
  const storageId = String(given["storageAccount"]);
  const isByIdentity = shown(given["systemDatastoresAuthMode"]).toLowerCase() === "identity";
  const accountName = storageId.split("/").at(-1) ?? "";
  const secrets = isByIdentity
    ? undefined
    : { secretsType: "AccountKey", key: keysOf(services.store.get(storageId)?.hidden)[0] ?? null };
  const stores: readonly [string, string, boolean][] = [
    ["workspaceblobstore", `azureml-blobstore-${guid}`, true],
    ["workspaceartifactstore", "azureml", false],
  ];
  for (const [name, containerName, isDefault] of stores) {
    services.blobs.createContainer(accountName, containerName);
    const id = `${workspace}/datastores/${name}`;
    const properties = {
      datastoreType: "AzureBlob",
      accountName,
      containerName,
      endpoint: "core.windows.net",
      protocol: "https",
      isDefault,
      credentials: isByIdentity
        ? { credentialsType: "None" }
        : { credentialsType: "AccountKey", secrets: { secretsType: "AccountKey" } },
      ...(isByIdentity && { serviceDataAccessAuthIdentity: "WorkspaceSystemAssignedIdentity" }),
    };
    const type = "Microsoft.MachineLearningServices/workspaces/datastores";
    services.store.put({ id, type: DATASTORE, document: { id, name, type, properties }, hidden: { secrets } });
  }
}
