/** Where CI services look for their file. */
export const CI_PLACES = { github: ".github/workflows/rollout.yml" } as const;

export type CiService = keyof typeof CI_PLACES;

export const CI_SERVICES = Object.keys(CI_PLACES) as CiService[];
