/**
 * Flags of V8 that keep the server small while it works: without them the young generation grows until the server holds
 * 100 MB more (Node 24, 2,000 documents). A smaller one, or `--optimize-for-size`, makes a change take half as long again.
 */
export const serverFlags = ['--max-semi-space-size=4'];
