import { baseImage, osFamily } from '../../facts/base-images.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { effective, lineage, type Stage } from '../../facts/stages.ts';
import { isRoot, lastUser, userName, userText } from '../../facts/users.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3002',
  name: 'last-user-root',
  aliases: ['tally/stateful-root-runtime'],
  since: '0.1.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because:
      '8 of the 15 repositories in which it finds something silence it: many images need root, or get another user when they are started.',
  },
  family: 'user',
  summary: 'The last USER of the image is root',
  why: 'A process that runs as root in the container is root towards everything that is mounted into it: checkpoints and datasets on a bind mount end up owned by root on the host, and a flaw in the served code has every right inside. Root is fine while packages are installed; switch away from it behind the last step that needs it. Only the stage that is shipped counts: builder stages may stay root.',
  messages: {
    root: 'The container runs as root, as this is the last USER. Make a user, as with `RUN {create}`, and write `USER app` below the last step that needs root.',
    back: 'The container runs as root, as this is the last USER. Write `USER {name}` again, below the last step that needs root.',
    empty:
      'The container runs as root, as this is the last USER, and an image from scratch has no program to make a user. Write a number, which needs no account: `USER 65532`.',
    changed:
      'The container starts as root, as this is the last USER, only for `{program}` to change to another user. Name that user in USER, and start the program without `{program}`.',
    base: 'The container runs as root, as this is the last USER. Write `USER {name}`, the user of the base image, below the last step that needs root.',
  },
  options: {
    everyStage: {
      default: false,
      description: 'Judge every stage by its own last USER, not only the final one.',
      hadolint: {
        value: true,
        reason:
          'Only the final stage is shipped, so a builder may end as root, and a final stage is root as well where the stage below it ended so; hadolint judges every stage, and each by its own USER.',
        issue: 'hadolint#405',
        example: 'FROM debian:12 AS build\nUSER root\nRUN make\nFROM debian:12\nUSER app\n',
      },
    },
    resolveUser: {
      default: true,
      description: 'Read the user as Docker does: without quotes, with the values of ARG and ENV.',
      hadolint: {
        value: false,
        reason:
          '`USER "root"`, `USER 00` and `USER $NAME` behind `ARG NAME=root` run as root; hadolint compares the text, to the last blank of the line.',
        example: 'FROM debian:12\nARG NAME=root\nUSER $NAME\n',
      },
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
      { code: 'FROM debian:12\nUSER "root"', options: { resolveUser: false } },
    ],
    bad: [
      { code: 'FROM jupyter/base-notebook:2025-06-30\nUSER ⟦root⟧\nRUN apt-get update' },
      { code: 'FROM debian:12\nUSER app\nRUN true\nUSER ⟦0:0⟧' },
      {
        code: 'FROM debian:12 AS base\nUSER ⟦root⟧\nFROM base\nRUN true',
        note: 'inherited from the stage below',
      },
      { code: 'FROM debian:12\nARG APP_USER=root\nUSER ⟦"${APP_USER}"⟧' },
      {
        code: 'FROM golang:1.25 AS build\nUSER ⟦root⟧\nRUN make\nFROM debian:12\nUSER app',
        options: { everyStage: true },
      },
    ],
  },
  create: () => ({
    end({ facts, options, report }) {
      for (const stage of facts.stages) {
        if (!stage.isFinal && !options.everyStage) continue;
        const user = lastUser(stage, options.everyStage);
        const word = user?.node.args[0];
        if (!user || !word) continue;
        const root = options.resolveUser
          ? isRoot(userName(facts.file, stage, user) ?? '')
          : /^(?:root|0)(?::|$)/.test(userText(facts.file, user));
        if (!root) continue;
        const before = userBefore(facts, stage);
        const ofBase = /(?:^|\/)jupyter\//.test(baseImage(stage).repository);
        const create = osFamily(stage) === 'alpine' ? 'adduser -D app' : 'useradd --create-home app';
        const program = changingProgram(stage);
        if (program !== undefined) report(user.at(word), 'changed', { program });
        else if (before) report(user.at(word), 'back', { name: before });
        else if (osFamily(stage) === 'none') report(user.at(word), 'empty');
        // The start script of these images gives the user its name and number (Jupyter Docker Stacks, "Recipes").
        else if (ofBase) report(user.at(word), 'base', { name: '$NB_UID' });
        else report(user.at(word), 'root', { create });
      }
    },
  }),
});

/** What the container is started with to become another user; `su` asks whoever is not root for a password. */
function changingProgram(stage: Stage): string | undefined {
  const starts = (['ENTRYPOINT', 'CMD'] as const).flatMap((keyword) => effective(stage, keyword) ?? []);
  const words = starts.flatMap(({ node }) => node.json ?? node.args);
  const name = words[0]?.value.replace(/^.*\/|[[\]"',]/g, '');
  return name !== undefined && /^(?:su|gosu|su-exec|setpriv|runuser)$/.test(name) ? name : undefined;
}

/** A user other than root, as written, to whom a stage or one that it builds on switched. */
function userBefore(facts: FileFacts, stage: Stage): string | undefined {
  const users = lineage(stage).flatMap(({ byKeyword }) => [...(byKeyword.get('USER') ?? [])].reverse());
  const before = users.find((user) => !isRoot(userName(facts.file, stage, user) ?? 'root'));
  return before?.node.args[0]?.raw;
}
