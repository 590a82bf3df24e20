import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** Given to `pulumi stack init --secrets-provider`. */
export const SECRETS_PROVIDER = "hashivault://tests";

let served: Promise<Readonly<Record<string, string>>> | undefined;

/**
 * As much of HashiCorp Vault as Pulumi asks of it, for stacks of tests: it hides no secret. With a passphrase each command of
 * Pulumi would take a seventh of a second to derive the key of the stack's secrets.
 *
 * @returns variables for Pulumi
 */
export function serveSecretsKeeper(): Promise<Readonly<Record<string, string>>> {
  return (served ??= serve());
}

async function serve(): Promise<Readonly<Record<string, string>>> {
  const server = createServer((request, response) => {
    void json(request).then((asked) => {
      const { plaintext, ciphertext } = asked as { readonly plaintext?: string; readonly ciphertext?: string };
      const data = ciphertext === undefined ? { ciphertext: plaintext } : { plaintext: ciphertext };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ data }));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  // Whoever uses it need not close it.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: "tests" };
}
