import { expect, test } from "vitest";
import { readServiceError } from "../../../components/azure/serviceError";

const ID = "4a1d0f3e-9b1c-4f5e-8a77-0c2d9be1f001";
const QUOTA = "Not enough quota available for Standard_DS3_v2. Current usage/limit: 0/6.";
const INNER = `InferencingClient HttpRequest error, error detail: ${JSON.stringify({ errors: { VmSize: [QUOTA] }, status: 400 })}`;

/** As azure-native prints an error; its older client quotes it as in Go, with details. */
function statusLine(code: string, message: string, details?: readonly object[]): string {
  if (details === undefined) return `Status=400 Code="${code}" Message="${message}"`;
  return `Status=400 Code="${code}" Message=${JSON.stringify(message)} Details=${JSON.stringify(details)}`;
}

test.each<[string, string, ReturnType<typeof readServiceError>]>([
  [
    "an operation that failed, with what the engine puts around it",
    `1 error occurred:\n\t* ${statusLine("ResourceNotReady", 'User container has crashed: "probe"\n failed.')}\n`,
    {
      code: "ResourceNotReady",
      message: 'User container has crashed: "probe" failed.',
      correlationId: undefined,
    },
  ],
  [
    "the innermost of nested errors, and of JSON in its text",
    statusLine("BadRequest", "The request is invalid.", [{ code: "InferencingClientCallFailed", message: INNER }]),
    { code: "InferencingClientCallFailed", message: QUOTA, correlationId: undefined },
  ],
  [
    "an error without a code",
    'Status=502 Message="Bad gateway: "upstream" did not answer."',
    { code: undefined, message: 'Bad gateway: "upstream" did not answer.', correlationId: undefined },
  ],
  [
    "an error without a message, of which the whole reply is told",
    `Status=400 Code="BadRequest" Message="${JSON.stringify({ error: { code: "BadRequest", details: [{ code: "Inner", message: "No." }] } })}"`,
    { code: "Inner", message: "No.", correlationId: undefined },
  ],
  [
    "the error of the write, when what it left could not be read",
    `resource created but read failed ${statusLine("ServiceUnavailable", "Busy.")}: ${statusLine("OutOfCapacity", "No machine.")}`,
    { code: "OutOfCapacity", message: "No machine.", correlationId: undefined },
  ],
  [
    "a text with details in quotes",
    statusLine("UserError", 'Use "Details=[...]" or \\"nothing\\".', [{ message: "" }]),
    { code: "UserError", message: 'Use "Details=[...]" or \\"nothing\\".', correlationId: undefined },
  ],
  [
    "what the Azure SDK shows of a reply",
    `GET https://management.azure.com/x\n---\nRESPONSE 200: 200 OK\nERROR CODE: OutOfCapacity\n---\n${JSON.stringify({ status: "Failed", error: { code: "OutOfCapacity", message: "No machine." } })}\n---`,
    { code: "OutOfCapacity", message: "No machine.", correlationId: undefined },
  ],
  [
    "a correlation id in the text",
    `${statusLine("InternalServerError", "Oops.")} x-ms-correlation-request-id: ${ID}`,
    { code: "InternalServerError", message: "Oops.", correlationId: ID },
  ],
  [
    "a correlation id in additionalInfo",
    `${statusLine("UserError", "No.", [])} AdditionalInfo=[{"type":"Correlation","info":{"value":{"operation":"${ID}","request":"1"}}}]`,
    { code: "UserError", message: "No.", correlationId: ID },
  ],
  [
    "an error that is none of the service",
    "1 error occurred:\n\t* operation timed out",
    { code: undefined, message: "operation timed out", correlationId: undefined },
  ],
])("reads %s", (_, text, expected) => {
  expect(readServiceError(text)).toEqual(expected);
});
