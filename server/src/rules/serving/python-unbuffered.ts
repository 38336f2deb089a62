import { modelServers, pythonPrograms } from '../../data/model-servers.ts';
import { isWellKnown } from '../../facts/base-images.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { Stage } from '../../facts/stages.ts';
import { type StartedProgram, startedPrograms } from '../../facts/start-command.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { insertLineAbove, likeKeyword, lineEnding } from '../../text/edit.ts';

const line = 'PYTHONUNBUFFERED=1';

export default defineRule({
  code: 'python-unbuffered',
  name: 'python-unbuffered',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'serving',
  summary: 'Python holds back what it prints in the container',
  why: 'Where standard output is no terminal, as in a container, Python writes it in blocks of some kilobytes (docs.python.org, `sys.stdout` and `PYTHONUNBUFFERED`). `docker logs` then shows the loss of a training run late, and what is in the block when the kernel ends a job for want of memory is lost: the very lines that would say why. `logging` and standard error are not concerned, only `print`. The fix puts the variable behind the last layer, so nothing is built again. Silent where a stage or the base image sets it, where Python has `-u`, for servers of web applications, whose log goes through `logging`, and where the base image is not known well enough to say.',
  messages: {
    buffered:
      'Python holds back what `print` writes until a block is full, so the log of {program} comes late, and its end is lost when the job is killed. Write `ENV PYTHONUNBUFFERED=1`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nENV PYTHONUNBUFFERED=1\nCMD ["python","train.py"]' },
      { code: 'FROM python:3.12-slim\nCMD ["python","-u","train.py"]' },
      { code: 'FROM python:3.12-slim AS base\nENV A=1 PYTHONUNBUFFERED=1\nFROM base\nCMD python3 -m app' },
      {
        code: 'FROM gcr.io/kaggle-gpu-images/python:v155\nCMD ["python", "train.py"]',
        note: 'its base sets it',
      },
      { code: 'FROM python:3.12\nCMD PYTHONUNBUFFERED=1 python train.py' },
      { code: 'FROM python:3.12\nCMD ["python3"]', note: 'a terminal' },
      { code: 'FROM python:3.12\nCMD ["jupyter", "lab"]', note: 'a server that logs' },
      { code: 'FROM python:3.12\nCMD ["gunicorn", "wsgi:app"]', note: 'it flushes each line of its log' },
      { code: 'FROM python:3.12\nCMD python -m uvicorn app:app' },
      { code: 'FROM python:3.12 AS build\nCMD ["python", "a.py"]\nFROM debian:12\nCMD ["/app"]' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nCOPY . .\n# start\nCMD ["⟦python⟧","train.py"]',
        fixed: 'FROM python:3.12-slim\nCOPY . .\nENV PYTHONUNBUFFERED=1\n# start\nCMD ["python","train.py"]',
      },
      {
        code: 'FROM python:3.11-slim AS base\nENTRYPOINT ["⟦python⟧","main.py"]\nFROM base\nRUN true\nUSER app',
        fixed:
          'FROM python:3.11-slim AS base\nENTRYPOINT ["python","main.py"]\nFROM base\nRUN true\nUSER app\nENV PYTHONUNBUFFERED=1',
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nCMD cd /app && exec ⟦torchrun⟧ a.py',
        fixed:
          'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nENV PYTHONUNBUFFERED=1\nCMD cd /app && exec torchrun a.py',
      },
      {
        code: 'FROM python:3.12\nCMD ["⟦torchrun⟧", "train.py"]\nRUN pip install torch==2.7.1',
        fixed:
          'FROM python:3.12\nCMD ["torchrun", "train.py"]\nRUN pip install torch==2.7.1\nENV PYTHONUNBUFFERED=1',
        note: 'above CMD it would have the RUN run again',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      if (!stage || !isWellKnown(stage) || /PYTHONUNBUFFERED|stdbuf|\bunbuffer\b/.test(facts.file.joined))
        return;
      const program = startedPrograms(facts, stage).findLast(printsItself);
      if (!program || program.python?.some(({ value }) => /^-[A-Za-z]*u/.test(value))) return;
      const { word, name } = program;
      report((program.python?.[0] ?? word).inner, 'buffered', { program: name }, (): Fix => {
        const edits = [insertLast(facts, stage)];
        return { title: `Set ${line}`, safety: 'unsafe', edits };
      });
    },
  }),
});

/** Servers and workers that log by `logging`, which flushes each record (docs.python.org, `logging.StreamHandler`). */
const loggers = /^(?:flask|daphne|waitress-serve|celery|rq|dagster|prefect)$/;

/** Python with a program that may print; alone it is there to be talked to. */
function printsItself({ name, python, args }: StartedProgram): boolean {
  const logs = Object.hasOwn(modelServers, name) || loggers.test(name);
  if (logs && name !== 'streamlit') return false;
  if (python === undefined) return pythonPrograms.has(name) && args.length > 0;
  const isProgram = args.length > 0 || !/^(?:python|pypy)[\d.]*$/.test(name);
  return isProgram && !/^(?:http\.server|pytest|jupyter\w*|notebook)$/.test(name);
}

/** A line behind all that makes layers, above CMD or ENTRYPOINT and their comments where they stand there. */
function insertLast(facts: FileFacts, { from, instructions }: Stage) {
  const { text, comments } = facts.file;
  const last = instructions.findLastIndex(({ node }) =>
    /^(?:RUN|COPY|ADD|WORKDIR|ONBUILD)$/.test(node.keyword),
  );
  const command = instructions.slice(last + 1).find(({ node }) => /^(?:CMD|ENTRYPOINT)$/.test(node.keyword));
  const near: Instruction = command ?? instructions.at(-1) ?? from;
  const env = `${likeKeyword('ENV', near.node.keywordWord.raw)} ${line}`;
  if (!command) return { span: { start: near.span.end, end: near.span.end }, text: lineEnding(text) + env };
  let { start } = command.span;
  for (const { span } of [...comments].reverse()) {
    if (span.end <= start && /^\r?\n[ \t]*$/.test(text.slice(span.end, start))) start = span.start;
  }
  return insertLineAbove(text, start, env);
}
