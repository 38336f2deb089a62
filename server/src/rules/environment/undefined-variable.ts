import { predefinedArgs } from '../../data/image-variables.ts';
import { variablesOfImage } from '../../facts/image-variables.ts';
import { type Reference, references, renameReference, sameEnvReferences } from '../../facts/references.ts';
import { variablesAt } from '../../facts/scope.ts';
import { hasSecretName } from '../../facts/secret-variables.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, InstructionNode, KeyValues, Word } from '../../syntax/tree.ts';
import { mostSuggestions, nearest } from '../../text/nearest.ts';

const messages = {
  secret:
    'Nothing in this file sets `${name}`, so Docker puts nothing in its place. Delete this, and give the value to the container: `docker run --env {name}`; here whoever has the image could read it.',
  entry:
    'Nothing in this file sets `${name}`, so an empty entry stays in this list, which many programs read as the current folder. Delete `${name}` and the `:` beside it.',
  unset:
    'Nothing in this file sets `${name}`, so Docker puts nothing in its place. Write `ARG {name}=…` or `ENV {name}=…` above, or leave it out.',
  typo: 'Nothing in this file sets `${name}`, so Docker puts nothing in its place. Did you mean `${other}`?',
  undeclared: '`${name}` is not set above. Write `ARG {name}` above, so that a build can give it a value.',
} as const;

const table = {
  acceptDefaults: {
    default: true,
    description:
      'Accept `${NAME:-default}` and `${NAME:+other}`, which say what holds where NAME is not set.',
  },
} as const;

export default defineRule({
  code: 'UndefinedVar',
  name: 'undefined-variable',
  aliases: ['buildkit/UndefinedVar'],
  since: '0.2.0',
  severity: 'warning',
  family: 'environment',
  summary: 'A variable that nothing sets',
  why: 'Docker puts an empty text where a variable is not set, and goes on. `ENV PYTHONPATH=$PYTHONPATH:/app` on a fresh image becomes `:/app`, and an empty part of PYTHONPATH or LD_LIBRARY_PATH is the current folder: files beside a notebook are then loaded in place of installed packages. `$HOME` is set for the commands of a RUN only. Looked at are the instructions that Docker itself expands, on base images whose variables are known.',
  messages,
  options: table,
  examples: {
    good: [
      {
        code: 'FROM python:3.12\nENV APP=/app\nENV PATH=$APP/bin:$PATH LANG=${LANG:-C.UTF-8}\nWORKDIR ${APP}',
      },
      { code: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nENV LD_LIBRARY_PATH=/opt/lib:$LD_LIBRARY_PATH' },
      {
        code: 'FROM debian:12\nENV LD_LIBRARY_PATH=/opt/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}',
        note: 'says what holds where it is not set',
      },
      { code: 'FROM team/base:1\nWORKDIR $APP', note: 'the base may set it' },
      { code: 'FROM debian:12\nARG TARGETARCH\nCOPY bin/$TARGETARCH /bin/\nRUN echo $HOME' },
      { code: 'FROM debian:12\nENV A=1 B=$A', note: 'left to DL3044' },
      { code: "FROM debian:12\nLABEL price='$X' other=\\$X\nCOPY <<'E' /x\n$X\nE" },
    ],
    bad: [
      {
        code: 'FROM debian:12\nENV PYTHONPATH=⟦$PYTHONPATH⟧:/app',
        fixed: 'FROM debian:12\nENV PYTHONPATH=/app',
      },
      {
        code: 'FROM python:3.12-slim\nENV LD_LIBRARY_PATH="/opt/lib:⟦${LD_LIBRARY_PATH}⟧"',
        fixed: 'FROM python:3.12-slim\nENV LD_LIBRARY_PATH="/opt/lib"',
      },
      {
        code: 'FROM debian:12\nARG MODEL_DIR=/models\nCOPY model ⟦$MODELDIR⟧/',
        fixed: 'FROM debian:12\nARG MODEL_DIR=/models\nCOPY model $MODEL_DIR/',
      },
      { code: 'FROM ubuntu:24.04\nENV PATH=⟦$HOME⟧/.local/bin:$PATH\nWORKDIR ⟦${HOME}⟧/work' },
      {
        code: 'ARG VERSION=1\nFROM debian:12\nLABEL version=⟦$VERSION⟧',
        note: 'an ARG before FROM has to be repeated in the stage',
      },
      { code: 'FROM debian:12\nCOPY <<E /conf\nhome = ⟦$APP_HOME⟧\nE' },
      { code: 'FROM debian:12\nENV PORT=⟦${PORT:-8080}⟧', options: { acceptDefaults: false } },
    ],
  },
  create: () => {
    let suggestions = 0;
    const check = (instruction: Instruction, ctx: RuleContext<typeof messages, typeof table>) => {
      const { facts, options, report } = ctx;
      if (!instruction.node.text.includes('$')) return;
      const stage = facts.stageOf(instruction);
      const ofImage = stage && variablesOfImage(stage);
      if (!ofImage) return;
      const scope = variablesAt(facts.file, stage, instruction);
      /** Set by this instruction itself. */
      const known = new Set<string>();
      const { keyword } = instruction.node;
      const ofSame =
        keyword === 'ENV' ? sameEnvReferences(facts.file, instruction as Instruction<KeyValues>) : [];
      const same = new Set(ofSame.map(({ from }) => from));
      for (const word of expandedWords(instruction.node)) {
        for (const use of references(word, facts.file.escape, !word.body)) {
          const { name } = use;
          if (scope.has(name) || known.has(name) || ofImage.test(name) || predefinedArgs.test(name)) continue;
          if (use.allowsUnset) {
            if (!options.acceptDefaults) report(instruction.at(use), 'undeclared', { name });
            continue;
          }
          if (same.has(use.from)) continue;
          const other =
            suggestions++ < mostSuggestions
              ? nearest(name, new Set([...new Map(scope).keys(), ...known]))
              : undefined;
          const fix = () => (other ? rename(instruction, use, other) : leaveOut(instruction, use));
          const repair = { name: `ENV ${name}` };
          if (other) report(instruction.at(use), 'typo', { name, other }, fix, { repair });
          else {
            const around = `${instruction.node.text[use.from - 1] ?? ''}${instruction.node.text[use.to] ?? ''}`;
            const id = hasSecretName(name, false)
              ? 'secret'
              : keyword === 'ENV' && around.includes(':')
                ? 'entry'
                : 'unset';
            report(instruction.at(use), id, { name }, fix, { repair });
          }
        }
        // The pairs of one ARG are set one after the other.
        if (word.declares !== undefined) known.add(word.declares);
      }
    };
    return {
      ADD: check,
      ARG: check,
      COPY: check,
      ENV: check,
      LABEL: check,
      STOPSIGNAL: check,
      USER: check,
      VOLUME: check,
      WORKDIR: check,
    };
  },
});

interface Expanded extends Word {
  /** The body of a heredoc, in which quotes are text. */
  readonly body?: boolean;
  /** The variable that an ARG declares by this word. */
  readonly declares?: string;
}

/** The words into which Docker puts variables (Dockerfile reference, "Environment replacement"). */
function expandedWords(node: InstructionNode): Expanded[] {
  switch (node.keyword) {
    case 'ARG':
      return node.pairs.map(({ key, value }) => ({ ...(value ?? { ...key, raw: '' }), declares: key.value }));
    case 'ENV':
    case 'LABEL':
      return node.pairs.flatMap(({ key, value }) => (value ? [key, value] : [key]));
    case 'ADD':
    case 'COPY': {
      const flags = node.flags.flatMap(({ name, value }) =>
        /^(?:chown|chmod|checksum)$/.test(name) && value ? [value] : [],
      );
      const bodies = node.heredocs
        .filter(({ quoted }) => !quoted)
        .map(({ body }) => {
          const raw = node.text.slice(body.from, body.to);
          return { ...body, raw, value: raw, body: true };
        });
      const paths = node.destination ? [...node.sources, node.destination] : node.sources;
      return [...flags, ...paths, ...bodies];
    }
    default:
      return [...(node.json ?? node.args)];
  }
}

function rename(instruction: Instruction, use: Reference, other: string): Fix {
  const edits = [renameReference(instruction, use, other)];
  return { title: `Write ${other}`, safety: 'unsafe', edits };
}

/** In a list of paths the variable goes with its colon: an empty part means the current folder. */
function leaveOut(instruction: Instruction, { from, to }: Reference): Fix | undefined {
  const { text, keyword } = instruction.node;
  if (keyword !== 'ENV') return undefined;
  const before = text[from - 1] === ':';
  const atStart = /[="'\s]/.test(text[from - 1] ?? '') && text[to] === ':';
  const atEnd = before && /^(?:$|[:"'\s])/.test(text.slice(to, to + 1));
  if (!atStart && !atEnd) return undefined;
  const place = atStart ? { from, to: to + 1 } : { from: from - 1, to };
  return {
    title: 'Leave it out',
    safety: 'unsafe',
    edits: [{ span: instruction.at(place), text: '' }],
  };
}
