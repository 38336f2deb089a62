// What goes on once its remedy was taken.
import { failed, failureOf } from '../runtime/failures.ts';

/** The same, and what needed the login goes on after it. */
export function goingOn(error: unknown, command: string, request: object): unknown {
  const failure = failureOf(error);
  const { action } = failure ?? {};
  if (!failure || action?.command !== 'wheelhouse.registries.login') return error;
  const [login] = action.arguments as readonly [object];
  return failed({
    ...failure,
    action: { ...action, arguments: [{ ...login, next: { command, arguments: [request] } }] },
  });
}
