import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { ROOT } from "../../../driver/paths";

/** A program that refuses Microsoft's client, by whichever way it is loaded, and says how far it came. */
const PROGRAM = `
  const Module = require("node:module");
  const client = "@azure/storage-blob";
  const hooks = \`export async function resolve(name, context, next) {
    if (name === "\${client}") throw new Error("the client is loaded");
    return next(name, context);
  }\`;
  Module.register("data:text/javascript," + encodeURIComponent(hooks));
  const resolveFilename = Module._resolveFilename;
  Module._resolveFilename = (name, ...rest) => {
    if (name === client) throw new Error("the client is loaded");
    return resolveFilename(name, ...rest);
  };
  require("./dist/components");
  const [upload, modelStore] = ["upload", "modelStore"].map((name) => require("./dist/components/models/" + name));
  console.log("the package is loaded");
  const store = { blobEndpoint: "https://heart.blob.core.windows.net/", containerName: "models", auth: { key: "" } };
  const folder = { files: [], bytes: 0, contentName: "" };
  const say = ({ message }) => console.log(message);
  Promise.resolve()
    .then(() => upload.planUpload(store, "heart/1", folder)).catch(say)
    .then(() => modelStore.readText(store, "MLmodel")).catch(say);
`;

test("Microsoft's client is loaded when something is asked of the storage, and not with the package", () => {
  const printed = execFileSync(process.execPath, ["-e", PROGRAM], { cwd: ROOT, encoding: "utf8" });
  expect(printed.trim().split("\n")).toEqual(["the package is loaded", "the client is loaded", "the client is loaded"]);
});
