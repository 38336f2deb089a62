import { modelServers } from '../../data/model-servers.ts';
import { effective } from '../../facts/stages.ts';
import { startedPrograms } from '../../facts/start-command.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'serving-without-healthcheck',
  name: 'serving-without-healthcheck',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because: 'Kubernetes does not read it, and has probes of its own.',
  },
  family: 'serving',
  summary: 'A server that loads a model has no HEALTHCHECK',
  why: 'A server of models runs for minutes before it answers, while it loads weights. With a HEALTHCHECK Docker and Compose (`depends_on: condition: service_healthy`) know when it does; `--start-period` keeps failures of that time from counting (Dockerfile reference, "HEALTHCHECK"). Kubernetes does not read it and has probes of its own: switch the rule off where that is all you use. It speaks of servers that are known to load a model and of their documented paths; DL3057, which is off by default, asks for a HEALTHCHECK of every image.',
  messages: {
    missing:
      'Docker cannot tell when the model is loaded. Add `HEALTHCHECK --start-period=300s CMD curl -f http://localhost:{port}{path}`, with your port if it is another one. Kubernetes has probes of its own.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM vllm/vllm-openai:v0.33.0\nHEALTHCHECK --start-period=300s CMD curl -fsS http://localhost:8000/health\nENTRYPOINT ["vllm", "serve", "m"]',
      },
      {
        code: 'FROM python:3.12-slim\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0"]',
        note: 'it answers at once',
      },
      { code: 'FROM python:3.12-slim\nCMD ["python", "train.py"]' },
      {
        code: 'FROM vllm/vllm-openai:v0.33.0 AS base\nHEALTHCHECK CMD curl localhost:8000/health\nFROM base\nENTRYPOINT ["vllm", "serve", "m"]',
      },
    ],
    bad: [
      { code: 'FROM vllm/vllm-openai:v0.33.0\nENTRYPOINT ["⟦vllm⟧", "serve", "m"]' },
      { code: 'FROM nvcr.io/nvidia/tritonserver:25.06-py3\nCMD ⟦tritonserver⟧ --model-repository=/models' },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      if (!stage || effective(stage, 'HEALTHCHECK')) return;
      for (const { name, word } of startedPrograms(facts, stage)) {
        const server = Object.hasOwn(modelServers, name) ? modelServers[name] : undefined;
        if (!server?.loadsModel || server.path === undefined) continue;
        return report(word.inner, 'missing', { path: server.path, port: server.port });
      }
    },
  }),
});
