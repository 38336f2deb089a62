// Where programs listen that start their own server, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { app, first, lists, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, newest, textOf } from './scaffold-world.ts';

const main = (text: string, more: Files = {}): Files => ({
  // What nothing is known of may hold whatever a program imports.
  ...lists('shoplib==1.0'),
  'main.py': text,
  ...more,
});
const plain = (text: string, more: Files = {}) => first(main(text, more), 'multi-stage');
const refused = /^main\.py listens on 127\.0\.0\.1, which nothing outside of its container reaches: /;

describe('a program that listens by itself', () => {
  it('is refused where only its own container reaches it', async () => {
    for (const text of [
      'uvicorn.run(make())',
      'uvicorn.run("a:b", host="127.0.0.1", port=9000)',
      'HOST = "localhost"\nuvicorn.run(make(), host=HOST)',
      'app = Flask(__name__)\napp.run(debug=True)',
      'app = Flask(__name__)\napp.run("127.0.0.1", 5000)',
      'from bottle import run\nrun()',
      'server.add_insecure_port("localhost:50051")',
      'HTTPServer(("localhost", 8000), Handler).serve_forever()',
      'ADDRESS = ("127.0.0.1", 8000)\nHTTPServer(ADDRESS, Handler)',
      'from waitress import serve\nserve(app, listen="127.0.0.1:8080")',
      'import cherrypy\ncherrypy.quickstart(Root())',
      'import cherrypy\ncherrypy.config.update({\n    # "server.socket_host": "0.0.0.0",\n})\ncherrypy.engine.start()',
      'import cherrypy\ncherrypy.server.socket_host = "127.0.0.1"\ncherrypy.engine.start()',
      'from uvicorn import run\nrun("a:b")',
      'from livereload import Server\nServer().serve(root=".")',
      'server = uvicorn.Server(uvicorn.Config(app, port=8001))',
      'from hypercorn.asyncio import serve\nasyncio.run(serve(app, Config()))',
      'from hypercorn.asyncio import serve\nconfig.bind = ["localhost:8080"]\nasyncio.run(serve(app, config))',
      'mcp = FastMCP("shop")\nmcp.run(transport="sse")',
      'app = Bottle()\napp.run(port=8080)',
      'import websockets\nasync with websockets.serve(answer, "localhost", 8765): pass',
      'asyncio.start_server(answer, "127.0.0.1", 8888)',
      'from werkzeug.serving import run_simple\nrun_simple("localhost", 4000, app)',
      'eventlet.listen(("127.0.0.1", 5000))',
      'HOST = "localhost"\nuvicorn.run(make(), host=s.HOST if hasattr(s, "HOST") else "0.0.0.0")',
      'uvicorn.run(make(), host=getattr(s, "HOST", "127.0.0.1"))',
    ])
      assert.match(await plain(`${text}\n`), refused, text);
    const cherrypy = await plain('import cherrypy\ncherrypy.quickstart(Root())\n');
    assert.match(
      cherrypy,
      /: write cherrypy\.config\.update\(\{"server\.socket_host": "0\.0\.0\.0"\}\) there, /,
    );
    const taipy = { ...lists('taipy'), 'main.py': 'from taipy.gui import Gui\nGui(page).run()\n' };
    assert.match(await first(taipy, 'multi-stage'), refused);
    const parts = { 'made.py': 'from flask import Flask\napp = Flask(__name__)\n' };
    assert.match(await plain('from made import app\napp.run(port=5555)\n', parts), refused);
    const below = { 'shop/__init__.py': '', 'shop/web.py': 'def go():\n    uvicorn.run(make())\n' };
    assert.match(await plain('from shop.web import go\ngo()\n', below), /^shop\/web\.py listens on 127/);
  });

  it('has its port told', async () => {
    for (const [text, port] of [
      ['uvicorn.run(make(), host="0.0.0.0", port=9000)', 9000],
      [
        'uvicorn.run(make(), host=s.HOST if hasattr(s, "HOST") else "0.0.0.0", port=s.PORT if hasattr(s, "PORT") else 8005)',
        8005,
      ],
      ['uvicorn.run(make(), host=getattr(s, "HOST", "0.0.0.0"), port=9003)', 9003],
      [
        'uvicorn.run(\n    make(),\n    host="0.0.0.0",\n    port=int(os.environ.get("PORT", "8081")),\n)',
        8081,
      ],
      ['PORT = 7000\nHTTPServer(("", PORT), Handler)', 7000],
      ['from aiohttp import web\nweb.run_app(app)', 8080],
      ['app = Flask(__name__)\napp.run("0.0.0.0", 5050)', 5050],
      ['import tornado\napp.listen(8889)', 8889],
      ['import tornado\nserver = HTTPServer(app)\nserver.listen(8889)', 8889],
      [
        'import cherrypy\ncherrypy.config.update({"server.socket_host": "0.0.0.0", "server.socket_port": 9001})\ncherrypy.engine.start()',
        9001,
      ],
      ['import cherrypy\ncherrypy.server.socket_host = "0.0.0.0"\ncherrypy.quickstart(Root())', 8080],
      [
        'from hypercorn.asyncio import serve\nconfig.bind = ["0.0.0.0:8088"]\nasyncio.run(serve(app, config))',
        8088,
      ],
      ['mcp = FastMCP("shop", host="0.0.0.0", port=9002)\nmcp.run(transport="streamable-http")', 9002],
      ['from aiohttp import web\nweb.TCPSite(runner, "0.0.0.0", 8099)', 8099],
      ['# uvicorn.run(app)\nfrom waitress import serve\nserve(app, port=8083)', 8083],
      ['server.add_insecure_port("[::]:50052")', 50052],
      ['p.add_argument("--port", type=int, default=6000)\nuvicorn.run(a, host="::", port=args.port)', 6000],
    ] as const)
      assert.match(
        await plain(`${text}\n`),
        new RegExp(`^EXPOSE ${port}\nENTRYPOINT \\["python", "main\\.py"\\]$`, 'm'),
        text,
      );
  });

  it('has the port of its program where the Dockerfile that is there names its start', async () => {
    const files = (command: string): Files => ({
      ...lists('flask==3.1.1'),
      'app.py':
        'from flask import Flask\napp = Flask(__name__)\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=8080)\n',
      Dockerfile: `FROM python:3.12-slim\nCMD ${JSON.stringify(command.split(' '))}\n`,
    });
    const made = async (command: string) =>
      textOf(await make(files(command), 'serving', { ...newest, start: command }));
    const own = await made('python3 app.py');
    assert.match(own, /^EXPOSE 8080\n[\s\S]*127\.0\.0\.1:8080\/[\s\S]*^CMD \["python3", "app\.py"\]$/m);
    assert.match(await made('python3 app.py --port 9000'), /^EXPOSE 9000$/m);
  });

  it('has the port that the last line of a large file says', async () => {
    const row = `rows.append(("${'x'.repeat(90)}", 1))\n`;
    const large = (before: string, between: string) =>
      `${before}rows = []\n${row.repeat(2_000)}${between}${row.repeat(2_000)}uvicorn.run(make(), host="0.0.0.0", port=9009)\n`;
    for (const text of [large('', ''), large('', 'text = """\n'), large("text = '''\n", "'''\n")]) {
      assert.ok(text.length > 400_000);
      const closed = text.includes('"""') ? text.replace('uvicorn', '"""\nuvicorn') : text;
      assert.match(await plain(closed), /^EXPOSE 9009$/m);
    }
    const inString = large('text = """\n', '');
    assert.doesNotMatch(await plain(`${inString}"""\n`), /^EXPOSE/m);
  });

  it('that starts its own server as it is imported is started so, or refused', async () => {
    const wsgi = (end: string) => ({
      ...lists('flask', 'gunicorn'),
      'server.py': `from flask import Flask\napp = Flask(__name__)\n${end}\n`,
    });
    // Flask's own server passes over the call.
    const made = await make(wsgi('app.run()'), 'serving');
    assert.match(
      textOf(made),
      /^CMD \["env", "FLASK_APP=server:app", "flask", "run", "--host", "0\.0\.0\.0"/m,
    );
    assert.ok(
      made?.assumes.some((one) => /^Flask's own server is enough, .* \(app\.run\(\)\), unless/.test(one)),
      made?.assumes.join('\n'),
    );
    const serve = 'from waitress import serve\nserve(app, host="0.0.0.0", port=7575)';
    assert.match(await first(wsgi(serve)), /^EXPOSE 7575$[\s\S]*^CMD \["python", "server\.py"\]$/m);
    assert.match(await first(wsgi('if __name__ == "__main__":\n    app.run()')), /^CMD \["gunicorn"/m);
    assert.match(await first(wsgi('')), /^CMD \["gunicorn"/m);
    const asgi = { ...lists('fastapi', 'uvicorn'), 'main.py': `${app}import uvicorn\nuvicorn.run(app)\n` };
    assert.match(await first(asgi), /^main\.py starts its own server as soon as uvicorn imports it/);
  });

  it('is not waited for at a port, where nothing tells that it listens', async () => {
    const bot = {
      ...lists('fastapi', 'python-telegram-bot'),
      Dockerfile: 'FROM python:3.12\nCOPY . .\nCMD ["python", "main.py"]\n',
      'main.py': 'from telegram.ext import Application\nApplication.builder().build().run_polling()\n',
    };
    const of = async (files: Files) => textOf(await make(files, 'serving'));
    const made = await of(bot);
    assert.doesNotMatch(made, /EXPOSE|HEALTHCHECK/);
    assert.match(made, /"python", "main\.py"\]$/m);
    // What it imports may serve, in a way of which nothing is known here.
    const other = { ...bot, 'main.py': 'import web\nweb.go()\n', 'web.py': 'import bottle\nserve_all = 1\n' };
    assert.match(await of({ ...other, ...lists('fastapi', 'bottle') }), /^EXPOSE 8000$/m);
    const told = { ...bot, Dockerfile: `${bot.Dockerfile}EXPOSE 9000\n` };
    assert.match(await of(told), /^EXPOSE 9000$/m);
  });

  it('is told to listen everywhere, where it lets itself be told', async () => {
    const socket =
      'p.add_argument("--host", default="localhost")\np.add_argument("--port", type=int, default=2323)\nself.server.bind((self.host, self.port))\nself.server.accept()\n';
    assert.equal(
      await start(main(`import argparse\n${socket}`), 'multi-stage'),
      'python main.py --host 0.0.0.0',
    );
    assert.match(await plain('s.bind(("localhost", 9000))\ns.listen()\nc, a = s.accept()\n'), refused);
    // Nobody asks it for a page.
    const made = textOf(
      await make(main(`from flask import Flask\nimport argparse\n${socket}`, lists('flask')), 'serving', {
        ...newest,
        start: 'python main.py',
      }),
    );
    assert.match(made, /^EXPOSE 2323\nENTRYPOINT \["python", "main\.py", "--host", "0\.0\.0\.0"\]$/m);
    assert.doesNotMatch(made, /HEALTHCHECK/);
    // To be the only one of its kind, or to find a free port.
    for (const text of ['s.bind(("localhost", 9000))\n', 's.bind(("localhost", 0))\ns.listen()\n'])
      assert.doesNotMatch(await plain(text), /listens on/, text);
    const option = 'p.add_argument("--host", default="127.0.0.1")\nuvicorn.run(a, host=args.host)\n';
    assert.equal(await start(main(option), 'multi-stage'), 'python main.py --host 0.0.0.0');
    const typer =
      'import typer\ndef go(host: str = typer.Option("127.0.0.1")):\n    uvicorn.run(a, host=host)\ntyper.run(go)\n';
    assert.equal(await start(main(typer), 'multi-stage'), 'python main.py --host 0.0.0.0');
    assert.match(
      await plain('uvicorn.run(a, host=os.getenv("BIND", "127.0.0.1"))\n'),
      /^ {4}BIND=0\.0\.0\.0$/m,
    );
    const settings =
      'class Settings(BaseSettings):\n    host: str = "127.0.0.1"\nuvicorn.run(a, host=settings.host)\n';
    assert.match(await plain(settings), /^ {4}HOST=0\.0\.0\.0$/m);
  });

  it('is not told so by arguments that it does not read', async () => {
    const dash = 'from dash import Dash\napp = Dash(__name__)\napp.run(debug=False)\n';
    const files = { 'main.py': dash, 'shop/__main__.py': dash, ...lists('dash==3.0.1') };
    for (const program of ['main.py', 'shop', 'shop/'])
      assert.match(
        textOf(
          await make(files, 'serving', { ...newest, start: `python ${program} --host 0.0.0.0 --debug no` }),
        ),
        /^ {4}HOST=0\.0\.0\.0$/m,
        program,
      );
    const argued = `import argparse\n${dash}`;
    const told = { ...newest, start: 'python main.py --host 0.0.0.0 --debug no' };
    const made = textOf(await make({ ...files, 'main.py': argued }, 'serving', told));
    assert.match(made, /"python", "main\.py", "--host", "0\.0\.0\.0"/);
    assert.doesNotMatch(made, /HOST=/);
  });

  it('is said to listen everywhere, where no file tells', async () => {
    const made = await make(main('uvicorn.run(a, host=config["host"])\n'), 'multi-stage');
    assert.deepEqual(made?.assumes, ['main.py is told to listen on 0.0.0.0, port 8000.']);
    const conf = 'import cherrypy\ncherrypy.quickstart(Root(), "/", "site.conf")\n';
    const filed = await make(main(conf, { 'site.conf': '[global]\n' }), 'multi-stage');
    assert.ok(filed?.assumes.includes('main.py is told to listen on 0.0.0.0, port 8080.'));
    const local = await first(main('mcp = FastMCP("shop")\nmcp.run()\n'), 'multi-stage');
    assert.doesNotMatch(local, /EXPOSE|127\.0\.0\.1/);
  });

  it('is told to be reached by nothing where only arguments make it listen', async () => {
    const told = async (host: string) =>
      (
        await make(
          main(
            `import argparse\np = argparse.ArgumentParser()\np.add_argument("file")\np.parse_args()\nuvicorn.run(make(), host="${host}")\n`,
          ),
          'multi-stage',
        )
      )?.assumes.filter((line) => line.includes('listens on'));
    assert.deepEqual(await told('127.0.0.1'), [
      'main.py listens on 127.0.0.1, which nothing outside of its container reaches, unless host="0.0.0.0" is written there.',
    ]);
    assert.deepEqual(await told('0.0.0.0'), []);
  });

  it('of Gradio is refused where it is told one machine', async () => {
    const gradio = (call: string) => ({ ...lists('gradio'), 'app.py': `import gradio as gr\n${call}\n` });
    assert.match(
      await first(gradio('demo.launch(server_name="127.0.0.1")')),
      /^app\.py listens on 127.*: write server_name="0\.0\.0\.0" there/,
    );
    assert.match(
      textOf(await make(gradio('demo.launch(share=True)'), 'serving')),
      /GRADIO_SERVER_NAME=0\.0\.0\.0/,
    );
  });

  it('of Gradio listens where its program says, also where another file imports it', async () => {
    const files = {
      ...lists('gradio'),
      'src/__init__.py': 'from .main import main\n',
      'src/main.py':
        'from src.page import make\ndef main():\n    make().launch(\n        server_port=7001,\n        share=False)\nif __name__ == "__main__":\n    main()\n',
      'src/page.py': 'import gradio as gr\ndef make(): return gr.Blocks()\n',
      'README.md': '`python -m src.main`\n',
    };
    assert.match(textOf(await make(files, 'serving')), /EXPOSE 7001\n/);
  });

  it('of Gradio is asked for where it needs arguments', async () => {
    const files = {
      ...lists('gradio'),
      'app.py': 'import argparse\np.add_argument("--weights", required=True)\ndemo.launch()\n',
      'weights.txt': 'x',
    };
    assert.match(await first(files), /^app\.py needs arguments that no file tells/);
    const told = { ...files, 'README.md': 'python app.py --weights weights.txt\n' };
    assert.equal(await first(told), 'start? python app.py --weights weights.txt');
  });

  it('with sockets is started by a server that keeps connections', async () => {
    const of = (...names: string[]) =>
      first({
        ...lists('flask', 'flask-socketio', ...names),
        'app.py': 'app = Flask(__name__)\nsocketio = SocketIO(app)\nsocketio.run(app, host="0.0.0.0")\n',
      });
    assert.match(
      await of('gunicorn', 'eventlet'),
      /"gunicorn", "--worker-class", "eventlet", "--workers", "1"/,
    );
    assert.match(await of('gunicorn'), /"gunicorn", "--workers", "1", "--threads", "100"/);
    assert.equal(await of('eventlet'), 'start? python app.py');
    assert.match(await of(), /'gunicorn<28'\n[\s\S]*"gunicorn", "--workers", "1", "--threads", "100"/);
  });

  it('is offered as a service with the arguments that README gives it', async () => {
    const files = main('import argparse\np.add_subparsers()\n', {
      ...lists('fastapi', 'uvicorn'),
      'web.py': 'def go(host):\n    uvicorn.run(make(), host=host)\n',
      'README.md': '`python main.py start --port 8080`\n',
    });
    assert.equal(await first(files), 'start? python main.py start --port 8080');
    assert.match(await first({ ...files, 'README.md': '' }), /^main\.py needs arguments/);
  });
});
