import type { Column } from "./mlmodel";

const TYPES: Readonly<Record<string, object>> = {
  long: { type: "integer", format: "int64" },
  integer: { type: "integer", format: "int32" },
  double: { type: "number", format: "double" },
  float: { type: "number", format: "float" },
  boolean: { type: "boolean" },
};

/** The description of an endpoint that its signature gives (Swagger 2.0). */
export function swaggerOf(endpointName: string, scoringPath: string, columns: readonly Column[]): object {
  const row = {
    type: "object",
    properties: Object.fromEntries(columns.map(({ name, type }) => [name, TYPES[type] ?? { type: "string" }])),
    required: columns.filter(({ required }) => required).map(({ name }) => name),
  };
  const input = { type: "object", properties: { input_data: { type: "array", items: row } }, required: ["input_data"] };
  return {
    swagger: "2.0",
    info: { title: endpointName, version: "1.0" },
    consumes: ["application/json"],
    produces: ["application/json"],
    securityDefinitions: { Bearer: { type: "apiKey", name: "Authorization", in: "header" } },
    paths: {
      [scoringPath]: {
        post: {
          operationId: "RunMLService",
          parameters: [{ name: "serviceInputPayload", in: "body", required: true, schema: input }],
          responses: { "200": { description: "The answers, one for each row", schema: { type: "array", items: {} } } },
        },
      },
    },
  };
}
