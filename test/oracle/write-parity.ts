// `npm run parity`: writes docs/parity.md from the public Dockerfiles (WHEELHOUSE_CORPUS, or beside the project).
import { writeFileSync } from 'node:fs';
import { corpusFolder, readCorpus } from '../corpus/files.ts';
import { isMissing } from '../parts/progress.ts';
import { ensurePython } from '../parts/python.ts';
import { askHadolint } from './hadolint.ts';
import { createOurVerdicts } from './ours.ts';
import { measureParity } from './parity.ts';
import { renderParity } from './render-parity.ts';

const python = await ensurePython((_part, message) => console.error(message));
if (isMissing(python)) throw new Error(python.missing);
if (!corpusFolder) throw new Error('There is no corpus. Set WHEELHOUSE_CORPUS to a folder of Dockerfiles.');
const files = readCorpus(corpusFolder);
const said = await askHadolint(python.hadolint, files);
const parity = measureParity(files, said, await createOurVerdicts(undefined));
writeFileSync(new URL('../../docs/parity.md', import.meta.url), renderParity(parity));
for (const place of parity.unexplained) console.log(`without an entry: ${place}`);
console.log(`Written: docs/parity.md (${parity.unexplained.length} disagreements without an entry)`);
