import { isPythonImage } from './base-images.ts';
import { readDependencyInstall } from './dependency-installs.ts';
import type { FileFacts } from './file-facts.ts';
import { effective, lineage, type Stage } from './stages.ts';

const launchers =
  /(?:^|[\s"'/[])(?:python[\d.]*|uvicorn|gunicorn|hypercorn|fastapi|flask|streamlit|gradio|jupyter(?:[- ]?lab|-notebook)?|ipython|celery|mlflow|torchrun|accelerate|deepspeed|ray|vllm|tritonserver|torchserve|tensorflow_model_server|bentoml)(?=["'\s,\]]|$)/;
const notebooks = /jupyter|notebook/i;

/** Whether a stage is an image for Python or machine learning: by its base, by what it starts or by what it installs. */
export function isPythonProject(facts: FileFacts, stage: Stage): boolean {
  if (isPythonImage(stage) || launchers.test(startCommand(stage))) return true;
  return lineage(stage).some(({ instructions }) =>
    instructions.some((it) => facts.commands(it).some((command) => readDependencyInstall(command))),
  );
}

/** What a container of the stage does, as far as its start command and ports tell. */
export function purposeOf(stage: Stage): 'notebook' | 'service' | 'container' {
  if (notebooks.test(startCommand(stage))) return 'notebook';
  return effective(stage, 'EXPOSE') ? 'service' : 'container';
}

/** Text of the ENTRYPOINT and CMD in force. */
export function startCommand(stage: Stage): string {
  return (['ENTRYPOINT', 'CMD'] as const)
    .map((keyword) => effective(stage, keyword)?.node)
    .map((node) => node?.plain.slice(node.body.from) ?? '')
    .join(' ')
    .trim();
}

/** A container that starts nothing but a shell, or a notebook. */
const shellOrNotebook =
  /^$|^\[?"?(?:\/bin\/|\/usr\/bin\/)?(?:ba|z)?sh"?(?:, *"?-l"?)?\]?$|sleep|sshd|tail -f|jupyter|notebook/i;

/** Whether an image is one to work in, for which compilers may be the point. */
export function isWorkbench(stage: Stage): boolean {
  return shellOrNotebook.test(startCommand(stage));
}
