import { baseImage } from '../../facts/base-images.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { effective } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

const torch = /\b(?:torch|pytorch|lightning|accelerate|transformers)\b/;
const trains = /train|fit\b|finetune|fine-tune|torchrun|accelerate launch|deepspeed/i;

export default defineRule({
  code: 'shm-for-dataloader',
  name: 'shm-for-dataloader',
  aliases: [],
  since: '0.2.0',
  severity: 'style',
  family: 'torch',
  summary: 'A training service of Compose gets 64 MB of shared memory',
  why: 'The workers of a PyTorch `DataLoader` hand batches over in `/dev/shm`, of which a container gets 64 MB unless told otherwise (Docker documentation, `--shm-size`). Training then ends with "Unexpected bus error encountered in worker". A Dockerfile cannot set it: `shm_size: 8gb` or `ipc: host` of the service, `--shm-size` of `docker run`, or a volume of medium Memory in a pod does. The rule looks at the Compose file beside the Dockerfile, at services that are built from it and start a training.',
  messages: {
    small:
      'The service `{service}` of the Compose file trains with 64 MB of shared memory, too little for several workers of a DataLoader. Give it more: `shm_size: 8gb`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nCOPY train.py .\nCMD ["python", "train.py"]',
        context: { 'train.py': '', 'compose.yaml': 'services:\n  train:\n    build: .\n    shm_size: 8gb\n' },
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nCOPY serve.py .\nCMD ["python", "serve.py"]',
        context: { 'serve.py': '', 'compose.yaml': 'services:\n  api:\n    build: .\n' },
        note: 'it does not train',
      },
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nCOPY train.py .\nCMD ["python", "train.py"]',
        context: {
          'train.py': '',
          'compose.yaml': 'services:\n  db:\n    image: postgres\n  other:\n    build: ./other\n',
        },
      },
    ],
    bad: [
      {
        code: 'FROM pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime\nCOPY train.py .\n⟦CMD⟧ ["python", "train.py"]',
        context: { 'train.py': '', 'compose.yaml': 'services:\n  train:\n    build: .\n' },
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0\nCOPY train.py .\n⟦ENTRYPOINT⟧ ["torchrun", "train.py"]',
        context: {
          'train.py': '',
          'docker-compose.yml':
            'services:\n  fit:\n    build:\n      context: ./\n      dockerfile: Dockerfile\n',
        },
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const service = facts.context?.services?.find(({ hasSharedMemory }) => !hasSharedMemory);
      const stage = facts.finalStage;
      if (!service || !stage) return;
      const start = (['ENTRYPOINT', 'CMD'] as const)
        .map((keyword) => effective(stage, keyword))
        .find((it) => it !== undefined && trains.test(it.node.text));
      if (!start || !(torch.test(baseImage(stage).repository) || stageSays(stage, torch))) return;
      report(start.at(start.node.keywordWord), 'small', { service: service.name }, undefined, {
        elsewhere: () => [service.at],
      });
    },
  }),
});
