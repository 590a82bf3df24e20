import type { ArmServices } from "../arm/services";
import type { Exchange, Reply } from "../http/exchange";

export interface TemplatesServices extends ArmServices {
  /** Sends a request of a template through the whole of Azure Resource Manager, as if a client had made it. */
  send(exchange: Exchange, via: string): Promise<Reply>;
}
