/** A kind of project that a user has. */
export interface ConsumerKind {
  readonly name: "CommonJS TypeScript" | "ESM TypeScript" | "JavaScript";
  /** Its folder below the one that the packages are installed in. */
  readonly folder: string;
  /** Text by file name. */
  readonly files: Readonly<Record<string, string>>;
  readonly isTyped: boolean;
}

const BODY = `
const { versions = {}, ...rollout } = readRollout();
const group = new ResourceGroup("consumer");
const heart = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: group.name,
  model: { name: "heart-classifier", versions },
});
`;

function imports(azureNative: string): string {
  return `import { ResourceGroup } from "${azureNative}";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
// Never called: that its types are found is all.
export { setRolloutMocks } from "azure-mlflow-rollout/testing";
`;
}

function tsconfig(compilerOptions: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, skipLibCheck: true, types: ["node"], ...compilerOptions },
    files: ["index.ts"],
  });
}

/** The three kinds, each as Pulumi's own templates or Node's own rules make it. */
export const CONSUMERS: readonly ConsumerKind[] = [
  {
    name: "CommonJS TypeScript",
    folder: "commonjs",
    isTyped: true,
    files: {
      "package.json": JSON.stringify({ private: true }),
      // As "pulumi new typescript" makes it: ts-node compiles the program.
      "Pulumi.yaml": "name: consumer\nruntime: nodejs\n",
      "tsconfig.json": tsconfig({ target: "es2020", module: "commonjs", moduleResolution: "node" }),
      "index.ts": `${imports("@pulumi/azure-native/resources")}${BODY}\nexport const traffic = heart.traffic;\n`,
    },
  },
  {
    name: "ESM TypeScript",
    folder: "esm",
    isTyped: true,
    files: {
      "package.json": JSON.stringify({ private: true, type: "module", main: "index.ts" }),
      "Pulumi.yaml":
        "name: consumer\nruntime: { name: nodejs, options: { typescript: false, nodeargs: --import tsx } }\n",
      "tsconfig.json": tsconfig({ target: "es2022", module: "nodenext", moduleResolution: "nodenext" }),
      "index.ts": `${imports("@pulumi/azure-native/resources/index.js")}${BODY}\nexport const traffic = heart.traffic;\n`,
    },
  },
  {
    name: "JavaScript",
    folder: "javascript",
    isTyped: false,
    files: {
      "package.json": JSON.stringify({ private: true }),
      "Pulumi.yaml": "name: consumer\nruntime: { name: nodejs, options: { typescript: false } }\n",
      "index.js": `const { ResourceGroup } = require("@pulumi/azure-native/resources");
const { ProgressiveMlflowEndpoint, readRollout } = require("azure-mlflow-rollout");
${BODY}
exports.traffic = heart.traffic;
`,
    },
  },
];
