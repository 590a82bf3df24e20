import { textAt } from "../common/json";
import { badRequest } from "./errors";

/** Azure regions that offer machine learning, by name and display name. Others are accepted too. */
export const LOCATIONS: readonly (readonly [name: string, displayName: string])[] = [
  ["australiaeast", "Australia East"],
  ["brazilsouth", "Brazil South"],
  ["canadacentral", "Canada Central"],
  ["centralindia", "Central India"],
  ["centralus", "Central US"],
  ["eastasia", "East Asia"],
  ["eastus", "East US"],
  ["eastus2", "East US 2"],
  ["francecentral", "France Central"],
  ["germanywestcentral", "Germany West Central"],
  ["japaneast", "Japan East"],
  ["koreacentral", "Korea Central"],
  ["northcentralus", "North Central US"],
  ["northeurope", "North Europe"],
  ["norwayeast", "Norway East"],
  ["southafricanorth", "South Africa North"],
  ["southcentralus", "South Central US"],
  ["southeastasia", "Southeast Asia"],
  ["swedencentral", "Sweden Central"],
  ["switzerlandnorth", "Switzerland North"],
  ["uaenorth", "UAE North"],
  ["uksouth", "UK South"],
  ["westcentralus", "West Central US"],
  ["westeurope", "West Europe"],
  ["westus", "West US"],
  ["westus2", "West US 2"],
  ["westus3", "West US 3"],
];

/** Location names are compared ignoring case and blanks. */
export function normalLocation(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}

export function requireLocation(body: unknown): string {
  const location = textAt(body, "location");
  if (location === undefined || location === "") {
    throw badRequest("LocationRequired", "The location property is required for this definition.");
  }
  return normalLocation(location);
}
