// What belongs to a Python package, by the RECORD that its installer wrote (packaging.python.org, "Recording installed
// projects"): lines of CSV, each with a path counted from the folder of the packages.

/** Names at the top of the folder of the packages, each with the names right below it. */
export type OwnedNames = ReadonlyMap<string, ReadonlySet<string>>;

/** What lies outside of the folder, as its programs do, is left out. */
export async function readRecord(content: AsyncIterable<Buffer>): Promise<OwnedNames> {
  const owned = new Map<string, Set<string>>();
  const note = (line: string) => {
    const path = line.startsWith('"') ? line.slice(1) : (line.split(',', 1)[0] ?? '');
    const [top = '', below = ''] = path.split('/', 2);
    if (!top || top === '..' || top === '__pycache__') return;
    const names = owned.get(top) ?? new Set();
    owned.set(top, names);
    if (below && names.size < mostBelow) names.add(below);
  };
  let rest = '';
  for await (const portion of content) {
    const lines = (rest + portion.toString('utf8')).split('\n');
    rest = (lines.pop() ?? '').slice(0, longestLine);
    lines.forEach(note);
  }
  note(rest);
  return owned;
}

const longestLine = 10_000;
const mostBelow = 10_000;
