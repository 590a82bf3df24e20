import { randomUUID } from "node:crypto";
import type { ArmErrorDetail } from "../arm/errors";
import { endpointNameTaken } from "../ml/endpoints/refusals";
import { softDeletedWorkspace } from "../ml/workspaces/refusals";
import { throttled } from "../routing/throttle";
import { ANY, GET_DEPLOYMENT, PUT_DEPLOYMENT, PUT_ENDPOINT, PUT_TEMPLATE } from "./rule";
import type { KnownFaults, RequestEffect, Target } from "./rule";

/** Refusals by the service. */
export const KNOWN_REFUSALS: KnownFaults = {
  "out-of-quota": {
    stage: "request",
    match: PUT_DEPLOYMENT,
    source: "MicrosoftLearning/mslearn-azure-ml#30",
    effect: ({ instanceType, subscriptionId }) => {
      const inner = {
        errors: {
          VmSize: [
            `Not enough quota available for ${instanceType} in SubscriptionId ${subscriptionId}. Current usage/limit: 0/6. Additional needed: 8 Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-outofquota`,
          ],
        },
        type: "https://tools.ietf.org/html/rfc7231#section-6.5.1",
        title: "One or more validation errors occurred.",
        status: 400,
        traceId: `00-${randomUUID().replaceAll("-", "")}-${randomUUID().slice(0, 8)}${randomUUID().slice(0, 8)}-01`,
      };
      const message = `InferencingClient HttpRequest error, error detail: ${JSON.stringify(inner)}`;
      return answer(400, {
        code: "BadRequest",
        message: "The request is invalid.",
        details: [{ code: "InferencingClientCreateDeploymentFailed", message }],
      });
    },
  },
  "endpoint-quota": {
    stage: "request",
    match: PUT_ENDPOINT,
    source: "Azure/azureml-examples#1635; the status is assumed",
    effect: ({ subscriptionId }) =>
      answer(400, {
        code: "InferencingClientCallFailed",
        message: `"Endpoint Quota reached for subscription ${subscriptionId}.Current usage/limit: 300/300.Please clean up existing endpoints and try again"`,
      }),
  },
  busy: {
    stage: "request",
    match: PUT_DEPLOYMENT,
    source: "Azure/azure-sdk-for-net#36961; status and code are assumed",
    effect: ({ endpoint }) =>
      answer(409, {
        code: "Conflict",
        message: `Cannot create a deployment in endpoint ${endpoint} because it is in Updating provisioning state`,
      }),
  },
  "another-operation": {
    stage: "request",
    match: PUT_ENDPOINT,
    source: "pulumi/pulumi-azure-native#903: the one 409 that azure-native retries; the text is ours",
    effect: () =>
      answer(409, {
        code: "AnotherOperationInProgress",
        message: "Another operation on this or a dependent resource is in progress.",
      }),
  },
  throttled: {
    stage: "request",
    match: ANY,
    source: "MicrosoftDocs/azure-docs#105248; the header is documented in request-limits-and-throttling",
    effect: ({ method, path }) => answer(429, throttled(method, path, 1), { "retry-after": "1" }),
  },
  "throttled-without-retry-after": {
    stage: "request",
    match: ANY,
    source: "MicrosoftDocs/azure-docs#105248; a client must then choose its own pause",
    effect: ({ method, path }) => answer(429, throttled(method, path, 1)),
  },
  "deployment-active": {
    stage: "request",
    match: PUT_TEMPLATE,
    source: "Azure/modern-web-app-pattern-dotnet#143",
    effect: ({ deployment }) => {
      const [started, expires] = [-60_000, 7 * 86_400_000].map((ms) => dotNetDate(new Date(Date.now() + ms)));
      return answer(409, {
        code: "DeploymentActive",
        message: `Unable to edit or replace deployment '${deployment}': previous deployment from '${started}' is still active (expiration time is '${expires}'). Please see https://aka.ms/arm-deploy-resources for usage details.`,
      });
    },
  },
  "deployment-not-found": {
    stage: "request",
    match: GET_DEPLOYMENT,
    source: "Azure-Samples/contoso-chat#139",
    effect: (target) => answer(404, deploymentNotFound(target)),
  },
  "wrapped-not-found": {
    stage: "request",
    match: GET_DEPLOYMENT,
    source: "Azure/azure-cli-extensions#7107",
    effect: () =>
      answer(404, {
        code: "NotFound",
        message: "The specified resource was not found.",
        details: [{ code: "InferencingClientCallFailed", message: '{"title":"Not Found"}' }],
      }),
  },
  "name-taken": {
    stage: "request",
    match: PUT_ENDPOINT,
    source: "Azure/azure-cli-extensions#7660",
    effect: () => answer(400, endpointNameTaken().detail),
  },
  "soft-deleted-workspace": {
    stage: "request",
    match: "^PUT .*/workspaces/[^/]+$",
    source: "Azure/ResourceModules#3596",
    effect: () => answer(400, softDeletedWorkspace().detail),
  },
  "internal-server-error": {
    stage: "request",
    match: ANY,
    source: "Azure/azure-sdk-for-python#39772 reports opaque 500s; the text is ours",
    effect: () => answer(500, { code: "InternalServerError", message: "An internal server error occurred." }),
  },
  unavailable: {
    stage: "request",
    match: ANY,
    source: "documented for ARM; the text is ours",
    effect: () =>
      answer(503, { code: "ServiceUnavailable", message: "The service is unavailable." }, { "retry-after": "1" }),
  },
  "gateway-timeout": {
    stage: "request",
    match: ANY,
    source: "reported for many resource providers, this one included; the work may have been done",
    effect: () => answer(504, gatewayTimeout()),
  },
};

/** What ARM answers when a resource provider does not. */
export function gatewayTimeout(): ArmErrorDetail {
  return {
    code: "GatewayTimeout",
    message:
      "The gateway did not receive a response from 'Microsoft.MachineLearningServices' within the specified time period.",
  };
}

/** As recorded in Azure-Samples/contoso-chat#139, for a deployment that had just been created. */
export function deploymentNotFound({ deployment, endpoint, workspace }: Target): ArmErrorDetail {
  return {
    code: "UserError",
    message: `Deployment ${deployment} not found in endpoint ${endpoint}, workspace ${workspace}`,
    details: [],
    additionalInfo: [
      { type: "ComponentName", info: { value: "managementfrontend" } },
      {
        type: "MessageParameters",
        info: { value: { deploymentName: deployment, endpointName: endpoint, workspaceName: workspace } },
      },
    ],
  };
}

function answer(status: number, error: ArmErrorDetail, headers: Readonly<Record<string, string>> = {}): RequestEffect {
  return { http: { status, headers, body: { error } } };
}

/** As .NET writes dates for the United States: `4/18/2023 9:04:41 PM`. */
function dotNetDate(date: Date): string {
  return date.toLocaleString("en-US", { timeZone: "UTC" }).replace(",", "").replace(" ", " ");
}
