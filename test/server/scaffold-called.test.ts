// Packages that another one loads only for some of its calls are installed beside the list, and told.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { calledEngines } from '../../server/src/data/called-engines.ts';
import { readRequirement } from '../../server/src/facts/requirements.ts';
import { first, lists } from './scaffold-forms.ts';
import { make, textOf } from './scaffold-world.ts';

/** What the install of a list names beside it. */
async function beside(names: readonly string[], text: string): Promise<string[]> {
  const made = await make({ ...lists(...names), 'main.py': `${text}\n` }, 'multi-stage');
  const [, words = ''] = /-r requirements\.txt(.*)$/m.exec(textOf(made)) ?? [];
  return words
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replaceAll("'", ''));
}

describe('a package that another one loads for a call', () => {
  it('is installed beside the list', async () => {
    for (const [names, text, found] of [
      ['torch', 'from torch.utils.tensorboard import SummaryWriter', 'tensorboard'],
      ['pandas', 'import pandas as pd\npd.read_excel(path)', 'openpyxl'],
      ['pandas', "import pandas as pd\npd.read_excel('old.xls')", 'xlrd'],
      ['pandas', 'import pandas as pd\npd.ExcelWriter(path, engine="xlsxwriter")', 'xlsxwriter'],
      ['pandas', 'import pandas as pd\npd.read_html(url)', 'lxml'],
      ['xgboost', 'from xgboost import XGBClassifier\nXGBClassifier()', 'scikit-learn'],
      ['fastapi uvicorn', 'from fastapi import FastAPI, Form\nForm(...)', 'python-multipart'],
      ['fastapi uvicorn', 'from fastapi.templating import Jinja2Templates\nJinja2Templates("t")', 'jinja2'],
      ['pydantic', 'from pydantic import BaseModel, EmailStr', 'email-validator'],
      [
        'fastapi uvicorn',
        'from fastapi import FastAPI\napp = FastAPI()\n@app.websocket("/ws")\nasync def ws(): ...',
        'websockets',
      ],
      [
        'flask gunicorn',
        "from flask import Flask\napp = Flask(__name__)\n@app.route('/')\nasync def a(): ...",
        'asgiref',
      ],
      [
        'transformers torch',
        'from transformers import T5Tokenizer\nT5Tokenizer.from_pretrained("t5")',
        'sentencepiece',
      ],
      [
        'langchain-community',
        'from langchain_community.document_loaders import PyPDFLoader\nPyPDFLoader(p)',
        'pypdf',
      ],
      ['passlib', 'from passlib.context import CryptContext\nCryptContext(schemes=["bcrypt"])', 'bcrypt<5'],
      ['celery', "from celery import Celery\nCelery(broker='redis://queue')", 'redis'],
      ['tensorflow', 'from tensorflow.keras.preprocessing.image import load_img', 'pillow'],
      ['keras', 'import keras', 'tensorflow'],
      [
        'sqlalchemy',
        'from sqlalchemy import create_engine\ncreate_engine("postgresql://a/b")',
        'psycopg2-binary sqlalchemy<2.1',
      ],
      ['plotly==5.24.1', 'import plotly.graph_objects as go\nfig.write_image("a.png")', 'kaleido<1'],
    ] as const)
      assert.deepEqual(await beside(names.split(' '), text), found.split(' '), text);
  });

  it('is not where it comes along, is only tried, or is not called', async () => {
    for (const [names, text] of [
      ['torch tensorflow', 'from torch.utils.tensorboard import SummaryWriter'],
      ['torch', 'try:\n    from torch.utils.tensorboard import SummaryWriter\nexcept ImportError:\n    pass'],
      ['pandas openpyxl', 'import pandas as pd\npd.read_excel(path)'],
      ['pandas', 'import pandas as pd\n# pd.read_html(url)\npd.read_csv(path)'],
      ['fastapi[standard]', 'from fastapi import FastAPI, Form\nForm(...)'],
      [
        'fastapi uvicorn[standard]',
        'from fastapi import FastAPI\napp = FastAPI()\n@app.websocket("/ws")\nasync def ws(): ...',
      ],
      ['xgboost imbalanced-learn', 'from xgboost import XGBClassifier\nXGBClassifier()'],
      ['keras torch', 'import os\nos.environ["KERAS_BACKEND"] = "torch"\nimport keras'],
      ['pydantic[email]', 'from pydantic import BaseModel, EmailStr'],
      [
        'flask gunicorn shoplib',
        'from flask import Flask\napp = Flask(__name__)\n@bot.command("a")\nasync def a(): ...',
      ],
      [
        'sqlalchemy psycopg2',
        'from sqlalchemy import create_engine\ncreate_engine("postgresql+psycopg2://a")',
      ],
    ] as const)
      assert.deepEqual(
        (await beside(names.split(' '), text)).filter((one) => !one.includes('<')),
        [],
        text,
      );
  });

  it('is told', async () => {
    const text = 'from torch.utils.tensorboard import SummaryWriter\n';
    const made = await make({ ...lists('torch'), 'main.py': text }, 'multi-stage');
    assert.ok(
      made?.assumes.includes(
        'tensorboard, which the programs call for and requirements.txt does not name, is installed beside that.',
      ),
    );
  });

  it('is one of names and calls that can be read', () => {
    for (const { of, calls, any } of calledEngines) {
      assert.match(of, /^[\w.+: ]+$/);
      assert.ok(calls.length > 0 && calls.every((call) => call !== ''), of);
      for (const one of any.flatMap((word) => word.split('&')))
        assert.match(readRequirement(one)?.name ?? '', /^[a-z][\w-]*$/, of);
    }
  });
});

describe('a program that runs another one', () => {
  const run = 'import subprocess, sys\n';
  const of = (text: string, more = {}) =>
    first({ ...lists('six'), 'run.py': `${run}${text}\n`, ...more }, 'multi-stage');
  const calls = [
    'subprocess.run([sys.executable, "new_bot.py"])',
    "subprocess.Popen(['python3', 'bots/new_bot.py'])",
    'import os\nos.system("python new_bot.py --all")',
  ];
  for (const call of calls)
    it(`is declined where none is there: ${call}`, async () => {
      assert.match(await of(call), /^run\.py runs (?:bots\/)?new_bot\.py, which is not there: correct it/);
      assert.doesNotMatch(await of(call, { 'bots/new_bot.py': '', 'new_bot.py': '' }), /which is not there/);
    });

  it('does other work as well', async () => {
    assert.doesNotMatch(await of(`import six\n${calls[0]}`), /which is not there/);
    assert.doesNotMatch(await of(`import own\n${calls[0]}`, { 'own.py': '' }), /which is not there/);
  });

  it('may write it first', async () => {
    assert.doesNotMatch(await of(`open("new_bot.py", "w").write("1")\n${calls[0]}`), /which is not there/);
  });
});
