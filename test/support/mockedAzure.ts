import type { MockCallArgs } from "@pulumi/pulumi/runtime/mocks";
import { NOT_FOUND, azureError } from "../../testing/mockedAzure";

export { armId } from "../../testing/armIds";
export { createdState } from "../../testing/created";
export { NOT_FOUND, azureError };

type Values = Readonly<Record<string, unknown>>;
type Answer = Values | Error | ((inputs: Values) => Values | Promise<Values>);

/** Answers to reads by the last part of the token, such as `getOnlineEndpoint`; an error fails the read. */
export type Answers = Readonly<Record<string, Answer>>;

const DEFAULT_ANSWERS: Answers = {
  getOnlineEndpoint: NOT_FOUND,
  getOnlineDeployment: NOT_FOUND,
  getClientConfig: { tenantId: "tenant-1" },
  getResourceGroup: { location: "westeurope" },
  getModelVersion: NOT_FOUND,
  getDatastore: { properties: { isDefault: true, datastoreType: "AzureBlob" } },
};

export async function answerOf(answers: Answers, { token, inputs }: MockCallArgs): Promise<Values> {
  const name = token.split(":").at(-1) ?? "";
  const answer = answers[name] ?? DEFAULT_ANSWERS[name] ?? azureError(400, "BadRequest", `the test answers no ${name}`);
  if (answer instanceof Error) throw answer;
  return typeof answer === "function" ? answer(inputs as Values) : answer;
}
