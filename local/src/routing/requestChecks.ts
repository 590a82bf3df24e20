import { ArmError, badRequest } from "../arm/errors";
import type { ResourceId } from "../arm/ids";
import { isObject } from "../common/json";
import type { Exchange } from "../http/exchange";

/** The largest request that Azure Resource Manager takes, in bytes. */
const MAX_BODY = 4 * 1024 * 1024;
/** Names take these at no place; a slash in one would name another resource. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[<>%&\\?/\u0000-\u001f]/;

/** What a resource has beside its properties ("Resource API reference"). */
const MEMBERS = new Set([
  ...["id", "name", "type", "location", "tags", "properties", "kind", "sku", "plan", "identity", "zones"],
  ...["managedBy", "managedByExtended", "extendedLocation", "etag", "eTag", "systemData", "scale", "placement"],
]);
/** Which regions there are is not checked. */
const LOCATION = /^[a-zA-Z0-9 ]*$/;
const MAX_TAGS = 50;
const MAX_TAG_NAME = 512;
const MAX_TAG_VALUE = 256;

/** The body of a request: a JSON object, or undefined where none is needed and none is given. */
export function parseBody({ body, method }: Exchange): unknown {
  if (body.length > MAX_BODY) {
    throw new ArmError(413, {
      code: "RequestContentTooLarge",
      message: `The request content size exceeds the maximum size of ${MAX_BODY / 1024 / 1024} MB.`,
    });
  }
  if (body.length === 0) {
    if (method === "PUT" || method === "PATCH")
      throw badRequest("InvalidRequestContent", "The request content is empty; a JSON object is needed.");
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(body.toString("utf8").replace(/^\uFEFF/, ""));
    if (isObject(value)) return value;
  } catch {
    // Refused below, like any other content that is no JSON object.
  }
  throw badRequest(
    "InvalidRequestContent",
    "The request content was invalid and could not be deserialized: a JSON object is needed.",
  );
}

/** Refuses ids that no resource can have. The code is assumed: IIS in front of the real service answers without one. */
export function checkIdCharacters({ subscriptionId, resourceGroup, provider, types, names, tail, scope }: ResourceId) {
  const parts = [subscriptionId, resourceGroup, provider, ...types, ...names, tail];
  const bad = [...parts, ...scope.split("/")].find((part) => part !== undefined && FORBIDDEN.test(part));
  if (bad === undefined) return;
  throw badRequest("InvalidRequestUri", `The request URI has a segment with characters that no id has: '${bad}'.`);
}

/** What Azure Resource Manager itself checks of a write, whatever the type of the resource. */
export function checkBody(method: string, body: unknown): void {
  if (!isObject(body) || (method !== "PUT" && method !== "PATCH")) return;
  const unknown = Object.keys(body).find((key) => !MEMBERS.has(key));
  if (unknown !== undefined) {
    // Azure/azure-sdk-for-java#646
    throw badRequest(
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: 'Could not find member '${unknown}' on object of type 'ResourceDefinition'. Path '${unknown}', line 1, position 1.'.`,
    );
  }
  const { tags, location } = body;
  if (tags !== undefined && tags !== null) checkTags(tags);
  if (location === undefined || location === null) return;
  if (typeof location === "string" && LOCATION.test(location)) return;
  throw badRequest(
    "LocationNotAvailableForResourceType",
    `The provided location '${typeof location === "string" ? location : JSON.stringify(location)}' is not available.`,
  );
}

/**
 * "Use tags to organize your Azure resources": at most 50, names of 512 and values of 256 characters. Codes and texts as
 * scripts that wrap the real service repeat them; those without a length are assumed.
 */
function checkTags(tags: unknown): void {
  if (!isObject(tags)) throw badRequest("InvalidTags", "The tags must be an object whose values are text.");
  const names = Object.keys(tags);
  const refuse = (code: string, message: string, bad: string | undefined): void => {
    if (bad !== undefined)
      throw badRequest(
        code,
        message.replace("{}", () => bad),
      );
  };
  const isNoText = (name: string) => typeof tags[name] !== "string";
  refuse("InvalidTags", "The value of tag '{}' must be text.", names.find(isNoText));
  const many = names.length > MAX_TAGS ? String(names.length) : undefined;
  refuse("TooManyTags", `A resource has at most ${MAX_TAGS} tags, got {}.`, many);
  refuse(
    "InvalidTagNameCharacters",
    "The tag names '{}' have reserved characters '<,>,%,&,\\,?,/' or control characters.",
    names.find((name) => name.trim() === "" || FORBIDDEN.test(name)),
  );
  refuse(
    "InvalidTagNameLength",
    `Tag name too large. Following tag name '{}' exceeded the maximum length. Maximum allowed length for tag name - '${MAX_TAG_NAME}' characters.`,
    names.find((name) => name.length > MAX_TAG_NAME),
  );
  refuse(
    "InvalidTagValueLength",
    `Tag value too large. Following tag value '{}' exceeded the maximum length. Maximum allowed length for tag value - '${MAX_TAG_VALUE}' characters.`,
    Object.values(tags)
      .map(String)
      .find((value) => value.length > MAX_TAG_VALUE),
  );
}
