import type { MetricsServices } from "../metrics/services";
import type { MlServices } from "../ml/shared/services";
import type { MonitorServices } from "../monitor/services";
import type { ResourcesServices } from "../resources/services";
import type { StorageServices } from "../storage/services";
import type { TemplatesServices } from "../templates/services";

/** The services that all resource types use. */
export type Services = ResourcesServices &
  TemplatesServices &
  StorageServices &
  MonitorServices &
  MetricsServices &
  MlServices;
