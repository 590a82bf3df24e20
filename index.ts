// Pulumi infers the schema of the component package from this file; at run time it loads `main`, which is built.
export * from "./components";
