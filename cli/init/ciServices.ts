/** The files of a CI service: where each is looked for in a project, and where it lies below `templates/ci`. */
export const CI_FILES = {
  github: {
    ".github/workflows/rollout.yml": "github/rollout.yml",
    ".github/workflows/azure.yml": "github/azure.yml",
  },
  "azure-pipelines": { "azure-pipelines.yml": "azure-pipelines/azure-pipelines.yml" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type CiService = keyof typeof CI_FILES;

export const CI_SERVICES = Object.keys(CI_FILES) as CiService[];
