// What the command line needs two calls for: which things there are, and what each of them is.

const attempts = 3;

/** One that goes between the two calls spoils the answer for all, so both are made again. */
export async function inspectListed<T>(
  list: () => Promise<readonly string[]>,
  inspect: (refs: readonly string[]) => Promise<readonly T[]>,
  isGone: (error: unknown) => boolean = () => true,
): Promise<readonly T[]> {
  for (let attempt = 1; ; attempt++) {
    const refs = await list();
    if (!refs.length) return [];
    try {
      return await inspect(refs);
    } catch (error) {
      if (attempt === attempts || !isGone(error)) throw error;
    }
  }
}
