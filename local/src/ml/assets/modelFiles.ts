import type { Store } from "../../arm/store";
import type { BlobStore } from "../../blob/records";
import { objectAt, toText } from "../../common/json";
import { ModelLoadError } from "../../scoring/mlmodel";
import type { ModelFiles } from "../../scoring/mlmodel";
import { DATASTORE_URI, datastoreOf } from "../datastores/records";

/**
 * The blobs below a long-form `azureml://` URI, which names the workspace without its provider, as the files of a model.
 *
 * @param log - gets what is found, and why nothing is
 * @throws ModelLoadError when there are none
 */
export function modelFilesAt(uri: string, store: Store, blobs: BlobStore, log: (line: string) => void): ModelFiles {
  const fail = (reason: string): ModelLoadError => {
    log(reason);
    return new ModelLoadError(reason);
  };
  const [, , , path = ""] = DATASTORE_URI.exec(uri) ?? [];
  const datastore = datastoreOf(uri, store);
  if (datastore === undefined) throw fail(`the model's datastore was not found: ${uri}`);
  const { accountName, containerName } = objectAt(datastore.document, "properties");
  const [account, container] = [toText(accountName), toText(containerName)];
  const prefix = path.endsWith("/") ? path : `${path}/`;
  const found = blobs.list(account, container, prefix);
  if (found.length === 0) throw fail(`the model has no files at ${uri}`);
  for (const [name, { content }] of found) log(`downloaded ${name.slice(prefix.length)}, ${content.length} bytes`);
  return {
    paths: found.map(([name]) => name.slice(prefix.length)),
    read: async (file) => {
      const blob = blobs.get(account, container, `${prefix}${file}`);
      if (blob === undefined) throw new ModelLoadError(`${file} is gone from ${uri}`);
      return blob.content;
    },
  };
}
