import type { AddressInfo, Server } from "node:net";

/**
 * Lets a server listen on the loopback interface; gives its port.
 *
 * @param port 0 for any free one
 * @throws Error when the port is in use
 */
export function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new Error(`port ${port} is in use; choose another one`) : error);
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
