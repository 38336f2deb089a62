import { selfWritingModules, selfWritingPackages } from '../../../data/self-writing-packages.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { requiredPackages } from '../../../facts/required-packages.ts';
import { normalizeName } from '../../../facts/requirements.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { runningPrograms } from '../project-programs.ts';

/** Whether a package writes into its own folder, or a program has pip install something, which belongs to root where root installs. */
export function writesAmongPackages(facts: FileFacts, sources: SourceTexts | undefined): boolean {
  const { lock, project } = facts.context ?? {};
  const installed = facts.stages
    .flatMap(({ byKeyword }) => byKeyword.get('RUN') ?? [])
    .flatMap((run) => requiredPackages(facts, run));
  const known = [...installed, ...(lock?.packages ?? []), ...(project?.dependencies ?? [])];
  if (known.some(({ name }) => selfWritingPackages.has(normalizeName(name)))) return true;
  const locks = [...(sources ?? [])].flatMap(([path, text]) =>
    /(?:poetry|pdm)\.lock$/.test(path) ? text : [],
  );
  if (locks.some((text) => [...text.matchAll(named)].some(([, name = '']) => selfWritingPackages.has(name))))
    return true;
  return [...runningPrograms(facts, sources).values()].some(
    (text) =>
      [...text.matchAll(imports)].some(([, module = '']) => selfWritingModules.has(module)) ||
      installsModel.test(text) ||
      (text.includes('mediapipe') && fetchesModel.test(text)),
  );
}

/** MediaPipe downloads models that its wheel has not beside its code (`download_oss_model` of 0.10.21). */
const fetchesModel = /\bmodel_complexity *= *[02]\b|\bsolutions\.objectron\b/;
const named = /^name = "([\w.-]{1,100})"/gm;
const imports = /^[ \t]*(?:from|import)[ \t]+(\w+)/gm;
/** spaCy has pip install a model (cli/download.py of 3.8), which goes to a home folder that the running Python does not look into. */
const installsModel =
  /\bspacy\.cli\.download\(|\bfrom spacy\.cli import\b.{0,40}\bdownload\b|\bspacy["', ]{1,4}download\b/;
