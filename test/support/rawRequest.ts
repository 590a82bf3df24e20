import { readFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { connect } from "node:tls";
import type { LocalAzure } from "azure-mlflow-rollout-local";

type Place = Pick<LocalAzure, "url" | "ca">;

/** Sends bytes over TLS as they are; gives the reply's status line and its body once the server has closed. */
export function rawRequest(azure: Place, bytes: string): Promise<{ readonly status: string; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(optionsOf(azure), () => socket.write(bytes));
    let text = "";
    socket.setEncoding("utf8").on("data", (part: string) => (text += part));
    socket.once("error", reject);
    socket.once("close", () => {
      const [head = "", ...body] = text.split("\r\n\r\n");
      resolve({ status: head.split("\r\n")[0] ?? "", body: body.join("\r\n\r\n") });
    });
  });
}

/** Sends bytes, over TLS or bare, and closes without waiting for a reply. */
export function hangUp(azure: Place, secure: boolean, bytes: string): Promise<void> {
  const { port, ...trust } = optionsOf(azure);
  return new Promise((resolve) => {
    const sent = () => socket.write(bytes, () => socket.destroy());
    const socket = secure ? connect({ port, ...trust }, sent) : connectPlain({ port, host: "127.0.0.1" }, sent);
    socket.once("error", () => undefined);
    socket.once("close", () => resolve());
  });
}

function optionsOf({ url, ca }: Place) {
  return { host: "localhost", port: Number(new URL(url).port), ca: readFileSync(ca) };
}
