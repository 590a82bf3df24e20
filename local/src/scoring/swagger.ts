import type { Column } from "./mlmodel";

/** A value of each type of a signature. */
const SAMPLES: Readonly<Record<string, unknown>> = { long: 0, integer: 0, double: 0.5, float: 0.5, boolean: true };
const HEALTH = "Simple health check endpoint to ensure the service is up at any given point.";
const SCORE = "Run web service's model and get the prediction output";
const ANSWERED = "The service processed the input correctly and provided a result prediction, if applicable.";
const FAILED = "The service failed to execute due to an error.";

/**
 * The description of an endpoint as the inference server makes it, with an example that the signature gives.
 *
 * @param version - 2, 3 or 3.1; undefined is given for another one
 */
export function swaggerOf(endpointName: string, version: string, columns: readonly Column[]): object | undefined {
  const info = {
    title: endpointName,
    description: `API specification for the Azure Machine Learning service ${endpointName}`,
    version: "1.0",
  };
  const schemas = {
    ServiceInput: serviceInput(columns),
    ServiceOutput: { type: "array", items: {} },
    ErrorResponse: { type: "object", properties: { message: { type: "string" } } },
  };
  switch (version) {
    case "2":
    case "2.0":
      return swagger2(info, schemas);
    case "3":
    case "3.0":
      return { openapi: "3.0.3", ...openapi3(info, schemas) };
    case "3.1":
      return { openapi: "3.1.0", ...openapi3(info, schemas) };
    default:
      return undefined;
  }
}

/** A frame in pandas' split orientation, as `PandasParameterType` of Azure/InferenceSchema describes it. */
function serviceInput(columns: readonly Column[]): object {
  const list = (items: object) => ({ type: "array", items });
  const frame = {
    type: "object",
    required: ["columns", "index", "data"],
    properties: {
      columns: list({ type: "string" }),
      index: list({ type: "integer", format: "int64" }),
      data: list(list({})),
    },
    format: "pandas.DataFrame:split",
  };
  const row = columns.map(({ type }) => SAMPLES[type] ?? "sample string");
  const example = { input_data: { columns: columns.map(({ name }) => name), index: [0], data: [row] }, params: {} };
  return { type: "object", properties: { input_data: frame, params: { type: "object" } }, example };
}

const bearer = {
  Bearer: { type: "apiKey", name: "Authorization", in: "header", description: "For example: Bearer abc123" },
};
const security = [{ Bearer: [] }];

function swagger2(info: object, definitions: object): object {
  const ref = (name: string) => ({ $ref: `#/definitions/${name}` });
  const failed = { description: FAILED, schema: ref("ErrorResponse") };
  const payload = { name: "serviceInputPayload", in: "body", schema: ref("ServiceInput") };
  const score = { "200": { description: ANSWERED, schema: ref("ServiceOutput") }, default: failed };
  const healthy = { "200": { description: "Healthy", schema: { type: "string" } }, default: failed };
  return {
    swagger: "2.0",
    info,
    schemes: ["https"],
    consumes: ["application/json"],
    produces: ["application/json"],
    securityDefinitions: bearer,
    paths: {
      "/": { get: { operationId: "ServiceHealthCheck", description: HEALTH, responses: healthy } },
      "/score": {
        post: { operationId: "RunMLService", description: SCORE, security, parameters: [payload], responses: score },
      },
    },
    definitions,
  };
}

function openapi3(info: object, schemas: object): object {
  const content = (schema: object, type = "application/json") => ({ content: { [type]: { schema } } });
  const json = (name: string) => content({ $ref: `#/components/schemas/${name}` });
  const failed = { description: FAILED, ...json("ErrorResponse") };
  const healthy = { "200": { description: "Healthy", ...content({ type: "string" }, "text/plain") }, default: failed };
  const score = { "200": { description: ANSWERED, ...json("ServiceOutput") }, default: failed };
  return {
    info,
    security,
    paths: {
      "/": { get: { operationId: "ServiceHealthCheck", description: HEALTH, responses: healthy } },
      "/score": {
        post: {
          operationId: "RunMLService",
          description: SCORE,
          security,
          requestBody: json("ServiceInput"),
          responses: score,
        },
      },
    },
    components: { schemas, securitySchemes: bearer },
  };
}
