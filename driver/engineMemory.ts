/** The engine's processes live for seconds: they end before a collection of garbage pays. */
export const ENGINE_MEMORY = { GOGC: "off", GOMEMLIMIT: "1GiB" };
