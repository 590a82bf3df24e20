// Runs all checks, two at a time, and shows what each one prints when it has ended.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Those of a row run one after the other. */
const ROWS = [["lint"], ["typecheck", "lint:docs", "lint:package", "lint:workflows"]];

const codes = await Promise.all(
  ROWS.map(async (names) => {
    const ended = [];
    for (const name of names) ended.push(await run(name));
    return Math.max(...ended);
  }),
);
process.exitCode = Math.max(...codes);

function run(name) {
  return new Promise((resolve, reject) => {
    const options = { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" };
    const child = spawn("npm", ["run", "--silent", name], options);
    const printed = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => printed.push(data));
    child.once("error", reject).once("close", (code) => {
      process.stdout.write(Buffer.concat(printed));
      if (code !== 0) process.stdout.write(`check: npm run ${name} failed\n`);
      resolve(code ?? 1);
    });
  });
}
