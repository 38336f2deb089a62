import type { Stage } from '../../facts/stages.ts';
import { lastUser } from '../../facts/users.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3002',
  name: 'last-user-root',
  aliases: ['tally/stateful-root-runtime'],
  since: '0.1.0',
  severity: 'warning',
  family: 'user',
  summary: 'The last USER of the image is root',
  why: 'A process that runs as root in the container is root towards everything that is mounted into it: checkpoints and datasets on a bind mount end up owned by root on the host, and a flaw in the served code has every right inside. Root is fine while packages are installed; switch away from it behind the last step that needs it. Only the stage that is shipped counts: builder stages may stay root.',
  messages: {
    root: 'The container runs as root, as this is the last USER. Switch to a user without privileges behind the steps that need root.',
  },
  options: {
    everyStage: {
      default: false,
      description: 'Also report stages that are not the final one, unless another stage builds on them.',
    },
  },
  examples: {
    good: [
      { code: 'FROM python:3.12\nUSER root\nRUN apt-get update\nUSER 1000' },
      {
        code: 'FROM golang:1.25 AS build\nUSER root\nRUN make\nFROM debian:12\nUSER app',
        note: 'a builder may be root',
      },
      { code: 'FROM debian:12 AS base\nUSER root\nFROM base\nUSER 1000:1000' },
      { code: 'FROM debian:12\nARG APP_USER\nUSER $APP_USER', note: 'the user is given when building' },
      { code: 'FROM debian:12\nCMD ["true"]', note: 'no USER at all is the matter of final-stage-root' },
    ],
    bad: [
      { code: 'FROM jupyter/base-notebook:2025-06-30\nUSER ⟦root⟧\nRUN apt-get update' },
      { code: 'FROM debian:12\nUSER app\nRUN true\nUSER ⟦0:0⟧' },
      {
        code: 'FROM debian:12 AS base\nUSER ⟦root⟧\nFROM base\nRUN true',
        note: 'inherited from the stage below',
      },
      { code: 'FROM debian:12\nARG APP_USER=root\nUSER ⟦"${APP_USER}"⟧' },
    ],
  },
  create: () => ({
    end({ facts, options, report }) {
      const isLeaf = (stage: Stage) => facts.stages.every((other) => other.parent !== stage);
      const stages = facts.stages.filter((stage) => stage.isFinal || (options.everyStage && isLeaf(stage)));
      const reported = new Set<unknown>();
      for (const stage of stages) {
        const user = lastUser(facts.file, stage);
        if (!user?.isRoot || reported.has(user.instruction)) continue;
        reported.add(user.instruction);
        report(user.instruction.at(user.word), 'root');
      }
    },
  }),
});
