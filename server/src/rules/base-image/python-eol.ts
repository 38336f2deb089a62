import { pythonImageRelease, suggestedPython } from '../../data/release-dates.ts';
import { baseImage, officialName } from '../../facts/base-images.ts';
import { endedPython } from '../../facts/end-of-life.ts';
import { isMalformedFrom } from '../../facts/malformed-from.ts';
import { pythonInstalls, taggedPython } from '../../facts/python-installs.ts';
import type { Stage } from '../../facts/stages.ts';
import { replaceTag } from '../../facts/tag-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { LocalSpan } from '../../text/span.ts';

export default defineRule({
  code: 'python-eol',
  name: 'python-eol',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'base-image',
  summary: 'The Python is past its end of life',
  why: 'A release of Python gets security updates for five years (devguide.python.org/versions); 3.9 ended in October 2025 and 3.10 in October 2026. Packages leave it earlier: without a pinned version pip quietly takes the last release that still ran there, which may be years old. The rule reads the tag of the base image, the version that conda, uv, pyenv or apt-get are asked for, and the name of an installer of Miniconda. The Python that belongs to a release of Debian or Ubuntu, such as 3.10 in Ubuntu 22.04, is kept safe by its makers and is left alone.',
  messages: {
    ended:
      'Python {version} has had no security updates since {end}. Move to a newer one, such as {suggested}, and raise the pins of packages that have no build for it.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3\nRUN true' },
      { code: 'ARG VERSION\nFROM python:${VERSION}-slim\nRUN true', note: 'a variable without a default' },
      {
        code: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y python3.10',
        note: 'the Python of that release',
      },
      {
        code: 'FROM registry.example.com/base:1\nRUN apt-get install -y python3.6',
        note: 'the base is not known',
      },
      { code: 'FROM python:3\nRUN uv venv 3.8 && pip install "cpython==3.6.1" && echo python=3.6' },
      { code: 'FROM debian:12\nRUN conda create -n x "python>=3.6"' },
    ],
    bad: [
      {
        code: 'FROM ⟦python:3.8-slim-buster⟧ AS app\nRUN true',
        fixed: `FROM python:${suggestedPython}-slim-${pythonImageRelease} AS app\nRUN true`,
      },
      { code: 'FROM ⟦python:3.6.9-alpine3.10⟧', fixed: `FROM python:${suggestedPython}-alpine` },
      { code: 'ARG PY=3.7\nFROM ⟦python:${PY}⟧\nRUN true' },
      { code: 'ARG V=v3.8-slim\nFROM ⟦python:${V#v}⟧\nFROM ⟦python:${V##*v}⟧\nRUN true' },
      { code: 'ARG V=3.8-slim\nFROM ⟦python:${V/slim/bookworm}⟧\nFROM ⟦python:${V%%-*}⟧\nRUN true' },
      { code: 'FROM ⟦registry.example.com/torch:1.8-py36-cu111⟧\nRUN true' },
      {
        code: 'FROM debian:12\nRUN conda create -y -n train ⟦python=3.7.9⟧ numpy && conda clean -afy',
        fixed: `FROM debian:12\nRUN conda create -y -n train python=${suggestedPython} numpy && conda clean -afy`,
      },
      {
        code: 'FROM debian:12\nRUN uv venv --python ⟦3.8⟧ /opt/venv',
        fixed: `FROM debian:12\nRUN uv venv --python ${suggestedPython} /opt/venv`,
      },
      {
        code: 'FROM debian:12\nARG PY=3.8\nRUN uv python install ⟦$PY⟧',
        note: 'the value is known',
      },
      {
        code: 'FROM debian:12\nRUN wget -q ⟦https://repo.anaconda.com/miniconda/Miniconda3-py39_4.12.0-Linux-x86_64.sh⟧ -O /tmp/m.sh && bash /tmp/m.sh -b',
      },
      { code: 'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y ⟦python3.7-dev⟧ python3.7-venv' },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const stage = facts.stageOf(from);
      const word = from.node.imageWord;
      if (!stage || !word || stage.parent || isMalformedFrom(from.node)) return;
      const ended = endedPython(taggedPython(stage) ?? '');
      if (!ended) return;
      const data = { version: ended.name, end: ended.end, suggested: suggestedPython };
      report(from.at(word), 'ended', data, () => newerImage(stage));
    },
    RUN(run, { facts, report }) {
      for (const { word, version } of pythonInstalls(facts, run)) {
        const ended = endedPython(version);
        if (!ended) continue;
        const data = { version, end: ended.end, suggested: suggestedPython };
        report(run.at(word), 'ended', data, () => newerInstall(run, word));
        return;
      }
    },
  }),
});

/** The official image of the suggested Python in the same flavour; no code of Python 2 runs there. */
function newerImage(stage: Stage): Fix | undefined {
  if (officialName(baseImage(stage)) !== 'python') return undefined;
  const match = /^3[\d.]+(-slim)?(?:-(alpine)[\d.]*|-[a-z]+)?$/.exec(baseImage(stage).tag ?? '');
  if (!match || /-onbuild/.test(match[0])) return undefined;
  const [whole, slim = '', alpine] = match;
  const debian = /-(?!slim)[a-z]+$/.test(whole) ? `-${pythonImageRelease}` : '';
  const tag = `${suggestedPython}${slim}${alpine ? '-alpine' : debian}`;
  const edit = replaceTag(stage, tag);
  return edit && { title: `Use ${tag}`, safety: 'unsafe', edits: [edit] };
}

/** Writes the suggested Python into a word that holds a version literally, for conda, uv and pyenv. */
function newerInstall(run: Instruction, word: LocalSpan & { readonly raw: string }): Fix | undefined {
  const written = /(?<=^|[=n-])3\.\d+(?:\.\d+|\.\*)?(?=["']?$)/.exec(word.raw);
  // A package of the distribution comes with others of the same version.
  if (!written || /^["']?python3\.\d+/.test(word.raw)) return undefined;
  const from = word.from + written.index;
  const span = run.at({ from, to: from + written[0].length });
  return {
    title: `Use Python ${suggestedPython}`,
    safety: 'unsafe',
    edits: [{ span, text: suggestedPython }],
  };
}
