import { baseImage } from '../../../facts/base-images.ts';
import { basePython } from '../../../facts/base-python.ts';
import type { Stage } from '../../../facts/stages.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';

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

/**
 * Tags of the official images, and of uv's own images on them (uv documentation, "Using uv in Docker", 2026-11): a Python by
 * number, or by one variable.
 */
const tags = {
  python:
    /^((?:docker\.io\/)?(?:library\/)?python):(\d+\.\d+(?:\.\d+)?|\$\w+|\$\{\w+(?::-[\d.]+)?\})(-slim)?(-(?:bookworm|bullseye|buster|trixie))?$/,
  uv: /^((?:ghcr\.io\/astral-sh|(?:docker\.io\/)?astral)\/uv):(?:\d[\d.]*-)?python(\d+\.\d+(?:\.\d+)?|\$\w+|\$\{\w+(?::-[\d.]+)?\})(-(?:bookworm|bullseye|buster|trixie))?(-slim)?$/,
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
  const texts = [...(sources ?? [])].filter(([path]) => !/\.py$|dockerfile|containerfile/i.test(path));
  return texts
    .flatMap(([, text]) => text.split('\n'))
    .flatMap((line) => {
      const at = line.indexOf(name);
      if (at < 0 || /\w/.test(line[at - 1] ?? '')) return [];
      return /^["']?[ \t]?[=:][ \t]?["']?([\w.$][\w.${}-]*)/.exec(line.slice(at + name.length))?.[1] ?? [];
    });
}
