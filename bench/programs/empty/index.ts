// A program that declares nothing: what the engine, the language host and the SDK take by themselves.
import * as pulumi from "@pulumi/pulumi";

export const step = new pulumi.Config().get("step") ?? "";
