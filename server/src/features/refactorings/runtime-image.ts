import { baseImage } from '../../facts/base-images.ts';
import { basePython } from '../../facts/base-python.ts';
import type { Stage } from '../../facts/stages.ts';
import type { SourceTexts } from '../../project/source-texts.ts';

/** The image that the final stage goes on with. */
export interface RuntimeImage {
  /** What stands behind its FROM. */
  readonly from: string;
  /** The base is a slim one of Python already. */
  readonly isSame: boolean;
  /** The base is a slim one of Python or uv. */
  readonly isSlim: boolean;
  /** The base is one of uv, of which only its Python is needed. */
  readonly isUv: boolean;
  /** A variable of the tag of which only the default is known. */
  readonly variable: string | undefined;
}

/** A Python as a tag names it: by number, or by one variable. */
const version = String.raw`(\d+\.\d+(?:\.\d+)?|\$\w+|\$\{\w+(?::-[\d.]+)?\})`;
const codename = '(-(?:bookworm|bullseye|buster|trixie))?';
/** Tags of the official images, and of uv's own images on them (uv documentation, "Using uv in Docker", 2026-11). */
const tags = {
  python: new RegExp(`^((?:docker\\.io/)?(?:library/)?python):${version}(-slim)?${codename}$`),
  uv: new RegExp(
    `^((?:ghcr\\.io/astral-sh|(?:docker\\.io/)?astral)/uv):(?:\\d[\\d.]*-)?python${version}${codename}(-slim)?$`,
  ),
};

/** What the stage is called that makes the environment. */
export const buildName = (stage: Stage): string => (stage.name === 'build' ? 'environment' : 'build');

/** The slim image of the same Python and distribution; undefined where the base is another, or not known by its name. */
export function runtimeImage(stage: Stage, sources: SourceTexts | undefined): RuntimeImage | undefined {
  const written = readTag(stage.from.node.imageWord?.value ?? '');
  const meant = readTag(stage.base.text);
  const python = basePython(stage);
  if (!written || !meant || !python || baseImage(stage).digest !== undefined) return undefined;
  // `python -m venv` is younger than Python 2.
  if (python.major < 3 || written.release !== meant.release || written.isSlim !== meant.isSlim)
    return undefined;
  const variable = /^\$\{?(\w+)/.exec(written.version)?.[1];
  if (variable !== undefined && !valuesOf(variable, sources).every(isBare)) return undefined;
  const { flags, text } = stage.from.node;
  const kept = flags.map(({ from, to }) => `${text.slice(from, to)} `).join('');
  const { isUv, isSlim, release, repository } = written;
  return {
    from: `${kept}${isUv ? 'python' : repository}:${written.version}-slim${release}`,
    isSame: isSlim && !isUv,
    isSlim,
    isUv,
    variable,
  };
}

function readTag(image: string) {
  const python = tags.python.exec(image);
  const uv = tags.uv.exec(image);
  const [, repository = '', named = ''] = python ?? uv ?? [];
  if (named === '') return undefined;
  const [slim, release = ''] = python ? [python[3], python[4]] : [uv?.[4], uv?.[3]];
  return { repository, version: named, isSlim: slim !== undefined, release, isUv: uv !== null };
}

/** A version, or a variable in its place, of which nothing is known. */
const isBare = (value: string) => /^(?:\d+\.\d+(?:\.\d+)?|\$.*)$/.test(value);

/** What the files of the project give a build argument, in Compose files, workflows and scripts. */
function valuesOf(name: string, sources: SourceTexts | undefined): string[] {
  const given = new RegExp(String.raw`\b${name}[ \t]*[=:][ \t]*["']?([\w.$][\w.${'$'}{}-]*)`, 'g');
  return [...(sources ?? [])].flatMap(([path, text]) =>
    /\.py$|dockerfile|containerfile/i.test(path)
      ? []
      : [...text.matchAll(given)].flatMap(([, value]) => value ?? []),
  );
}
