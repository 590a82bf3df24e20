import { authorizationRoutes } from "../authorization/routes";
import { appRoutes } from "../containerApps/routes";
import { registryRoutes } from "../containerRegistry/routes";
import { keyVaultRoutes } from "../keyvault/routes";
import { logAnalyticsRoutes } from "../logAnalytics/routes";
import { metricsRoutes } from "../metrics/routes";
import { mlRoutes } from "../ml/routes";
import { monitorRoutes } from "../monitor/routes";
import { networkRoutes } from "../network/routes";
import { resourcesRoutes } from "../resources/routes";
import { ArmRouter } from "../routing/router";
import { storageRoutes } from "../storage/routes";
import { templateRoutes } from "../templates/routes";
import type { Services } from "./services";

/** Azure Resource Manager with every resource type that is served. */
export function createArm(services: Services): ArmRouter {
  const arm = new ArmRouter(services.store, services.tenancy.subscriptionId);
  const routes = [
    resourcesRoutes(services, arm.types),
    templateRoutes(services),
    storageRoutes(services),
    keyVaultRoutes(services),
    registryRoutes(services),
    logAnalyticsRoutes(services),
    monitorRoutes(services),
    metricsRoutes(services),
    authorizationRoutes(services),
    networkRoutes(services),
    mlRoutes(services),
    appRoutes(services),
  ];
  for (const [type, handler] of routes.flatMap((each) => Object.entries(each))) arm.add(type, handler);
  return arm;
}
