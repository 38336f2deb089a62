// `npm run parity`: writes docs/parity.md from the public Dockerfiles (WHEELHOUSE_CORPUS, or beside the project).
// It asks hadolint, ShellCheck and BuildKit, the last one for some two minutes.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { corpusFolder, readCorpus } from '../corpus/files.ts';
import { startBuilder } from '../parts/builder.ts';
import { ensureBuildkitd, ensureBuildx } from '../parts/buildx.ts';
import { makeDockerConfig } from '../parts/docker-cli.ts';
import { stopEverything, stopOnSignals, temporaryFolder } from '../parts/processes.ts';
import { isMissing, type Log, type Missing } from '../parts/progress.ts';
import { ensurePython } from '../parts/python.ts';
import { askBuildkit, prepare } from './buildkit.ts';
import { createOurChecks, measureBuildkit } from './buildkit-parity.ts';
import { createRepairs, sampleByRule } from './fixes.ts';
import { askHadolint } from './hadolint.ts';
import { judgeRepairs } from './judge-repairs.ts';
import { createOurVerdicts, createShellcheckVerdicts } from './ours.ts';
import { measureParity } from './parity.ts';
import { ensureRefusals } from './refusals.ts';
import { renderBuildkit } from './render-buildkit.ts';
import { renderFixes } from './render-fixes.ts';
import { renderParity } from './render-parity.ts';
import { renderShellcheck } from './render-shellcheck.ts';
import { measureShellcheck } from './shellcheck-parity.ts';

stopOnSignals();
const log: Log = (_part, message) => console.error(message);
if (!corpusFolder) throw new Error('There is no corpus. Set WHEELHOUSE_CORPUS to a folder of Dockerfiles.');
const files = readCorpus(corpusFolder);

const { hadolint, shellcheck } = had(await ensurePython(log));
const said = await askHadolint(hadolint, files);
const parity = measureParity(files, said, await createOurVerdicts(undefined));
const scripts = await measureShellcheck(files, said, await createShellcheckVerdicts(shellcheck));

const ours = await createRepairs();
const judges = { ours, hadolint, refusals: had(await ensureRefusals()) };
const all = await judgeRepairs(
  files.flatMap((file) => ours.all(file) ?? []),
  judges,
);
const single = await judgeRepairs(
  sampleByRule(
    files.flatMap((file) => ours.single(file)),
    40,
  ),
  judges,
);

const config = makeDockerConfig(path.join(temporaryFolder('docker'), 'config'), had(await ensureBuildx(log)));
const name = had(await startBuilder(log, had(await ensureBuildkitd(log)), config, []));
const prepared = files.map(prepare);
const answers = await askBuildkit({ name, config }, prepared);
const checks = measureBuildkit(prepared, answers, await createOurChecks());
await stopEverything();

const document =
  renderParity(parity) + renderShellcheck(scripts) + renderBuildkit(checks) + renderFixes(all, single);
writeFileSync(new URL('../../docs/parity.md', import.meta.url), document);
const fixes = [...all.complaints, ...single.complaints];
const open = [...parity.unexplained, ...scripts.unexplained, ...checks.unexplained, ...fixes];
for (const place of open) console.log(`without an entry: ${place}`);
console.log(`Written: docs/parity.md (${open.length} disagreements without an entry)`);

function had<T>(part: T | Missing): T {
  if (isMissing(part)) throw new Error(`${part.missing}: ${part.why}`);
  return part;
}
