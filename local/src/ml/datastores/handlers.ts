import { resourceNotFound } from "../../arm/errors";
import { requireParent } from "../../arm/generic";
import type { ArmRequest, ResourceHandler } from "../../arm/resourceHandler";
import { objectAt, textAt, toText } from "../../common/json";
import { listReply, orderByProperty } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { propertiesOf, readOneOf } from "../../lists/options";
import { systemData } from "../shared/records";
import type { MlServices } from "../shared/services";
import { DATASTORE } from "./records";
import { invalidDatastoreName } from "./refusals";

const LIST: ListOptions = {
  filters: {
    isDefault: (value, name) => {
      const isDefault = readOneOf(name, value, ["true", "false"]) === "true";
      return (document) => propertiesOf(document)["isDefault"] === isDefault;
    },
    names: (value) => {
      const names = new Set(value.split(","));
      return (document) => names.has(toText(document["name"]));
    },
    searchText: (value) => (document) => toText(document["name"]).toLowerCase().includes(value.toLowerCase()),
  },
  // The specification gives the default page size.
  size: ["count", 30],
  order: orderByProperty("orderBy", "orderByAsc"),
};

/** Datastores. Credentials are stored and never returned. */
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
      if (!/^[a-zA-Z0-9][-\w]{0,254}$/.test(id.names.at(-1) ?? "")) throw invalidDatastoreName(id.names.at(-1) ?? "");
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

/** Credentials as returned: only the kind of their secrets. */
function withoutSecrets(credentials: object, secrets: unknown): object {
  const secretsType = textAt(secrets, "secretsType");
  return { ...credentials, ...(secretsType !== undefined && { secrets: { secretsType } }) };
}
