// What programs use that newest releases have no more decides which releases Add Container Files has taken.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { callsWith, usedNames } from '../../server/src/features/scaffold/sources/used-names.ts';
import { scaffold } from '../../server/src/features/scaffold.ts';
import type { Files } from './scaffold-projects.ts';
import { know, textOf } from './scaffold-world.ts';

const app = (list: string, main: string): Files => ({
  'requirements.txt': `${list.replaceAll(' ', '\n')}\n`,
  'main.py': `${main}\nprint()\n`,
});
const made = async (files: Files, answers: Readonly<Record<string, string>> = {}) =>
  scaffold(await know(files), { kind: 'multi-stage', answers });
const asked = async (list: string, main: string) => {
  const found = await made(app(list, main));
  return found?.question
    ? `${found.question.id}: ${found.question.choices[0]?.value} ${found.question.choices[0]?.because}`
    : found?.refused;
};

describe('a name that newest releases have no more', () => {
  it('tells of which time a list without versions is', async () => {
    assert.equal(
      await asked('openai rich', 'import openai\nopenai.ChatCompletion.create()'),
      'releases: 2023-09-30 openai.ChatCompletion',
    );
    assert.match(
      (await asked('transformers torch', 'import transformers\nt.encode_plus(text)')) ?? '',
      /^releases: 2025-12-31/,
    );
    assert.equal(
      await asked('httpx', 'import httpx\nc = httpx.AsyncClient(timeout=9, proxies=p)'),
      'releases: 2024-09-30 AsyncClient(proxies=',
    );
    assert.doesNotMatch(
      (await asked('httpx', 'import httpx\nc = httpx.AsyncClient(proxy=p)')) ?? '',
      /^releases/,
    );
    assert.match(
      (await asked('gradio', 'import gradio as gr\nx = gr.inputs.Textbox()')) ?? '',
      /^releases: 2023-09-30/,
    );
    assert.match(
      (await asked('fastapi', 'from fastapi import FastAPI\nt.TemplateResponse("a.html", {})')) ?? '',
      /^releases: 2025-12-31/,
    );
    assert.equal(
      await asked('fastmcp>=0.5.0', 'from mcp.server.fastmcp import FastMCP'),
      'releases: 2026-06-30 mcp.server.fastmcp',
    );
    const quantized = (model: string) => `m = ${model}.from_pretrained("a", load_in_4bit=True)`;
    assert.match(
      (await asked('transformers', `from transformers import AutoModel\n${quantized('AutoModel')}`)) ?? '',
      /^releases: 2025-12-31/,
    );
    const own = `import transformers\nfrom unsloth import FastLanguageModel\n${quantized('FastLanguageModel')}`;
    assert.doesNotMatch((await asked('transformers unsloth', own)) ?? '', /^releases: /);
    assert.match(
      (await asked('transformers', 'from transformers import pipeline\np = pipeline("summarization")')) ?? '',
      /^releases: 2025-12-31/,
    );
    assert.match(
      (await asked('pandas', 'import pandas as pd\nfor a in d.iteritems():\n    pass')) ?? '',
      /^releases: 2023-03-31/,
    );
  });

  it('is one that comes with all of a module', async () => {
    const star = 'from telegram.ext import *\nfrom telegram import *\n';
    for (const use of [
      'updater = Updater("x", use_context = True)',
      'a = Filters.text',
      'Dispatcher(None, None)',
    ])
      assert.equal(
        (await asked('python-telegram-bot', `${star}${use}`))?.slice(0, 20),
        'releases: 2022-12-31',
        use,
      );
    for (const use of ['class Filters:\n    text = 1\nFilters.text', 'filters.TEXT'])
      assert.doesNotMatch((await asked('python-telegram-bot', `${star}${use}`)) ?? '', /^releases/, use);
  });

  it('is a handler of the form that a package called before', async () => {
    const bot = (handler: string, rest = '') =>
      `from telegram.ext import Updater, Filters\n${handler}\nu = Updater("a"${rest})\n`;
    for (const handler of [
      'def start(bot, update):\n    pass',
      'def start(bot: Bot, update: Update, args: list):\n    pass',
      'class A:\n    async = 1\n    def start(self, bot, update, **kwargs):\n        pass',
      'def tick(bot, job):\n    pass',
      'add(CommandHandler("a", lambda bot, update: 1))',
      'def start(\n    _,\n    update,\n):\n    pass',
    ])
      assert.equal(
        (await asked('python-telegram-bot', bot(handler)))?.slice(0, 20),
        'releases: 2020-09-30',
        handler,
      );
    for (const [list, program] of [
      ['python-telegram-bot', bot('def start(bot, update):\n    pass', ', use_context=False')],
      ['python-telegram-bot', bot('def say(bot, update):\n    pass\ndef start(update, context):\n    pass')],
      ['python-telegram-bot', bot('def start(self, update):\n    pass')],
      ['python-telegram-bot>=13', bot('def start(bot, update):\n    pass')],
    ] as const)
      assert.notEqual((await asked(list, program))?.slice(0, 20), 'releases: 2020-09-30', program);
    const open = await made(app('python-telegram-bot', bot('def start(bot, update):\n    pass')), {
      releases: 'newest',
    });
    assert.deepEqual(
      open?.question?.choices.map(({ value }) => value),
      ['3.11'],
    );
  });

  it('is a decorator of whatever the program calls its server, and no method of a client', async () => {
    const server = (use: string) =>
      `from mcp.server import Server\nclass A:\n    s = Server("a")\n    ${use}\n    async def f(self):\n        pass`;
    for (const [list, main] of [
      ['mcp', server('@s.list_tools()')],
      ['mcp-python>=0.1.0', server('@self.app.call_tool()')],
      ['mcp>=1.0', 'from mcp.client.streamable_http import streamablehttp_client'],
      ['mcp', 'from mcp import McpError'],
    ] as const)
      assert.equal((await asked(list, main))?.slice(0, 20), 'releases: 2026-06-30', main);
    for (const [list, main] of [
      ['mcp', 'from mcp import ClientSession\nasync def f(s):\n    await s.list_tools()'],
      ['mcp<2', server('@s.list_tools()')],
    ] as const)
      assert.doesNotMatch((await asked(list, main)) ?? '', /^releases/, main);
  });

  it('is a model of LangChain that an agent of CrewAI is given', async () => {
    const agent = (before: string, llm: string) =>
      `from crewai import Agent, Crew\nfrom langchain_openai import (\n    ChatOpenAI,\n)\n${before}\na = Agent(\n    role="a",\n    llm=${llm},\n)`;
    const list = 'crewai>=0.36 langchain-openai';
    for (const main of [
      agent('', 'ChatOpenAI(model="a")'),
      agent('class A:\n    def f(self):\n        self.llm = ChatOpenAI(model="a")', 'self.llm'),
      agent('def f(llm: ChatOpenAI):\n    pass', 'llm'),
    ])
      assert.equal((await asked(list, main))?.slice(0, 20), 'releases: 2025-09-30', main);
    for (const main of [
      agent('other = ChatOpenAI()', '"gpt-4o"'),
      agent('llm = LLM(model="a")\nllm = ChatOpenAI()', 'llm'),
      agent('', 'model').replace('from crewai', 'from agents'),
    ])
      assert.doesNotMatch((await asked(list, main)) ?? '', /^releases/, main);
    assert.doesNotMatch((await asked('crewai<1', agent('', 'ChatOpenAI()'))) ?? '', /^releases/);
  });

  it('bounds what goes beside the release that has it', async () => {
    const files = app('python-telegram-bot', 'from telegram.ext import Filters\nFilters.text');
    const one = await made(files, { releases: 'newest', python: '3.11' });
    assert.match(
      textOf(one ?? undefined),
      /-r requirements\.txt 'setuptools<81' 'python-telegram-bot<=13\.15'$/m,
    );
  });

  it('is one of a map, a data set or a helper that is gone', async () => {
    for (const [list, main, date] of [
      ['plotly', 'import plotly.express as px\nfig = px.scatter_mapbox(d)', '2026-06-30'],
      ['plotly', 'import plotly.graph_objects as go\ngo.Figure(go.Scattermapbox(lat=a))', '2026-06-30'],
      ['plotly', 'import plotly.express as px\nfig.update_layout(mapbox_style="carto")', '2026-06-30'],
      ['flask', 'from flask.globals import _app_ctx_stack', '2023-06-30'],
    ] as const)
      assert.equal((await asked(list, main))?.slice(0, 20), `releases: ${date}`, main);
    for (const [list, main] of [
      ['plotly', 'import plotly.express as px\nfig = px.scatter_map(d)'],
      ['plotly<7', 'import plotly.express as px\nfig = px.scatter_mapbox(d)'],
      ['nltk', "import nltk\nnltk.download('punkt')\nnltk.download('punkt_tab')"],
      ['nltk', "import nltk\nnltk.download('stopwords')"],
    ] as const)
      assert.doesNotMatch((await asked(list, main)) ?? '', /^releases/, main);
  });

  it('is one of habit, which tells no time, and is held all the same', async () => {
    const files = app('nltk', "import nltk\nnltk.download('punkt')");
    const one = await made(files, { python: '3.12' });
    assert.equal(one?.question, null);
    assert.match(textOf(one ?? undefined), /uv pip install -r requirements\.txt 'nltk<=3\.8\.1'$/m);
    // Beside what came later it goes on as well.
    const later = app('nltk numpy==2.3.5', "import nltk\nnltk.download('punkt')");
    assert.equal((await made(later, { python: '3.12', releases: 'newest' }))?.refused, null);
  });

  it('holds that package at its last release that has it, where the others are to be new', async () => {
    const files = app('moviepy', 'from moviepy.editor import VideoFileClip');
    const one = await made(files, { releases: 'newest', python: '3.12' });
    assert.match(textOf(one ?? undefined), /-r requirements\.txt 'moviepy<=1\.0\.3'$/m);
  });

  it('is none where a version is named, where it is looked for, or where the program sets it', async () => {
    for (const [list, main] of [
      ['openai<1', 'import openai\nopenai.ChatCompletion.create()'],
      ['openai>=1.3', 'import openai\nopenai.ChatCompletion.create()'],
      ['numpy', 'import numpy as np\nnp.float = float\nx = np.float(1)'],
      ['moviepy', 'try:\n    from moviepy.editor import X\nexcept ImportError:\n    from moviepy import X'],
      ['gradio', 'import gradio as gr\nx = other.inputs'],
      ['numpy', 'import numpy as np\nf = np.trapz if hasattr(np, "trapz") else np.trapezoid'],
      ['numpy', 'import numpy as np\ntry:\n    f = np.trapz\nexcept AttributeError:\n    f = None'],
      ['fastapi', 'from fastapi import FastAPI\nt.TemplateResponse(request, "a.html")'],
    ] as const)
      assert.doesNotMatch((await asked(list, main)) ?? '', /^releases/, main);
  });

  it('refuses where what is asked for came later', async () => {
    const files = app('gradio fastapi>=0.115', 'import gradio as gr\nx = gr.Box()');
    const found = await made(files, { start: 'python main.py', python: '3.12', releases: 'newest' });
    assert.match(
      found?.refused ?? '',
      /^main\.py uses gradio\.Box, which gradio has no more behind 3\.45\.2, and requirements\.txt asks for what came later/,
    );
  });
});

describe('the names that a program uses', () => {
  it('are those of its imports, by whatever name it gives them', () => {
    const names = usedNames(
      'import a.b as c, d\nfrom e.f import (\n    g as h,\n    i,\n)\nc.x.y\nd.z()\nh.k\n"d.text"\n# d.note\n',
    );
    assert.deepEqual([...names].sort(), ['a.b', 'a.b.x.y', 'd', 'd.z', 'e.f.g', 'e.f.g.k', 'e.f.i']);
  });

  it('are found in calls with what they are given', () => {
    assert.ok(callsWith('x = f(1, b=2)', 'f(b='));
    assert.ok(!callsWith('x = other_f(1, b=2)', 'f(b='));
    assert.ok(!callsWith('x = f(1, g(b=2))', 'f(b='));
    assert.ok(callsWith("p = f('ner')", 'f("ner"'));
    assert.ok(callsWith('p = f(task = "ner")', 'f("ner"'));
    assert.ok(!callsWith('p = f(name, "x")', 'f("'));
  });
});

describe('what a list does not say of its packages', () => {
  it('is held where they go with no newer release of another one, or need one', async () => {
    const one = await made(app('basicsr torchvision gunicorn==20.1.0', 'import basicsr'), {
      releases: 'newest',
      python: '3.11',
    });
    assert.match(textOf(one ?? undefined), /'setuptools<81' 'torchvision<0\.17'$/m);
    const two = await made(app('zenml[local]', 'import zenml'), { python: '3.12' });
    assert.match(textOf(two ?? undefined), /uv venv --seed && uv pip install/);
  });

  it('is held below a release that it may be above, by the lowest bound, and where an extra asks for it', async () => {
    const held = async (list: string) => {
      const one = await made(app(list, 'print()'), { releases: 'newest', python: '3.11' });
      return /-r requirements\.txt(.*)$/m.exec(textOf(one ?? undefined))?.[1]?.trim() ?? '';
    };
    for (const [list, bounds] of [
      ['flask==2.0.3', "'werkzeug<3'"],
      ['flask==1.1.2', "'markupsafe<2.1' 'itsdangerous<2.1' 'werkzeug<2.1' 'jinja2<3.1'"],
      ['flask==2.2.5', ''],
      ['flask==2.0.3 werkzeug>=2.0', "'werkzeug<3'"],
      ['flask==2.0.3 werkzeug==2.0.3', ''],
      ['flask-login==0.6.2 flask-restx==0.5.1 flask', "'werkzeug<2.2' 'flask<2.3'"],
      ['flask-sqlalchemy~=2.5 flask-login', "'flask<2.3' 'sqlalchemy<2'"],
      ['passlib[bcrypt]', "'bcrypt<5'"],
      ['passlib bcrypt', "'bcrypt<5'"],
      ['passlib[argon2]', ''],
      ['sqlalchemy psycopg2-binary', "'sqlalchemy<2.1'"],
      ['sqlmodel alembic psycopg2', "'sqlalchemy<2.1'"],
      ['sqlalchemy==2.0.40 psycopg2-binary', ''],
      ['sqlalchemy asyncpg', ''],
      ['psycopg2-binary', ''],
      ['streamlit numpy<2', "'pyarrow<26'"],
      ['streamlit numpy<2 pyarrow==21.0.0', ''],
      ['datasets numpy', ''],
      ['pandas==1.5.3 datasets', "'pyarrow<26' 'numpy<2'"],
      ['streamlit==1.20.0', "'altair<5' 'numpy<2' 'pyarrow<26'"],
      ['gradio~=4.44', "'huggingface-hub<1' 'starlette<1'"],
      ['selenium==3.141.0', "'urllib3<2'"],
      ['selenium==3.141.0 urllib3==1.26.18', ''],
      ['imbalanced-learn==0.12.3 scikit-learn', "'scikit-learn<1.6'"],
      ['motor==3.3.2', "'pymongo<4.9'"],
      ['motor', ''],
      ['statsmodels==0.14.4 pandas', "'scipy<1.16' 'pandas<3'"],
      ['chromadb==0.4.24', "'numpy<2' 'opentelemetry-proto>=1.20'"],
      ['chromadb==0.4.14', "'numpy<2'"],
      ['pandas==1.5.3 sqlalchemy', "'sqlalchemy<2' 'numpy<2'"],
      ['sympy antlr4-python3-runtime', "'antlr4-python3-runtime<4.12'"],
      ['sympy antlr4-python3-runtime==4.9.3', ''],
    ] as const)
      assert.equal(await held(list), bounds, list);
  });

  it('is the Python whose wheels a lock of Pipenv pins', async () => {
    const files = {
      'main.py': 'print()\n',
      Pipfile: '[packages]\npandas = "*"\n',
      'Pipfile.lock': '{"default": {"pandas": {"version": "==1.3.5"}, "numpy": {"version": "==1.21.6"}}}',
    };
    const found = await made(files);
    assert.deepEqual(
      found?.question?.choices.map(({ value }) => value),
      ['3.9', '3.8', '3.10'],
    );
  });
});

describe('a program', () => {
  it('is declined where it installs packages as it runs, or goes above its folder', async () => {
    const start = { start: 'python main.py', python: '3.12' };
    const refused = async (main: string) => (await made(app('rich', main), start))?.refused ?? '';
    const pip =
      'import subprocess, sys\nsubprocess.check_call([sys.executable, "-m", "pip", "install", "x"])';
    assert.match(await refused(pip), /^main\.py installs packages with pip/);
    const said = (text: string) =>
      `try:\n    import six\nexcept ImportError as error:\n    raise ImportError(\n        ${text}\n    ) from error\n`;
    for (const text of [
      '"To run it: pip install six"',
      'f"subprocess: pip install {1}",',
      "'run pip install six'",
    ])
      assert.doesNotMatch(await refused(said(text)), /installs packages/, text);
    assert.match(await refused('import os\nos.system("pip install x")'), /^main\.py installs/);
    assert.equal(await refused('print("run pip install x")'), '');
    const fallback = `try:\n    import x\nexcept ImportError:\n    import os\n    os.system("pip install x")`;
    assert.equal(await refused(fallback), '');
    assert.match(await refused('x = load("../data", download=True)'), /^main\.py names \.\.\/data/);
    assert.equal(await refused('x = join(dirname(__file__), "../data")'), '');
  });
});

describe('a name that older releases have not', () => {
  const page = (use: string) => `import streamlit as st\n${use}`;

  it('tells that a list without versions is no older', async () => {
    const list = 'streamlit pandas==1.5.3';
    assert.equal(await asked(list, page('st.write(1)')), 'releases: 2023-03-31 pandas 1.5.3');
    assert.equal(await asked(list, page('st.rerun()')), 'releases: 2023-09-30 streamlit.rerun');
    assert.equal(await asked(list, page('st.toggle("a")')), 'releases: 2023-09-30 streamlit.toggle');
    assert.equal(
      await asked(list, page('if hasattr(st, "rerun"):\n    st.rerun()')),
      'releases: 2023-03-31 pandas 1.5.3',
    );
    assert.equal(
      await asked('streamlit opencv-python-headless==4.7.0.72', page('st.write(1)')),
      'releases: 2023-03-31 opencv-python-headless 4.7.0.72',
    );
  });

  it('is refused where the release that is asked for has it not', async () => {
    const bot = 'from telegram.ext import ApplicationBuilder\nApplicationBuilder().build()';
    const fault =
      'main.py uses telegram.ext.ApplicationBuilder, which python-telegram-bot has from 20.0 on, and requirements.txt asks for an older one: ask for 20.0 or a newer one there, then add the files again.';
    const refused = async (list: string) =>
      (await made(app(list, bot), { releases: 'newest', python: '3.10' }))?.refused;
    assert.equal(await refused('python-telegram-bot==13.1'), fault);
    assert.equal(await refused('python-telegram-bot<20'), fault);
    assert.equal(await refused('python-telegram-bot<20.0.0'), fault);
    assert.equal(await refused('python-telegram-bot==20'), null);
    for (const list of ['python-telegram-bot==20.0', 'python-telegram-bot<21', 'python-telegram-bot>=13'])
      assert.equal(await refused(list), null, list);
  });
});

describe('TensorFlow 1', () => {
  const refused = async (main: string) =>
    (await made(app('tensorflow', main), { releases: 'newest', python: '3.12' }))?.refused ?? '';

  it('is refused where a program is written for it', async () => {
    assert.equal(
      await refused('import tensorflow as tf\nwith tf.Session() as s:\n    print(s)'),
      'main.py uses tensorflow.Session, which TensorFlow has no more since 2, and no release before that goes with a Python of today: write it with tensorflow.compat.v1, then add the files again.',
    );
    for (const main of [
      'import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\ntf.Session()',
      'import tensorflow as tf\ntf.compat.v1.Session()',
      'import tensorflow as tf\ntf.keras.Sequential()',
    ])
      assert.equal(await refused(main), '', main);
  });
});

describe('what goes with a Python alone', () => {
  it('is a Numba that was made for it, where a package brings one', async () => {
    const list = async (text: string, python: string) =>
      textOf(await made(app(text, 'print()'), { releases: 'newest', python }));
    assert.match(await list('shap', '3.11'), / 'numba>=0\.57\.0'/);
    assert.doesNotMatch(await list('shap numba==0.57.1', '3.11'), /'numba>=/);
    assert.doesNotMatch(await list('pandas', '3.11'), /numba/);
  });

  it('is the former Keras, where a package looks for it', async () => {
    const list = async (text: string) =>
      textOf(await made(app(text, 'print()'), { releases: 'newest', python: '3.11' }));
    assert.match(await list('deepface tensorflow'), / 'tf-keras'| tf-keras\b/);
    assert.doesNotMatch(await list('deepface tensorflow==2.15.0'), /tf-keras/);
    assert.doesNotMatch(await list('tensorflow'), /tf-keras/);
  });
});
