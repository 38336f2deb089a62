import { userNameVariables } from '../../data/image-users.ts';
import { createdAccounts } from '../../facts/accounts.ts';
import { baseImage, fullName, osFamily } from '../../facts/base-images.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { Stage } from '../../facts/stages.ts';
import { isRoot, lastUser, userName, userText } from '../../facts/users.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { remember } from '../../text/remember.ts';

export default defineRule({
  code: 'DL3066',
  name: 'user-not-numeric',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because:
      'It matters where Kubernetes is told `runAsNonRoot` alone, and readers of files that say nothing of it would not act.',
  },
  family: 'user',
  summary: 'The last USER is a name whose number the file does not tell',
  why: 'Kubernetes refuses to start a container with `runAsNonRoot: true` whose user is a name, as it cannot tell from outside whether the name means root (Kubernetes documentation, "Configure a Security Context"). Files on a mounted volume belong to a number, too: with a number that the file tells, whoever mounts a folder of datasets or checkpoints knows whom to give it.',
  messages: {
    name: 'Kubernetes cannot tell from the name `{user}` that this is not root, and refuses it where `runAsNonRoot` is set. Write the number of the user, as `id -u {user}` tells it in the container.',
    variable:
      'Kubernetes cannot tell from the name in `{user}` that this is not root, and refuses it where `runAsNonRoot` is set. Write `USER {number}`, the number that the base image sets.',
  },
  options: {
    everyUser: {
      default: false,
      description: 'Report each USER, not only the last one of the final stage.',
      hadolint: {
        value: true,
        reason:
          'Only the last USER of the final stage becomes the user of the container; hadolint 2.15.1 reports each one, and has changed it since (hadolint#1239).',
        issue: 'hadolint#1222',
        example: 'FROM debian:12\nUSER app\nRUN make\nUSER 1000\n',
      },
    },
    knownNumbers: {
      default: true,
      description:
        'Accept root and a name to which the file gives a number, by `useradd -u`, `adduser --uid` or a variable, and leave alone a variable that the base image may set, and Windows, where users have no numbers.',
      hadolint: {
        value: false,
        reason:
          'Behind `useradd -u 1000 app` the number of `app` can be read in the file, and root is 0 everywhere; hadolint takes no name at all, and every variable that is no ARG for one. `NB_UID` of the images of Jupyter is 1000, and on Windows `USER 1000` fails.',
        issue: 'hadolint#1234',
        example: 'FROM debian:12\nRUN useradd -u 1000 app\nUSER app\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12\nUSER app\nRUN make\nUSER 1000:1000' },
      { code: 'FROM debian:12\nRUN useradd --create-home -u 1000 app\nUSER app' },
      { code: 'FROM alpine:3.22\nRUN addgroup -S app && adduser -S -D -u 10001 -G app app\nUSER app' },
      { code: 'FROM debian:12\nARG APP_USER\nUSER ${APP_USER}', note: 'the user is given when building' },
      { code: 'FROM debian:12\nENV NB_UID=1000\nUSER $NB_UID' },
      { code: 'FROM golang:1.25 AS build\nUSER app\nFROM debian:12\nUSER 1000' },
      { code: 'FROM debian:12\nUSER root', note: 'left to DL3002' },
      {
        code: 'FROM quay.io/jupyter/scipy-notebook:2025-09-30\nUSER ${NB_UID}',
        note: 'the base image says it',
      },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nUSER ContainerUser',
        note: 'users of Windows have no numbers',
      },
    ],
    bad: [
      { code: 'FROM node:22\nUSER ⟦node⟧' },
      { code: 'FROM debian:12\nRUN useradd --create-home app\nUSER ⟦app⟧' },
      { code: 'FROM debian:12\nENV NB_USER=jovyan\nUSER ⟦$NB_USER⟧' },
      { code: 'FROM mambaorg/micromamba:2.3.2\nUSER ⟦$MAMBA_USER⟧' },
      {
        code: 'FROM debian:12\nRUN useradd -u 1000 app\nUSER ⟦app⟧\nRUN make\nUSER 1000',
        fixed: 'FROM debian:12\nRUN useradd -u 1000 app\nUSER 1000\nRUN make\nUSER 1000',
        options: { everyUser: true, knownNumbers: false },
      },
    ],
  },
  create: () => {
    /** The first names of ARGs, with how many stand above. */
    const args = new Map<string, number>();
    let count = 0;
    const named: { user: Instruction; args: number }[] = [];
    return {
      ARG({ node }) {
        // hadolint knows the first name of an ARG only.
        const name = node.pairs[0]?.key.value;
        if (name === undefined) return;
        if (!args.has(name)) args.set(name, count);
        count++;
      },
      USER(user) {
        named.push({ user, args: count });
      },
      end({ facts, options, report }) {
        const final = facts.finalStage && lastUser(facts.finalStage);
        for (const { user, args: count } of named) {
          const word = user.node.args[0];
          if (!word || (!options.everyUser && user !== final)) continue;
          const text = options.knownNumbers
            ? user.node.plain.slice(user.node.body.from, user.node.body.to)
            : userText(facts.file, user);
          const isArg = (name: string) => (args.get(name) ?? count) < count;
          if (/^\d*(?::|$)/.test(text) || mentionsOne(text, isArg)) continue;
          const stage = facts.stageOf(user);
          if (stage && options.knownNumbers) {
            if (osFamily(stage) === 'windows' || facts.file.escape === '`') continue;
            const name = userName(facts.file, stage, user);
            if (name === undefined ? !numberVariable(stage, word.value) : numberOf(facts, stage, user))
              continue;
          }
          const number = options.knownNumbers && stage ? numberVariable(stage, word.value) : undefined;
          if (number !== undefined) {
            report(user.at(word), 'variable', { user: word.value, number });
            continue;
          }
          report(user.at(word), 'name', { user: word.value }, (): Fix | undefined => {
            const uid = stage && numberOf(facts, stage, user);
            const name = word.value.replace(/:.*/s, '');
            if (!uid || !/^\d+$/.test(uid) || word.raw !== word.value || name.includes('$')) return undefined;
            const span = user.at({ from: word.from, to: word.from + name.length });
            return { title: `Write ${uid}`, safety: 'unsafe', edits: [{ span, text: uid }] };
          });
        }
      },
    };
  },
});

/** The variable with the number of the user whose name another one of the base image is known to hold. */
function numberVariable(stage: Stage, text: string): string | undefined {
  const variable = text.replace(/:.*/s, '');
  const name = fullName(baseImage(stage));
  return userNameVariables.find((entry) => entry.image.test(name) && entry.variable.test(variable))?.number;
}

/** Longest name of an argument that is looked for. */
const longestName = 100;

/** Whether a user is given by a build argument, also as a part of it, and by one whose name another begins with. */
function mentionsOne(text: string, isArg: (name: string) => boolean): boolean {
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
    const behind = text.slice(at + 1, at + 3 + longestName);
    const close = behind.indexOf('}');
    if (behind.startsWith('{') && close > 0 && isArg(behind.slice(1, close))) return true;
    for (let length = 1; length <= longestName && length <= behind.length; length++)
      if (isArg(behind.slice(0, length))) return true;
  }
  return false;
}

/** The accounts that get a number, by their name the first, and their order. */
const numbered = remember((facts: FileFacts) => {
  const accounts = new Map<string, { readonly uid: string; readonly place: number }>();
  createdAccounts(facts, facts.file.instructions).forEach(({ name, uid }, place) => {
    if (uid && !accounts.has(name)) accounts.set(name, { uid, place });
  });
  return accounts;
});

/** The number of a user, as far as the file gives it one. */
function numberOf(facts: FileFacts, stage: Stage, user: Instruction): string | undefined {
  const name = userName(facts.file, stage, user);
  if (name === undefined || name === '') return undefined;
  if (/^\d+$/.test(name)) return name;
  if (isRoot(name)) return '0';
  const written = user.node.args[0]?.value.replace(/:.*/s, '');
  const accounts = numbered(facts);
  const [one, other] = [accounts.get(name), accounts.get(written ?? name)];
  return one && other ? (one.place < other.place ? one : other).uid : (one ?? other)?.uid;
}
