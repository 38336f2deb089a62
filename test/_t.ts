import { startServer } from './server/client.ts';
const s = await startServer();
console.log(JSON.stringify(s.initialized).slice(0,400));
await s.open('untitled:x', 'FROM python\nRUN pip install x\nMAINTAINER a\n');
console.log(JSON.stringify(await s.pull('untitled:x')).slice(0,600));
for (const [l, c, t] of [[0,11,'FROM python:'],[0,5,'FROM '],[0,12,'FROM python:3.']]) {
await s.change('untitled:x', 2, {text: t as string});
const t0=performance.now();
const r:any = await s.connection.sendRequest('textDocument/completion', {textDocument:{uri:'untitled:x'}, position:{line:l, character:(t as string).length}});
console.log(t, performance.now()-t0, JSON.stringify(r).slice(0,200));
}
const t = 'FROM x\n  RUN <<EOF\n    python -c "\n  if x:\n\ty"\n  EOF\nEOF\nRUN a \\\n      b\n   COPY <<A /x\n   keep\nA\n';
await s.change('untitled:x', 3, {text: t});
console.log(JSON.stringify(await s.connection.sendRequest('textDocument/formatting', {textDocument:{uri:'untitled:x'}, options:{tabSize:4, insertSpaces:true}})));
console.log(s.log);
console.log(await s.stop());
