import { listOf } from '../packages/dependencies.ts';
import { isOutside, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { argumentsIn } from '../sources/calls.ts';
import type { Program } from '../sources/program.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { dataFolders, isToldElsewhere, type Told, toldFolders } from './cache-folders.ts';
import { isOuter } from './outer-folders.ts';
import { savedFolders } from './saved-folders.ts';

/** Weights that Ultralytics fetches by their names, to where they are named (documentation of Ultralytics, "Models"). */
const ofUltralytics =
  /^(?:yolov?\d{1,2}[a-z]{1,2}\d?u?(?:-(?:cls|seg|pose|obb|oiv7|world|worldv2))?|sam2?\.?1?_\w{1,5}|mobile_sam|FastSAM-[sx]|rtdetr-[lx])\.pt$/;
export const isFetchedByName = (path: string) => ofUltralytics.test(nameOf(path));

/** What downloads weights by a call, into which folder of a home, and what tells it another one (documentation of each). */
const fetches: readonly (readonly [folder: string, call: RegExp, told: Told])[] = [
  [
    '.cache/torch',
    /\bpretrained *= *True|\bweights *= *(?:(?:\w+\.)*\w+_Weights\.|["'](?:DEFAULT|IMAGENET1K_V\d|COCO_\w+)["'])|\btorch\.hub\.load\((?!.*source *= *["']local)/,
    ['TORCH_HOME', 'hub.set_dir(', 'model_dir='],
  ],
  [
    '.cache/whisper',
    /\bwhisper\.load_model\( *["'](?:tiny|base|small|medium|large|turbo)/,
    ['download_root='],
  ],
  [
    '.keras',
    /\bweights *= *["']imagenet["']|\bkeras\.applications\.(?:\w{1,40}\.)?[A-Z]\w{1,40}\((?![^()]{0,200}\bweights *=)/,
    ['KERAS_HOME'],
  ],
  ['.EasyOCR', /\beasyocr\.Reader\(/, ['model_storage_directory=', 'EASYOCR_MODULE_PATH']],
  // facenet-pytorch 2.6 keeps them with those of torch.
  ['.cache/torch', /\bInceptionResnetV1\([^()]{0,80}\bpretrained *= *["']/, ['TORCH_HOME']],
  ['.cache/clip', /\bclip\.load\( *["']ViT|\bclip\.load\( *["']RN/, ['download_root=']],
  ['.deepface', /\bDeepFace\.(?:represent|verify|analyze|find|build_model|stream)\(/, ['DEEPFACE_HOME']],
  ['.insightface', /\bFaceAnalysis\(/, ['root=']],
  ['.u2net', /^[ \t]*(?:from|import) +rembg\b/m, ['U2NET_HOME']],
  [
    '.keras',
    /\b(?:mnist|fashion_mnist|cifar10|cifar100|imdb|reuters|boston_housing)\.load_data\(/,
    ['KERAS_HOME'],
  ],
  ['stanza_resources', /\bstanza\.download\(/, ['STANZA_RESOURCES_DIR', 'model_dir=']],
  [
    'gensim-data',
    /\b(?:gensim\.downloader|api|downloader)\.load\( *["'](?:word2vec|glove|fasttext|conceptnet)/,
    ['GENSIM_DATA_DIR'],
  ],
  [
    'scikit_learn_data',
    /\bfetch_(?:20newsgroups|california_housing|lfw_\w+|olivetti_faces|covtype|rcv1|kddcup99|openml|species_distributions)\(/,
    ['SCIKIT_LEARN_DATA', 'data_home='],
  ],
  ['nltk_data', /\bnltk\.download\( *["']/, ['download_dir=', 'NLTK_DATA']],
];
const loadsModel =
  /\b(?:from_pretrained|SentenceTransformer|CrossEncoder|snapshot_download|hf_hub_download|pipeline|HuggingFace\w*Embeddings|WhisperModel)\(\s*(?:["']([\w-]+)["']\s*,\s*)?(?:(?:pretrained_model_name_or_path|model_name_or_path|model_name|model_id|model|repo_id|task)\s*=\s*)?(?:["']([^"'\s]+)["']|((?:\w+\.)*\w+))/g;
/** `name = `, `name: str = `, `"name": ` and `"--name"`. */
const setName = /(?:^|[\s.(,{"'])([A-Za-z_]\w*)["']? ?(?::[^=,]{0,40})?[=:](?!=)/g;
const optionName = /["']--([\w-]+)["']/g;
/** An owner, and a name of a model of his. */
const withOwner = /["']([\w-][\w.-]*\/[\w.-]+)["']/;
const ofHub: Told = [
  'HF_HOME',
  'HF_HUB_CACHE',
  'TRANSFORMERS_CACHE',
  'SENTENCE_TRANSFORMERS_HOME',
  'cache_dir=',
  'cache_folder=',
  'download_root=',
  'local_dir=',
];
const callsHub =
  /(?:^|\.)(?:from_pretrained|SentenceTransformer|CrossEncoder|snapshot_download|hf_hub_download|pipeline|HuggingFace\w*Embeddings|WhisperModel)\(/;
/** A name at Hugging Face. */
const isModel = /^[\w-][\w.-]*(?:\/[\w.-]+)?$/;

/** Folders that each container fills anew with what its program downloads: below its home, and where the program has them. */
function downloadFolders(facts: ProjectFacts, start: Start) {
  const programs = programsOfStart(facts, start);
  const all = programs.map(({ text }) => text).join('\n');
  const isFromHub = !all.includes('local_files_only') && loadsFromHub(facts, programs);
  const used = [
    ...fetches.filter(([, call]) => call.test(all)).map(([folder, call, told]) => ({ folder, call, told })),
    ...(isFromHub ? [{ folder: hubFolder(facts), call: callsHub, told: ofHub }] : []),
  ].map((one) => ({ ...one, isElsewhere: isToldElsewhere(all, one.told) }));
  const here = (facts.context.files?.files ?? []).filter(({ path }) => !/(?:^|\/)\.git\w+$/.test(path));
  const isFilled = (folder: string) =>
    here.some((file) => file.path.startsWith(`${folder}/`) && facts.files.belongs(file));
  return {
    ofHome: used.flatMap(({ folder, isElsewhere }) => (isElsewhere ? [] : [folder])),
    told: [
      ...used.flatMap(({ call, told, isElsewhere }) =>
        isElsewhere ? toldFolders(programs, told, call, start.folder) : [],
      ),
      ...dataFolders(programs, start.folder),
    ].filter((folder) => !isFilled(folder) && (!isOutside(folder) || isOuter(folder))),
  };
}

/** sentence-transformers kept its models with those of torch before 2.3 (its release notes). */
function hubFolder({ dependencies, direct }: ProjectFacts): string {
  const exact = dependencies.asked.find(({ name }) => name === 'sentence-transformers')?.exact;
  const isFormer = exact?.localeCompare('2.3', 'en', { numeric: true }) === -1 && !direct.has('transformers');
  return isFormer ? '.cache/torch/sentence_transformers' : '.cache/huggingface';
}

/** Of these the folders that the program itself has for them, from that of the project or from the root. */
export const cacheFolders = (facts: ProjectFacts, start: Start): string[] => [
  ...new Set(downloadFolders(facts, start).told),
];

/** Folders that each container fills anew with what its program downloads, in a sentence. */
export function downloadNote(facts: ProjectFacts, start: Start): string | undefined {
  const { ofHome, told } = downloadFolders(facts, start);
  const folders = [...ofHome, ...told].map((folder) => (folder.startsWith('/') ? folder : `/app/${folder}`));
  return folders.length === 0
    ? undefined
    : `Each new container downloads what its program keeps in ${[...new Set(folders)].sort().join(', ')}, unless a volume that user 10001 may write is mounted there.`;
}

/** What fetches a file by its name, or to it (documentation of huggingface_hub, Keras, gdown, wget, pooch and Python). */
const fetchesFile =
  /\b(?:hf_hub_download|get_file|urlretrieve|gdown\.(?:cached_)?download|wget\.download|pooch\.retrieve)\(/;

/** Files that programs fetch by such a call, which nobody mounts. */
export const fetchedFiles = (programs: readonly Program[]): string[] =>
  programs.flatMap(({ text }) =>
    text
      .split(fetchesFile)
      .slice(1)
      .flatMap((rest) => {
        const given = argumentsIn(rest);
        const names = new Set(given.match(/\b[A-Za-z_]\w*/g));
        // `get(URL, PLACE)`, where a line sets `PLACE = "a.bin"`.
        const set = [...text.matchAll(/^[ \t]*(\w+) *= *["']([^"'\n]{1,120})["']/gm)];
        const named = set.flatMap(([, name = '', path = '']) => (names.has(name) ? [path] : []));
        const written = [...given.matchAll(/["']([^"'\n]{1,120})["']/g)].map(([, path = '']) => path);
        return [...written, ...named].map((path) => posixJoin('', path));
      }),
  );

/** Weights that each container fetches to the folder of its program, in a sentence. */
export function fetchedNote(facts: ProjectFacts, start: Start): string | undefined {
  const programs = programsOfStart(facts, start);
  if (!programs.some(({ text }) => /^[ \t]*(?:from|import) +ultralytics\b/m.test(text))) return undefined;
  const folder = start.folder ?? '';
  const here = new Set((facts.context.files?.files ?? []).map(({ path }) => path));
  const found = programs.flatMap(({ text }) =>
    [...text.matchAll(/["']((?:[\w.-]{1,60}\/){0,4}[\w.-]{1,60}\.pt)["']/g)].flatMap(([, path = '']) =>
      isFetchedByName(path) && !here.has(posixJoin(folder, path)) ? [posixJoin(folder, path)] : [],
    ),
  );
  const paths = [...new Set(found)].map((path) => `/app/${path}`);
  return paths.length === 0
    ? undefined
    : `Each new container downloads ${paths.join(', ')}, unless ${paths.length === 1 ? 'that file is' : 'those files are'} mounted there.`;
}

function loadsFromHub({ tree, context, texts }: ProjectFacts, programs: readonly Program[]): boolean {
  const saved = savedFolders(texts);
  const lines = programs.flatMap(({ text }) => text.split('\n'));
  // What is set, what is taken where nothing is told, and the default of an option of that name.
  const valueOf = (name: string) => {
    const own = name.split('.').at(-1) ?? '';
    const isOf = (line: string) =>
      [...line.matchAll(setName)].some(([, one]) => one === own) ||
      [...line.matchAll(optionName)].some(([, one = '']) => one.replaceAll('-', '_') === own);
    const said = lines.filter(isOf);
    return (
      said.flatMap((line) => /[=:] *["']([^"'\s]+)["'],?\s*$/.exec(line)?.[1] ?? [])[0] ??
      said.flatMap((line) => withOwner.exec(line)?.[1] ?? [])[0]
    );
  };
  const isHere = (path: string) =>
    tree.folders.has(path) || (context.files?.files ?? []).some((file) => file.path.startsWith(path));
  const isOfHub = (model: string | undefined) =>
    model !== undefined &&
    isModel.test(model) &&
    !saved.has(model) &&
    !/\.\w{1,4}$/.test(model) &&
    !isHere(model) &&
    (model.includes('/')
      ? !/^(?:models?|checkpoints?|weights|data|outputs?)\//i.test(model)
      : isPlainName(model));
  return programs.some(({ text }) =>
    [...text.matchAll(loadsModel)].some(
      ([, first, literal, name = '']) => isOfHub(first) || isOfHub(literal ?? valueOf(name)),
    ),
  );
}

/** Names without an owner are those of old (`bert-base-uncased`), and no folder is called so. */
const isPlainName = (model: string) =>
  /^(?:all-|bert-|gpt2|t5-|roberta-|distil|facebook|paraphrase-|multi-qa-)/.test(model);

/** Uses a GPU, or may: by a word for it, or by a package that looks for one itself (documentation of each). */
const mayUseGpu =
  /cuda|gpu|device|\.to\(|^[ \t]*(?:from|import) +(?:sentence_transformers|transformers|diffusers|ultralytics|easyocr|whisper|faster_whisper|pytorch_lightning|lightning|fastai|accelerate|vllm|detectron2)\b/im;

/** That the builds for GPUs come along for nothing, in a sentence. */
export function cpuNote({ direct, gpu, texts, dependencies }: ProjectFacts): string | undefined {
  const programs = [...texts].filter(([path]) => path.endsWith('.py'));
  const isUsed = programs.some(([, text]) => /^[ \t]*(?:import|from) +torch\b/m.test(text));
  return direct.has('torch') && isUsed && !gpu.isCpu && programs.every(([, text]) => !mayUseGpu.test(text))
    ? `torch comes with CUDA, which takes several GB, though no program uses a GPU: its builds for CPUs come from https://download.pytorch.org/whl/cpu, where ${listOf(dependencies)} names that index.`
    : undefined;
}
