// Read on 2026-11-27.

/** A package that goes with no newer release of another one, or not without one, and does not say so in its metadata. */
export interface Held {
  readonly name: string;
  /** Its own releases before this one alone; all where it is left out. */
  readonly before?: string;
  readonly needs: readonly string[];
}

/** Source: the wheels and archives on PyPI, read on the day above. */
export const heldPackages: readonly Held[] = [
  // Its namesake setuptools 82 has no pkg_resources.
  { name: 'gunicorn', before: '21', needs: ['setuptools<81'] },
];
