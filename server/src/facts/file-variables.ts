/** Variables that name files for pip and uv (their documentation, "Environment variables"). */
const fileVariables =
  /^(?:PIP|UV)_(?:BUILD_)?(?:CONSTRAINTS?|CONFIG_FILE|REQUIREMENTS?|FIND_LINKS|OVERRIDES?|PROJECT|WORKING_DIR(?:ECTORY)?)$/;

/** Whether a variable tells pip or uv of a file, which may be one of the project. */
export const namesFile = (variable: string, value: string): boolean =>
  fileVariables.test(variable) && !value.includes('://');
