/** Variables that name files for pip and uv (their documentation, "Environment variables"). */
const fileVariables =
  /^(?:PIP|UV)_(?:BUILD_)?(?:CONSTRAINTS?|CONFIG_FILE|REQUIREMENTS?|FIND_LINKS|OVERRIDES?|PROJECT|WORKING_DIR(?:ECTORY)?)$/;

/** Those that name certificates and keys for what downloads (documentation of pip, Requests, OpenSSL, curl and conda). */
const keyVariables =
  /^(?:PIP_(?:CLIENT_)?CERT|(?:REQUESTS|CURL)_CA_BUNDLE|SSL_CERT_(?:FILE|DIR)|NETRC|CONDARC)$/;

/** Whether a variable tells installers of a file, which may be one of the project. */
export const namesFile = (variable: string, value: string): boolean =>
  (fileVariables.test(variable) && !value.includes('://')) ||
  (keyVariables.test(variable) && !/^\/(?:etc|usr)\//.test(value));
