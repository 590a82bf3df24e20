import type { Routes } from "../arm/resourceHandler";
import type { ServedTypes } from "../routing/servedTypes";
import { groupOperation, locations, providers, resourceGroups, resources, subscriptions, tenants } from "./handlers";
import type { ResourcesServices } from "./services";

/** @param types all that are served, which is what providers tell of themselves */
export function resourcesRoutes(services: ResourcesServices, types: ServedTypes): Routes {
  const groups = resourceGroups(services);
  const registered = providers(types, services.tenancy.subscriptionId);
  return {
    tenants: tenants(services),
    subscriptions: subscriptions(services),
    providers: registered,
    "subscriptions/providers": registered,
    "subscriptions/locations": locations(),
    "subscriptions/resources": resources(services),
    "resourcegroups/resources": resources(services),
    "subscriptions/resourcegroups": groups,
    resourcegroups: groups,
    operationresults: groupOperation(services),
  };
}
