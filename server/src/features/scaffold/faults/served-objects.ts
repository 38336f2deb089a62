import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Objects that a server is not given as they are, with what makes an application of one (documentation of the MCP Python SDK and of FastMCP, "Running your server"; of Dash, `server`). */
const others: readonly (readonly [maker: string, instead: string])[] = [
  ['FastMCP', 'its own run()'],
  ['MCPServer', 'its own run()'],
  ['Dash', 'its own run(), or its "server"'],
  ['Typer', 'its own call'],
  ['Celery', 'the command celery'],
];

/** Why a server answers nothing, in a sentence: what it is given is no application. */
export function servedObjectFault(facts: ProjectFacts, start: Start): string | undefined {
  const programs = programsOfStart(facts, start);
  const [program] = programs;
  const line = start.words.join(' ');
  const served = /^(?:uvicorn|gunicorn|hypercorn|daphne|waitress-serve) /.test(line)
    ? [...line.matchAll(/(?: |^)[\w.]+:(\w+)(?= |$)/g)].map(([, name = '']) => name)
    : [
        ...(program?.text ?? '').matchAll(
          /\b(?:uvicorn\.run|waitress\.serve|serve)\(\s*(?:["'][\w.]+:(\w+)["']|(\w+))\s*[,)]/g,
        ),
      ].map(([, said, name]) => said ?? name ?? '');
  for (const { path, text } of programs)
    for (const one of text.split('\n')) {
      const [, name = '', maker = ''] = assigned.exec(one) ?? [];
      if (!served.includes(name)) continue;
      const found = others.find(([known]) => known === maker || known === returnedBy(maker, text));
      if (found)
        return `${program?.path} gives a server ${name} of ${path}, which is a ${found[0]} and no application that it could serve: start it by ${found[1]}, then add the files again.`;
    }
  return undefined;
}

const assigned = /^([A-Za-z_]\w*)(?: *: *[\w.]+)? *= *(?:\w+\.)?([A-Za-z_]\w*)\(/;

/** The class of what a function makes and hands back by its name. */
function returnedBy(name: string, text: string): string | undefined {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(`def ${name}(`));
  if (at < 0) return undefined;
  const length = lines.slice(at + 1).findIndex((line) => /^\S/.test(line));
  const body = lines.slice(at + 1, length < 0 ? undefined : at + 1 + length).map((line) => line.trim());
  const back = body.findLast((line) => /^return \w+$/.test(line))?.slice('return '.length);
  return body.flatMap((line) => {
    const [, variable, maker] = assigned.exec(line) ?? [];
    return variable !== undefined && variable === back && maker !== undefined ? [maker] : [];
  })[0];
}
