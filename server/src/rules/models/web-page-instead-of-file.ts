import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  page: 'This address shows the file in a web page, so an HTML file of that name arrives. Use `{address}`.',
} as const;

/** The pages of GitHub and Hugging Face for one file: owner, repository, and what follows `blob`. */
const pages =
  /https:\/\/(github\.com|huggingface\.co)\/((?:(?:datasets|spaces)\/)?[\w.-]+\/[\w.-]+)\/blob\/([^\s"'?#|;&]+)(\?[^\s"'#|;&]*)?/g;

export default defineRule({
  code: 'web-page-instead-of-file',
  name: 'web-page-instead-of-file',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'models',
  dependsOn: 'instruction',
  summary: 'A download address shows a web page and not the file',
  why: 'An address with `/blob/` on GitHub or Hugging Face is the page that shows a file. The download succeeds, and the file that arrives holds HTML, which is noticed only when a program reads it. The file itself is at `raw.githubusercontent.com`, and at `/resolve/` on Hugging Face.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nADD https://huggingface.co/a/b/resolve/5c38ec7/model.safetensors /m/' },
      { code: 'FROM python:3.12\nADD https://github.com/a/b/blob/main/weights.pt?raw=true /m/' },
      { code: 'FROM python:3.12\nRUN echo "see https://github.com/a/b/blob/main/README.md"' },
      { code: 'FROM python:3.12\nRUN pip install x # https://github.com/a/b/blob/main/README.md' },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nADD ⟦https://huggingface.co/a/b/blob/main/model.safetensors⟧ /m/',
        fixed: 'FROM python:3.12\nADD https://huggingface.co/a/b/resolve/main/model.safetensors /m/',
      },
      {
        code: 'FROM python:3.12\nRUN wget ⟦https://github.com/pallets/flask/blob/main/LICENSE.rst⟧ && true',
        fixed:
          'FROM python:3.12\nRUN wget https://raw.githubusercontent.com/pallets/flask/main/LICENSE.rst && true',
      },
      {
        code: 'FROM python:3.12\nRUN curl -fsSLo /w.pt "⟦https://huggingface.co/datasets/a/b/blob/main/w.pt⟧"',
        fixed:
          'FROM python:3.12\nRUN curl -fsSLo /w.pt "https://huggingface.co/datasets/a/b/resolve/main/w.pt"',
      },
    ],
  },
  create: () => ({ ADD: checkAdd, RUN: checkRun }),
});

type Context = RuleContext<typeof messages>;

function checkAdd(add: Instruction, ctx: Context): void {
  if (!add.node.text.includes('/blob/')) return;
  for (const { from, to } of add.node.args) check(add, ctx, from, to);
}

function checkRun(run: Instruction, ctx: Context): void {
  if (!run.node.text.includes('/blob/')) return;
  for (const { name, args } of ctx.facts.commands(run)) {
    if (!/^(?:wget|curl|aria2c)$/.test(name)) continue;
    for (const { from, to } of args) check(run, ctx, from, to);
  }
}

function check({ node, at }: Instruction, { report }: Context, from: number, to: number): void {
  for (const match of node.text.slice(from, to).matchAll(pages)) {
    const [whole, host, repository, file, query = ''] = match;
    if (/\braw=(?:true|1)\b|\bdownload=true\b/.test(query)) continue;
    const address =
      host === 'github.com'
        ? `https://raw.githubusercontent.com/${repository}/${file}`
        : `https://huggingface.co/${repository}/resolve/${file}`;
    const span = at({ from: from + match.index, to: from + match.index + whole.length });
    report(span, 'page', { address }, () => ({
      title: 'Use the address of the file',
      safety: 'unsafe',
      edits: [{ span, text: address }],
    }));
  }
}
