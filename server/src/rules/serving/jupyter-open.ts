import { effective } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';

/** `--NotebookApp.token=''` and the like, on a command line or in JSON. */
const emptyFlag =
  /--(?:NotebookApp|ServerApp|IdentityProvider|PasswordIdentityProvider|LabApp)\.token=(?:''|""|\\"\\"|\\'\\')?(?=["'](?:[\s,\]]|$)|[\s,\]\\;&|)]|$)/;
/** The same in a configuration that a RUN writes. */
const emptySetting =
  /(?:NotebookApp|ServerApp|IdentityProvider|PasswordIdentityProvider)\.token\s*=\s*u?(?:''|""|\\"\\"|\\'\\')(?!\w)/;
const emptyPassword = /(?:NotebookApp|ServerApp)\.password\s*=/;

export default defineRule({
  code: 'jupyter-open',
  name: 'jupyter-open',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  recommended: { level: 'warning', because: 'The server starts; whoever reaches its port runs code in it.' },
  family: 'serving',
  summary: 'Jupyter is started without token and password',
  why: 'Who reaches the port of a Jupyter server without a token has a terminal in the container, with its files, its credentials and its GPU, and searches of the whole internet find such servers within hours. The token that Jupyter prints at the start, or a hashed password, keeps them out (Jupyter Server documentation, "Security in the Jupyter Server"). Behind a hub or proxy that asks for a login it may be meant: ignore it there.',
  messages: {
    open: 'Whoever reaches this Jupyter can run anything in the container. Delete this setting, so that Jupyter makes a token and prints it, or set a hashed password.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM quay.io/jupyter/base-notebook:2025-06-30\nCMD ["start-notebook.py"]' },
      { code: 'FROM python:3.12-slim\nCMD ["jupyter", "lab", "--ip=127.0.0.1"]' },
      {
        code: 'FROM python:3.12-slim\nCMD jupyter lab --ServerApp.token="" --ServerApp.base_url=$NB_PREFIX',
        note: 'Kubeflow asks for the login',
      },
      { code: 'FROM python:3.12-slim\nCMD jupyter lab --NotebookApp.token=$TOKEN' },
      {
        code: "FROM python:3.12-slim\nCMD jupyter lab --NotebookApp.token='' --ServerApp.password='argon2:abc'",
      },
      {
        code: 'FROM python:3.12-slim\nCMD ["jupyter", "lab", "--ServerApp.token=", "--ip=127.0.0.1"]',
        note: 'of this container alone',
      },
    ],
    bad: [
      {
        code: `FROM jupyter/base-notebook:2024-10-07\nCMD ["start-notebook.py", "⟦--IdentityProvider.token=''⟧"]`,
      },
      {
        code: "FROM python:3.12-slim\nCMD jupyter lab --ip=0.0.0.0 ⟦--NotebookApp.token=''⟧ --NotebookApp.password=''",
      },
      { code: 'FROM python:3.12-slim\nENTRYPOINT ["jupyter", "lab", "⟦--ServerApp.token=⟧"]' },
      {
        code: 'FROM python:3.12-slim\nRUN echo "c.⟦NotebookApp.token = \'\'⟧" >> /root/.jupyter/jupyter_notebook_config.py',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      // Kubeflow and its like set NB_PREFIX, and ask who somebody is in front of the server.
      if (!stage || !facts.file.joined.includes('.token') || facts.file.joined.includes('NB_PREFIX')) return;
      const starts = [effective(stage, 'CMD'), effective(stage, 'ENTRYPOINT')];
      const runs = stage.byKeyword.get('RUN') ?? [];
      for (const it of [...starts, ...runs]) {
        const span = it && openAt(it);
        if (span) return report(span, 'open');
      }
    },
  }),
});

function openAt({ node, at }: Instruction): Span | undefined {
  const match = emptyFlag.exec(node.text) ?? emptySetting.exec(node.text);
  if (!match || /--ip[= "',]+(?:127\.0\.0\.1|localhost)/.test(node.text)) return undefined;
  const hasPassword =
    emptyPassword.test(node.text) && /password\s*=\s*\\?["']?(?:argon2|sha1|sha256|\$)/.test(node.text);
  return hasPassword ? undefined : at({ from: match.index, to: match.index + match[0].length });
}
