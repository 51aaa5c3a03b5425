/** Before every path of the control API. */
export const API_PREFIX = "/api/v1";
