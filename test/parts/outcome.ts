/** What a group of tests came to. */
export type Outcome = {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
  /** Names of what was skipped, each with its reason. */
  readonly skipped?: readonly string[];
  /** The files that took longest, with their seconds. */
  readonly slowest?: readonly string[];
};

export type Failure = { readonly title: string; readonly message: string };

export function addUp(outcomes: readonly Outcome[]): Required<Omit<Outcome, 'slowest'>> {
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    // A group that counts fewer failures than it names has miscounted.
    failed: outcomes.reduce((sum, outcome) => sum + Math.max(outcome.failed, outcome.failures.length), 0),
    failures: outcomes.flatMap((outcome) => outcome.failures),
    skipped: outcomes.flatMap((outcome) => outcome.skipped ?? []),
  };
}

export function failure(title: string, message: string): Outcome {
  return { passed: 0, failed: 1, failures: [{ title, message }] };
}
