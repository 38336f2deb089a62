// What projects of strangers had and readers of their container files found missing, a kind each.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, make, newest, textOf } from './scaffold-world.ts';

const started = (text: string) => `${text}\nif __name__ == "__main__":\n    print()\n`;
const main = (text: string, ...list: string[]): Files => ({
  ...(list.length > 0 ? lists(...list) : {}),
  'main.py': started(text),
});
const answers = { ...newest, python: '3.12' };
const install = async (files: Files) =>
  /uv pip install(?: -r requirements\.txt)?(.*)$/m.exec(
    textOf(await make(files, 'multi-stage', answers)),
  )?.[1];
const told = async (files: Files, word: string) =>
  (await make(files, 'multi-stage', answers))?.assumes.filter((line) => line.includes(word));

describe('OpenCV', () => {
  it('is held before 5, which has its cascades, its machine learning and some readers no more', async () => {
    for (const use of ['cv2.CascadeClassifier(p)', 'cv2.ml.SVM_create()', 'cv2.dnn.readNetFromCaffe(a, b)'])
      assert.equal(
        await install(main(`import cv2\nx = ${use}`, 'opencv-python')),
        " 'opencv-python<=4.14.0.94'",
        use,
      );
    for (const use of ['cv2.imread(p)', 'cv2.dnn.readNetFromONNX(p)', 'cv2.SIFT_create()'])
      assert.equal(await install(main(`import cv2\nx = ${use}`, 'opencv-python')), '', use);
    assert.equal(
      await install(main('import cv2\nx = cv2.CascadeClassifier(p)', 'opencv-python==4.10.0.84')),
      '',
    );
    // The contributed modules have the cascades still.
    assert.equal(
      await install(main('import cv2\nx = cv2.CascadeClassifier(p)', 'opencv-contrib-python')),
      '',
    );
  });

  it('is the build with contributed modules where programs use one', async () => {
    const face = 'import cv2\nx = cv2.face.LBPHFaceRecognizer_create()';
    assert.match((await install(main(face))) ?? '', / opencv-contrib-python$/);
    assert.match((await install(main('import cv2\nx = cv2.imread("a.png")'))) ?? '', / opencv-python$/);
    assert.match(
      await first(main(face, 'opencv-python-headless==4.10.0.84'), 'multi-stage'),
      /^main\.py uses cv2\.face, which opencv-python-headless has not and opencv-contrib-python-headless has: name that in requirements\.txt/,
    );
    assert.match(await first(main(face, 'opencv-contrib-python==4.10.0.84'), 'multi-stage'), /^FROM python/m);
  });
});

describe('packages that no list names', () => {
  it('are those of functions as well, where these are known and nothing looks for them', async () => {
    const later = (line: string) => `import numpy\n\n\ndef go():\n    ${line}\n`;
    assert.equal(await install(main(later('from tqdm import tqdm'))), ' numpy tqdm');
    assert.equal(await install(main(later('with a:\n        import tqdm'))), ' numpy tqdm');
    assert.equal(
      await install(main(later('try:\n        import tqdm\n    except ImportError:\n        pass'))),
      ' numpy',
    );
    assert.equal(await install(main(later('if x:\n        import tqdm'))), ' numpy');
    assert.equal(await install(main(later('import something_of_nobody_we_know'))), ' numpy');
  });

  it('are applications that settings of Django name', async () => {
    const site = {
      'manage.py':
        'import os, sys\n\n\ndef main():\n    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n    from django.core.management import execute_from_command_line\n    execute_from_command_line(sys.argv)\n\n\nif __name__ == "__main__":\n    main()\n',
      'shop/__init__.py': '',
      'shop/wsgi.py':
        'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
      'shop/settings.py':
        'INSTALLED_APPS = [\n    "django.contrib.admin",\n    "base.apps.BaseConfig",\n    "rest_framework",\n    # "gone",\n    "corsheaders",\n    "allauth.account",\n]\nROOT_URLCONF = "shop.urls"\n',
      'shop/urls.py': 'from django.urls import path\nurlpatterns = []\n',
      'base/__init__.py': '',
      'base/apps.py':
        'from django.apps import AppConfig\n\n\nclass BaseConfig(AppConfig):\n    name = "base"\n',
    };
    const made = await make(site, 'serving', answers);
    assert.match(
      textOf(made),
      /uv pip install django django-allauth django-cors-headers djangorestframework /,
    );
    const social = {
      ...site,
      'shop/settings.py': site['shop/settings.py'].replace('allauth.account', 'allauth.socialaccount'),
    };
    assert.match(textOf(await make(social, 'serving', answers)), / 'django-allauth\[socialaccount\]' /);
    assert.doesNotMatch(textOf(made), /\bgone\b|\bbase\b.*uv pip/);
  });
});

describe('a list in the folder of the programs', () => {
  const app = (opened: string): Files => ({
    'app/requirements.txt': 'flask==3.1.1\ngunicorn==23.0.0\n',
    'app/app.py': `from flask import Flask\napp = Flask(__name__)\nmodel = open("${opened}", "rb")\n`,
    'model/ufo.pkl': 'x',
    'README.md': 'cd app\npip install -r requirements.txt\npython app.py\n',
  });

  it('is used from above where they open what lies beside it', async () => {
    const made = await make(app('../model/ufo.pkl'), 'serving');
    assert.match(textOf(made), /source=app\/requirements\.txt/);
    assert.match(textOf(made), /^COPY .*\bmodel\/ \.\/model\/$/m);
    assert.match(textOf(made), /^WORKDIR \/app\/app$/m);
    assert.match(await first(app('ufo.pkl')), /^This folder has no dependencies of its own/);
  });
});

describe('lines for a person', () => {
  it('tell a server that a call over two lines asks at home', async () => {
    const call = (open: string) =>
      `import requests\nr = requests.${open}\n    "http://localhost:11434/api/generate",\n    json={},\n)`;
    assert.match(
      (await told(main(call('post('), 'requests==2.32.0'), 'localhost'))?.[0] ?? '',
      /into line \d+ of main\.py/,
    );
    assert.deepEqual(await told(main('print(\n    "http://localhost:1/x",\n)', 'six'), 'localhost'), []);
  });

  it('tell a model that another program saves and this one loads', async () => {
    const loads =
      'from transformers import AutoModel\nMODEL_DIR = "distilbert-mine"\nm = AutoModel.from_pretrained(MODEL_DIR)';
    const files = { ...main(loads, 'transformers==4.50.0', 'torch==2.6.0'), 'train.py': '' };
    const line = ['distilbert-mine is mounted below /app, as the image does not hold it.'];
    for (const train of [
      'OUT_DIR = "distilbert-mine"\ntrainer.save_model(OUT_DIR)\n',
      'model.save_pretrained("./distilbert-mine/")\n',
      'args = TrainingArguments(output_dir="distilbert-mine")\n',
    ])
      assert.deepEqual(await told({ ...files, 'train.py': train }, 'is mounted'), line, train);
    // Else the name is one of a hub.
    assert.deepEqual(await told(files, 'distilbert-mine'), []);
  });

  it('tell a GPU that is asked for by nvidia-smi', async () => {
    const line = /^The container is started with --gpus all, as main\.py asks nvidia-smi/;
    assert.match(
      (await told(main('import subprocess\nsubprocess.run(["nvidia-smi", "-L"])', 'six'), '--gpus'))?.[0] ??
        '',
      line,
    );
    assert.deepEqual(await told(main('print("nvidia")', 'six'), '--gpus'), []);
  });

  it('tell a database of PostgreSQL where models have its fields, and none of SQLite', async () => {
    const model = (line: string): Files => ({
      ...main('import sqlite3\nfrom models import A\nc = sqlite3.connect("a.db")', 'six', 'django==5.2.0'),
      'models.py': `${line}\n\n\nclass A:\n    pass\n`,
    });
    const array = model('from django.contrib.postgres.fields import ArrayField');
    assert.equal((await told(array, 'PostgreSQL'))?.length, 1);
    assert.deepEqual(await told(array, 'SQLite'), []);
    assert.equal((await told(model('import six'), 'SQLite'))?.length, 1);
  });

  it('tell a template whose name is written in another case', async () => {
    const files = {
      ...main(
        'from flask import Flask, render_template\n\n\ndef page():\n    return render_template("shop/Form.html")',
        'flask==3.1.1',
      ),
      'templates/shop/form.html': '',
    };
    assert.deepEqual(await told(files, 'Form.html'), [
      'The page of shop/Form.html fails, as that template lies there as templates/shop/form.html, which only Windows and macOS take for the same.',
    ]);
  });

  it('tell a folder that a function makes above the project', async () => {
    const files = (path: string): Files => ({
      ...main('import draw\ndraw.go()', 'six'),
      'draw.py': `import os\n\n\ndef go():\n    os.makedirs("${path}", exist_ok=True)\n`,
    });
    assert.match(
      (await told(files('../../results/figures/'), 'above the project'))?.[0] ?? '',
      /^draw\.py makes \.\.\/\.\.\/results\/figures\//,
    );
    assert.deepEqual(await told(files('results/figures/'), 'above the project'), []);
  });

  it('say no more than is true', async () => {
    // A key beside a model that is loaded is no file.
    const models = main(
      'import joblib\nall = {\n    "kNN": joblib.load("model/knn.pkl"),\n}',
      'joblib==1.5.1',
    );
    assert.deepEqual(await told({ ...models, 'model/knn.pkl': 'x' }, 'kNN'), []);
    // What an address names is what it is fetched from.
    const fetched = main(
      'import six',
      'six',
      'en-core-web-sm @ https://example.org/en_core_web_sm-3.8.0-py3-none-any.whl',
    );
    assert.ok(!((await told(fetched, 'newest')) ?? []).some((line) => line.includes('en-core')));
    // The name of a user before a long password is no server.
    const address = `postgresql://someuser:${'a'.repeat(80)}@db.example.org:5432/x`;
    assert.deepEqual(await told(main(`URL = "${address}"`, 'six'), 'someuser'), []);
  });
});

it('librosa before 0.10.2 gets what it imports', async () => {
  assert.equal(await install(main('import librosa', 'librosa==0.10.1')), " 'setuptools<81' 'numba>=0.59.0'");
  assert.equal(await install(main('import librosa', 'librosa==0.10.2')), " 'numba>=0.59.0'");
});

describe('what tells of older releases', () => {
  /** What is asked first of a list and a program. */
  const asked = async (list: string, text: string) => {
    const known = await know({ 'requirements.txt': `${list}\n`, 'main.py': `${text}\nprint()\n` });
    const question = scaffold(known, { kind: 'multi-stage', answers: {} })?.question;
    return question && `${question.id}: ${question.choices[0]?.value}`;
  };

  it('is a model that Keras reads from a folder', async () => {
    const reads = (path: string, more = '') =>
      `import tensorflow as tf\n${more}model = tf.keras.models.load_model(${path})`;
    for (const path of ['"models/mine"', "'models/mine/'", 'r"mine"'])
      assert.equal((await asked('tensorflow', reads(path)))?.slice(0, 20), 'releases: 2024-03-31', path);
    for (const path of ['"models/mine.keras"', '"a/b.h5"', 'path', 'f"models/{name}"', '"a/v1.2"'])
      assert.doesNotMatch((await asked('tensorflow', reads(path))) ?? '', /^releases/, path);
    assert.doesNotMatch((await asked('tensorflow', reads('"mine"', 'import tf_keras\n'))) ?? '', /^releases/);
    assert.doesNotMatch(
      (await asked('mlflow', 'import mlflow\nmlflow.load_model("mine")')) ?? '',
      /^releases/,
    );
  });

  it('is no argument of the same name that is given by its name', async () => {
    const of = (call: string) => asked('librosa', `import librosa\nx = librosa.feature.${call}`);
    assert.equal((await of('melspectrogram(y, sr=sr)'))?.slice(0, 20), 'releases: 2021-12-31');
    assert.doesNotMatch((await of('melspectrogram(y=y, sr=sr)')) ?? '', /^releases/);
  });
});
