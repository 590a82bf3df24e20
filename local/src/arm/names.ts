import { textAt } from "../common/json";
import { badRequest } from "./errors";
import type { ResourceHandler } from "./resourceHandler";
import type { Resource, Store } from "./store";

/** Whether any resource of a type has a name, anywhere. */
export function isNameTaken(resources: readonly Resource[], type: string, name: string): boolean {
  const sameName = ({ document }: Resource) => String(document["name"]).toLowerCase() === name.toLowerCase();
  return resources.some((resource) => resource.type === type && sameName(resource));
}

/** Names that are unique in all of Azure. */
export interface NameRules {
  readonly type: string;
  readonly pattern: RegExp;
  readonly allowed: string;
  /** The provider's reason code for an invalid name. */
  readonly invalid: string;
}

/** `POST .../checkNameAvailability` of a resource provider. */
export function nameAvailability(store: Store, { type, pattern, allowed, invalid }: NameRules): ResourceHandler {
  return {
    actions: {
      checknameavailability: ({ body }) => {
        const name = textAt(body, "name");
        if (name === undefined || textAt(body, "type")?.toLowerCase() !== type.toLowerCase()) {
          throw badRequest("InvalidRequestContent", `The request needs a name, and the type ${type}.`);
        }
        const unavailable = (reason: string, message: string) => ({ nameAvailable: false, reason, message });
        if (!pattern.test(name))
          return { status: 200, body: unavailable(invalid, `'${name}' is not a valid name: ${allowed}.`) };
        if (isNameTaken(store.all(), type.toLowerCase(), name))
          return { status: 200, body: unavailable("AlreadyExists", `The name '${name}' is already in use.`) };
        return { status: 200, body: { nameAvailable: true } };
      },
    },
  };
}
