// The boundaries of CONTRIBUTING.md, "Where things are": an import that crosses one fails `npm run lint`.

/** Folders of components/ from the ground up: one may import those before it. */
const LAYERS = [
  "values",
  "args",
  "settings",
  "statistics",
  "rollout",
  "contract",
  "gates",
  "checks",
  "pulumi",
  "models",
  "azure",
  "evidence",
  "scope",
  "hooks",
  "resources",
];
const TOOLS = "^(driver|demo|walk|prove|acceptance|conformance|apiSpec|bench|examples|test)/";

const above = LAYERS.map((folder, index) => ({
  name: `components-${folder}`,
  severity: "error",
  comment: `components/${folder} imports what lies below it: ${LAYERS.slice(0, index).join(", ") || "nothing"}`,
  from: { path: `^components/${folder}/` },
  to: { path: `^components/(${[...LAYERS.slice(index + 1), "config", "[^/]+\\.ts"].join("|")})` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      comment: "No circle of files, imports of types counted.",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-circular-folders",
      severity: "error",
      comment: "No circle of folders.",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-circular-inner-folders",
      severity: "error",
      comment: "An inner folder knows nothing of the folder around it, which uses it; no-circular-folders misses this.",
      from: { path: "^(prove|prove/ordinary|conformance)/[^/]+/" },
      to: { path: "^$1/[^/]+\\.ts$" },
    },
    ...above,
    {
      name: "pure",
      severity: "error",
      comment: "The decisions know neither Pulumi nor the outside world.",
      from: { path: "^components/(rollout|values|contract|gates|statistics)/" },
      to: { path: "^(@pulumi/|node_modules/@pulumi/(?!.*\\.d\\.ts$))", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pure-io",
      severity: "error",
      comment: "The decisions do no I/O.",
      from: { path: "^components/(rollout|values|contract|gates|statistics|checks|settings)/" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|util)$" },
    },
    {
      name: "component-alone",
      severity: "error",
      comment: "The component and its plugin know neither the command nor the local Azure nor what tests them.",
      from: { path: "^(components|plugin|testing)/" },
      to: { path: `^(cli|local)/|${TOOLS}` },
    },
    {
      name: "command-loads-local",
      severity: "error",
      comment: "The command works without the second package, which it loads by its name.",
      from: { path: "^cli/", pathNot: "^cli/local/localPackage\\.ts$" },
      to: { path: `^local/|${TOOLS}`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "local-alone",
      severity: "error",
      comment: "The local Azure knows Azure and not this product.",
      from: { path: "^local/" },
      to: { path: `^(components|cli|testing)/|${TOOLS}` },
    },
    {
      name: "azure-without-pulumi",
      severity: "error",
      comment: "One room of the local package knows Pulumi.",
      from: { path: "^local/src/(?!pulumi/|index\\.ts)" },
      to: { path: "^local/src/pulumi/|node_modules/@pulumi/" },
    },
    {
      name: "core-without-services",
      severity: "error",
      comment: "The core of Azure Resource Manager knows no service.",
      from: { path: "^local/src/(arm|common|lists|apiSpec)/" },
      to: { path: "^local/src/(?!arm/|common/|lists/|apiSpec/|http/|server/clock)" },
    },
    {
      name: "no-import-of-tests",
      severity: "error",
      comment: "What tests share with anything else is in driver/.",
      from: { pathNot: "^(test/|vitest\\.config)" },
      to: { path: "^test/" },
    },
    {
      name: "demo-is-no-library",
      severity: "error",
      comment: "What the demo shares with anything else is in driver/.",
      from: { pathNot: "^(demo|test)/" },
      to: { path: "^demo/" },
    },
    {
      name: "walk-is-no-library",
      severity: "error",
      comment: "What the walk shares with anything else is in driver/.",
      from: { pathNot: "^(walk|test)/" },
      to: { path: "^walk/" },
    },
    {
      name: "driver-below",
      severity: "error",
      comment: "The driver is below all that it drives for.",
      from: { path: "^driver/" },
      to: { path: "^(demo|walk|prove|acceptance|conformance|apiSpec|bench|examples|test)/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|local/dist|node_modules/@pulumi/azure-native)/" },
    skipAnalysisNotInRules: true,
  },
};
