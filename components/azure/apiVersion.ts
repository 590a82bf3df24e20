/** The API version that Azure Machine Learning is asked in, and that the resources of the component are written with. */
export const API_VERSION = "2025-12-01";

/** The same for an address. */
export const API_QUERY = `api-version=${API_VERSION}`;
