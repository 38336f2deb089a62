/** Today's date in UTC, as `2026-11-23`; dates in this form compare as texts do. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
