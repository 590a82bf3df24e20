import { BLUE, GREEN } from "../../driver/article";
import type { BadInput } from "./badInput";
import { withDeployment } from "./serving";

const MORE = { traffic: { [BLUE]: 50, [GREEN]: 50 } };

const UNTESTED = 'more than policy.maxInitialWeight of 0; set it to 0, run "pulumi up", test it, then raise it';

/** What is refused because of what serves. */
export const BAD_STEPS: readonly BadInput[] = [
  {
    name: "a new deployment with weight",
    config: { ...withDeployment("third", { modelVersion: "2" }), traffic: { [BLUE]: 80, [GREEN]: 10, third: 10 } },
    refusedBy: "deployment third",
    lines: [`traffic.third: has 10 in the update that creates it, ${UNTESTED}`],
  },
  {
    name: "all weights 0",
    config: { traffic: { [BLUE]: 0, [GREEN]: 0 } },
    refusedBy: "traffic step",
    lines: [
      "traffic: all weights are 0 while the endpoint serves default=90 xgboost-model-2=10; keep 100 in total, or say with allowOutage why it may stop serving",
    ],
  },
  {
    name: "weights that somebody else has changed",
    live: { [BLUE]: 60, [GREEN]: 40 },
    config: MORE,
    refusedBy: "traffic step",
    lines: [
      'traffic: the live traffic is default=60 xgboost-model-2=40, the last applied here is default=90 xgboost-model-2=10: it was changed elsewhere, or a write did not take effect; declare the live weights, or overwrite them with acceptLive: {"default": 60, "xgboost-model-2": 40}',
    ],
  },
  {
    name: "other weights accepted than the live ones",
    live: { [BLUE]: 60, [GREEN]: 40 },
    config: { ...MORE, acceptLive: { [BLUE]: 50, [GREEN]: 50 } },
    refusedBy: "traffic step",
    lines: [
      'traffic: the live traffic is default=60 xgboost-model-2=40, the last applied here is default=90 xgboost-model-2=10: it was changed elsewhere, or a write did not take effect; declare the live weights, or overwrite them with acceptLive: {"default": 60, "xgboost-model-2": 40} (it is default=50 xgboost-model-2=50)',
    ],
  },
  {
    name: "more points than a step may move",
    config: MORE,
    args: { policy: { maxIncrease: 20 } },
    refusedBy: "traffic step",
    lines: [
      "traffic.xgboost-model-2: rises from 10 to 50, by more than policy.maxIncrease of 20 points; use at most 30",
    ],
  },
  {
    name: "a step before the bake time is over",
    config: MORE,
    args: { policy: { bakeMinutes: 30 } },
    refusedBy: "traffic step",
    lines: [
      "traffic.xgboost-model-2: must stay at 10 for 20 more min: policy.bakeMinutes is 30, last step 2026-11-24T12:00:00.000Z",
    ],
  },
  {
    name: "a step too large and too early after somebody else's",
    live: { [BLUE]: 60, [GREEN]: 40 },
    config: { traffic: { [BLUE]: 0, [GREEN]: 100 } },
    args: { policy: { maxIncrease: 20, bakeMinutes: 30 } },
    refusedBy: "traffic step",
    lines: [
      'traffic: the live traffic is default=60 xgboost-model-2=40, the last applied here is default=90 xgboost-model-2=10: it was changed elsewhere, or a write did not take effect; declare the live weights, or overwrite them with acceptLive: {"default": 60, "xgboost-model-2": 40}',
      "traffic.xgboost-model-2: rises from 40 to 100, by more than policy.maxIncrease of 20 points; use at most 60",
      "traffic.xgboost-model-2: must stay at 40 for 20 more min: policy.bakeMinutes is 30, last step 2026-11-24T12:00:00.000Z",
    ],
  },
  {
    name: "another name of the endpoint",
    args: { endpointName: "heart-2" },
    needsEngine: true,
    refusedBy: "component",
    lines: [
      "endpointName: heart-classifier-* -> heart-2: an endpoint cannot change it; declare a second component, move the callers, then remove this one",
    ],
  },
  {
    name: "another name of the endpoint and all weights 0",
    config: { traffic: { [BLUE]: 0, [GREEN]: 0 } },
    args: { endpointName: "heart-2" },
    needsEngine: true,
    refusedBy: "component",
    lines: [
      "endpointName: heart-classifier-* -> heart-2: an endpoint cannot change it; declare a second component, move the callers, then remove this one",
      "traffic: all weights are 0 while the endpoint serves default=90 xgboost-model-2=10; keep 100 in total, or say with allowOutage why it may stop serving",
    ],
  },
  {
    name: "another resource group",
    args: { resourceGroupName: "rg-2" },
    needsEngine: true,
    refusedBy: "lookup",
    lines: ["resourceGroupName: there is no resource group rg-2; create it, or name one that exists"],
  },
  {
    name: "an existing workspace that is not there",
    args: { workspace: { existingName: "mlw-none" } },
    needsEngine: true,
    refusedBy: "lookup",
    lines: [
      "workspace.existingName: there is no workspace mlw-none in heart-classifier*; name one that exists, or leave it out to create one",
    ],
  },
  {
    name: "another name of the workspace",
    args: { workspace: { name: "mlw-elsewhere" } },
    needsEngine: true,
    refusedBy: "component",
    lines: [
      "workspace: mlw-* -> mlw-elsewhere: an endpoint cannot change it; declare a second component, move the callers, then remove this one",
    ],
  },
  {
    name: "another region",
    args: { location: "northeurope" },
    needsEngine: true,
    refusedBy: "traffic step",
    lines: [
      "location: westeurope -> northeurope: an endpoint cannot change it; declare a second component, move the callers, then remove this one",
    ],
  },
];
