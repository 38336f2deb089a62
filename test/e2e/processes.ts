/** The tests know passwords that the programs under test must not find in their environment. */
export function withoutTestSecrets(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !key.startsWith('WHEELHOUSE_TEST_')));
}
