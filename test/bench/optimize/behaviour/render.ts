import { optimizeCases, scaffoldCases, type Verdicts } from './all.ts';
import type { Verdict } from './verdict.ts';

/** Where this part of the page begins. */
export const heading = '## Behaviour before and after';

/** The part of `docs/optimize.md` that tells of each project whether it behaves the same. */
export function renderBehaviour({ optimized, scaffolded }: Verdicts): string {
  const same = (verdicts: readonly Verdict[]) => verdicts.filter(isSame).length;
  return [
    heading,
    `${optimizeCases.length} small projects are built and run before and after **Optimize Dockerfile**, with their own start command, as the user of the image and as one that it does not know. Compared are the image’s configuration but for its user, the files that are not the system’s, exit code, output, what a service answers, its health check, and the files that it leaves. **${same(optimized)} of ${optimized.length} are the same**, and what is offered is what is right there.`,
    table('offered', optimized),
    `For ${scaffoldCases.length} projects without a Dockerfile **Add Container Files** writes one, which is built and started: **${same(scaffolded)} of ${scaffolded.length} say what the project says**, and hold nothing that it keeps to itself.`,
    table('kind', scaffolded),
    'The packages of these projects are small stand-ins of the same names, which ask for the libraries, programs and compilers that the real ones ask for; build backends, pip, uv and the engine are real. apt-get takes its packages from a folder.',
  ]
    .join('\n\n')
    .concat('\n');
}

const isSame = ({ differences }: Verdict) => differences.length === 0;

function table(applied: string, verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(
    (one) =>
      `| ${one.name} | ${one.about} | ${one.applied.join(', ') || 'nothing'} | ${isSame(one) ? 'the same' : `**${inCell(one.differences[0] ?? '')}**`} |`,
  );
  return [`| project | what it has | ${applied} | behaves |`, '|---|---|---|---|', ...rows].join('\n');
}

/** The first line of a text, as a cell of a table can hold it. */
const inCell = (text: string) => (text.split('\n')[0] ?? '').replace(/[|*]/g, '\\$&').slice(0, 120).trim();
