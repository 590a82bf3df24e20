import { readdirSync } from "node:fs";
import { join } from "node:path";
import { LiveValidator } from "oav";
import type { LiveValidationResult } from "oav";
import { ApiVersions, addressOf } from "./apiVersions";
import type { ArmExchange } from "./armExchange";
import { checkAsyncHeaders } from "./asyncHeaders";
import { DERIVED_VERSIONS, isDeviation, isOutside } from "./deviations";
import { prepareSpecs } from "./savedSpecs";
import type { Verdict, Violation } from "./verdict";

/** Operations on `/{resourceId}`, which any path is, say nothing about it. */
const ANY_RESOURCE = /^Resources_\w+ById$/;

type Operation = NonNullable<ReturnType<LiveValidator["getOperationInfo"]>["info"]["operationMatch"]>["operation"];

/** Microsoft's specifications as a judge of exchanges: their own live validator, and the checks that it lacks. */
export class ApiSpec {
  private constructor(
    private readonly validator: LiveValidator,
    private readonly versions: ApiVersions,
  ) {}

  /** @param folder an empty folder, for the specifications in the form that the validator reads */
  static async load(folder: string): Promise<ApiSpec> {
    prepareSpecs(folder);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    const specs = files.filter(isSpec).map((file) => join(folder, file));
    const problems: string[] = [];
    // The validator empties the list that it is given.
    const options = { swaggerPaths: [...specs], directory: folder, git: { shouldClone: false }, isArmCall: true };
    const validator = new LiveValidator({ ...options, loadValidatorInBackground: false }, (message, level) => {
      if (level === "error" || message.startsWith("Unable to initialize")) problems.push(message);
    });
    await validator.initialize();
    if (problems.length > 0) throw new Error(`the specifications cannot be read: ${problems.join("\n")}`);
    return new ApiSpec(validator, new ApiVersions(specs, DERIVED_VERSIONS));
  }

  async check(exchange: ArmExchange): Promise<Verdict> {
    const address = addressOf(exchange.url);
    const chosen = this.versions.choose(address);
    if (address.version === undefined || chosen === undefined) return unjudged();
    const url = withVersion(exchange.url, chosen.version);
    const operation = this.validator.getOperationInfo({ url, method: exchange.method }).info.operationMatch?.operation;
    if (operation === undefined || ANY_RESOURCE.test(operation.operationId ?? "")) return unjudged(outside(exchange));
    const found = [
      ...(exchange.status < 400 ? await this.checkRequest(exchange, url) : []),
      ...(await this.checkReply(exchange, url, operation)),
    ];
    const violations = found.filter((violation) => !isDeviation(violation));
    return { basis: chosen.exact ? "exact" : "mapped", violations, deviations: found.length - violations.length };
  }

  /** A request that was refused may break the specification; one that was served may not. */
  private async checkRequest(exchange: ArmExchange, url: string): Promise<readonly Violation[]> {
    const { method, requestHeaders: headers, requestBody: body } = exchange;
    const result = await this.validator.validateLiveRequest({
      url,
      method,
      headers: { ...headers },
      ...(body !== undefined && { body: structuredClone(body) as Record<string, unknown> }),
    });
    return toViolations(result, exchange, "request");
  }

  private async checkReply(exchange: ArmExchange, url: string, operation: Operation): Promise<readonly Violation[]> {
    const { method, status, replyHeaders: headers, replyBody: body } = exchange;
    const declared =
      operation.responses[String(status)] ?? (status >= 400 ? operation.responses["default"] : undefined);
    const at = { operation: operation.operationId ?? "", status };
    if (declared === undefined && status >= 400) return errorForm(exchange, at.operation);
    const reply = {
      statusCode: String(status),
      headers: { ...headers },
      ...(body !== undefined && { body: structuredClone(body) as Record<string, unknown> }),
    };
    const async = checkAsyncHeaders({
      ...{ status, headers, body },
      declared: Object.keys(declared?.headers ?? {}),
      longRunning: operation["x-ms-long-running-operation"] === true,
    });
    return [
      ...toViolations(await this.validator.validateLiveResponse(reply, { url, method }), exchange, "reply"),
      ...async.map((message) => ({ ...at, rule: "ASYNC_HEADERS", where: "reply", message })),
    ];
  }
}

function unjudged(violations: readonly Violation[] = []): Verdict {
  return { basis: "none", violations, deviations: 0 };
}

/** Specifications are `PROVIDER/stable/VERSION/FILE.json`; what they refer to lies elsewhere. */
function isSpec(file: string): boolean {
  return /[\\/](stable|preview)[\\/]\d{4}-\d\d-\d\d(-preview)?[\\/][^\\/]+\.json$/.test(file);
}

function withVersion(url: string, version: string): string {
  const [path = "", query = ""] = url.split("?");
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) if (name.toLowerCase() === "api-version") parameters.set(name, version);
  return `${path}?${parameters.toString()}`;
}

function toViolations(result: LiveValidationResult, exchange: ArmExchange, side: string): readonly Violation[] {
  const { operationInfo, errors, runtimeException } = result;
  const at = { operation: operationInfo.operationId, status: exchange.status };
  const failed = { ...at, rule: "VALIDATOR_FAILED", where: side, message: runtimeException?.message ?? "" };
  return [
    ...errors.map(({ code, message, pathsInPayload }) => ({
      ...at,
      rule: code,
      where: [side, ...pathsInPayload].filter((part) => part !== "").join(" "),
      message,
    })),
    ...(runtimeException === undefined ? [] : [failed]),
  ];
}

/** Where a specification declares no errors, they are in the form of Azure Resource Manager. */
function errorForm({ method, status, replyBody }: ArmExchange, operation: string): readonly Violation[] {
  const { error } = (replyBody ?? {}) as { error?: { code?: unknown; message?: unknown } };
  const wellFormed = typeof error?.code === "string" && typeof error.message === "string";
  if (wellFormed || method === "HEAD") return [];
  return [{ operation, status, rule: "ERROR_FORM", where: "reply", message: "has no error.code and error.message" }];
}

/** A success where the specification of the provider knows no such operation. */
function outside(exchange: ArmExchange): readonly Violation[] {
  const { method, url, status } = exchange;
  if (status >= 400 || isOutside(method, url)) return [];
  const message =
    "was served, and the specification has no such operation; if that is right, add it to OUTSIDE with the reason";
  return [{ operation: `${method} ${url}`, status, rule: "NO_OPERATION", where: "request", message }];
}
