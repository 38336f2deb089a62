import type { KnownProject } from '../known-project.ts';
import { besideProgram } from '../sources/applications.ts';
import type { Dependencies } from './dependencies.ts';

/** Places that anyone can read (documentation of PyPI, PyTorch, JAX, PyTorch Geometric and NVIDIA). */
const open =
  /^(?:pypi\.org|files\.pythonhosted\.org|(?:test\.)?pypi\.(?:org|python\.org|nvidia\.com)|download\.pytorch\.org|data\.pyg\.org|storage\.googleapis\.com|github\.com|wheels\.vllm\.ai|pypi\.tuna\.tsinghua\.edu\.cn|mirrors\.aliyun\.com|www\.piwheels\.org)$/;

/** The hosts of other indexes than those that anyone can read. */
export function privateIndexes({ context, texts }: KnownProject, { files }: Dependencies): string[] {
  const lists = files.map((file) => texts.get(file) ?? '').join('\n');
  const named = [
    ...lists.matchAll(/^[ \t]*(?:-i|-f|--index-url|--extra-index-url|--find-links)[ \t=]+(\S+)/gm),
  ];
  const urls = [
    ...named.map(([, url = '']) => url),
    ...(context.project?.uv.indexes ?? []).map(({ url }) => url),
    ...pipenvUrls(lists),
  ];
  return hostsOf(urls).filter((host) => !open.test(host));
}

const hostsOf = (urls: readonly string[]) => [
  ...new Set(urls.flatMap((url) => /^https?:\/\/(?:[^/@\s]*@)?([^/:\s]+)/.exec(url)?.[1] ?? [])),
];
/** Where `Pipfile` and its lock have packages from (Pipenv documentation, "Specifying Package Indexes"). */
const pipenvUrls = (text: string) =>
  [...text.matchAll(/^[ \t]*"?url"?[ \t]*[:=][ \t]*"(https?:[^"\s]+)"/gm)].map(([, url = '']) => url);

/** From where a build reads its packages instead of PyPI, in a line: a mirror is reached well in its own country alone. */
export function mirrorNote({ texts }: KnownProject, { files }: Dependencies): string | undefined {
  const lists = files.map((file) => texts.get(file) ?? '').join('\n');
  const named = [...lists.matchAll(/^[ \t]*(?:-i|--index-url)[ \t=]+(\S+)/gm)].map(([, url = '']) => url);
  const mirrors = hostsOf([...named, ...pipenvUrls(lists)]).filter((host) => isMirror.test(host));
  return mirrors.length === 0
    ? undefined
    : `The build reads its packages from ${mirrors.join(', ')}, a mirror of PyPI that ${files[0]} names.`;
}
const isMirror =
  /^(?:pypi\.tuna\.tsinghua\.edu\.cn|mirrors?\.[\w.-]+|pypi\.(?:douban\.com|doubanio\.com|mirrors\.ustc\.edu\.cn)|repo\.huaweicloud\.com)$/;

const programsOf = ({ texts }: KnownProject) =>
  [...texts].filter(([path]) => path.endsWith('.py') && !besideProgram.test(path));

/** Why a program cannot load a model of spaCy, in a sentence: each is a package of its own, which no index has. */
export function spacyFault(known: KnownProject): string | undefined {
  const programs = programsOf(known);
  const loader = programs.find(([, text]) => /^[ \t]*(?:import|from) pyresparser\b/m.test(text))?.[0];
  // Its modules load both as soon as they are imported, and call spaCy as its second release had it (pyresparser 1.0.6).
  if (loader !== undefined)
    return `${loader} imports pyresparser, which wants data of nltk and a model of spaCy 2 that no index has: write that Dockerfile by hand.`;
  if (programs.some(([, text]) => /\bspacy\.cli\b|spacy["', ]+download/.test(text))) return undefined;
  const others = [...known.texts].flatMap(([path, text]) => (path.endsWith('.py') ? [] : text)).join('\n');
  for (const [path, text] of programs) {
    const model = /\bspacy\.load\(\s*["']([a-z]{2}_[a-z]+_[a-z]+_(?:sm|md|lg|trf))["']/.exec(text)?.[1];
    const isNamed = model && [model, model.replaceAll('_', '-')].some((name) => listed(others, name));
    if (model && !isNamed)
      return `${path} loads ${model}, a model of spaCy that no list names: write the address of its wheel there, then add the files again.`;
  }
  return undefined;
}

/** As a requirement, with a version or an address behind it, and not in a command that loads it. */
const listed = (text: string, name: string) =>
  text.split('\n').some((line) => line.includes(name) && !/\bdownload\b/.test(line.split(name, 1)[0] ?? ''));

/** What reads data that NLTK does not bring (documentation of NLTK, "Installing NLTK Data"), or calls what does. */
const readsNltkData =
  /\b(?:word_tokenize|sent_tokenize|PunktSentenceTokenizer|pos_tag|ne_chunk|WordNetLemmatizer|SentimentIntensityAnalyzer|stopwords|wordnet|nltk\.corpus|nltk\.data|nltk\.tokenize\.punkt)\b|^[ \t]*(?:import|from) (?:textblob|rake_nltk|newspaper|sumy)\b/m;

/** Whether programs read data of NLTK that nothing of theirs downloads. */
export const needsNltkData = (programs: readonly { readonly text: string }[]) =>
  programs.some(
    ({ text }) =>
      /^[ \t]*(?:import|from) (?:nltk|textblob|rake_nltk|newspaper|sumy)\b/m.test(text) &&
      readsNltkData.test(text),
  ) && !programs.some(({ text }) => /\bnltk\.download\(|\bdownload\(["']punkt/.test(text));
