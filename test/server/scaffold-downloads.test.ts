// What a program downloads when it starts goes with its container, and what it installs for a GPU may be of no use.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

const told = async (code: string, words: string, more: Files = {}) =>
  (
    (
      await make(
        {
          ...lists('torch', 'torchvision', 'transformers', 'nltk', 'openai-whisper', 'rembg'),
          'main.py': `${code}\nif __name__ == "__main__":\n    print()\n`,
          ...more,
        },
        'multi-stage',
      )
    )?.assumes ?? []
  ).filter((line) => line.includes(words));

describe('what a program downloads', () => {
  const line = (folder: string) =>
    `Each new container downloads what its program keeps in /app/${folder}, unless a volume that user 10001 may write is mounted there.`;

  it('is told with the folder that keeps it', async () => {
    for (const [code, folder] of [
      ['model = resnet18(weights=ResNet18_Weights.DEFAULT)', '.cache/torch'],
      ['model = models.resnet50(pretrained=True)', '.cache/torch'],
      ['model = models.resnet50(weights="DEFAULT")', '.cache/torch'],
      ['model = AutoModel.from_pretrained("openai/clip")', '.cache/huggingface'],
      ['NAME = "openai/clip"\nmodel = AutoModel.from_pretrained(NAME)', '.cache/huggingface'],
      ['model = SentenceTransformer("all-MiniLM-L6-v2")', '.cache/huggingface'],
      ['model = whisper.load_model("base")', '.cache/whisper'],
      ['nltk.download("punkt")', 'nltk_data'],
      ['net = InceptionResnetV1(pretrained="vggface2").eval()', '.cache/torch'],
      ['model, f = clip.load("ViT-B/32", device="cpu")', '.cache/clip'],
      ['faces = DeepFace.represent(img_path="a.jpg")', '.deepface'],
      ['from rembg import remove', '.u2net'],
      ['a, b = mnist.load_data()', '.keras'],
      ['net = tf.keras.applications.ResNet101()', '.keras'],
      ['net = keras.applications.resnet.ResNet50(include_top=False)', '.keras'],
      ['vectors = api.load("glove-wiki-gigaword-50")', 'gensim-data'],
      ['houses = fetch_california_housing()', 'scikit_learn_data'],
    ] as const)
      assert.deepEqual(await told(code, 'Each new'), [line(folder)], code);
  });

  it('is told with the folder that a former release has', async () => {
    const model = 'm = SentenceTransformer("all-MiniLM-L6-v2")\nprint()\n';
    const noted = async (...list: string[]) =>
      (await make({ ...lists(...list), 'main.py': model }, 'multi-stage'))?.assumes ?? [];
    const former = line('.cache/torch/sentence_transformers');
    assert.ok((await noted('sentence-transformers==2.2.2')).includes(former));
    assert.ok((await noted('sentence-transformers==2.7.0')).includes(line('.cache/huggingface')));
  });

  it('is told with the folder that the program has for it, which the image has and its user owns', async () => {
    for (const [code, folder] of [
      ['model = SentenceTransformer("all-MiniLM-L6-v2", cache_folder="model_cache")', 'model_cache'],
      [
        'model = AutoModel.from_pretrained(\n    "openai/clip",\n    cache_dir="./model_cache",\n)',
        'model_cache',
      ],
      ['p = pipeline("ner", model="openai/clip", model_kwargs={"cache_dir": "model_cache"})', 'model_cache'],
      ['os.environ["HF_HOME"] = "hub"\nmodel = AutoModel.from_pretrained("openai/clip")', 'hub'],
      ['os.environ.setdefault("HF_HOME", "hub")\nmodel = AutoModel.from_pretrained("openai/clip")', 'hub'],
      [
        'BASE = Path(__file__).parent\nCACHE = BASE / "models" / "hub"\nmodel = AutoModel.from_pretrained("openai/clip", cache_dir=CACHE)',
        'models/hub',
      ],
      [
        'BASE = "models/hub"\nmodel = AutoModel.from_pretrained("openai/clip", cache_dir=f"{BASE}_fp16")',
        'models/hub_fp16',
      ],
      [
        'def load(cache_dir: str = "hub"):\n    return AutoModel.from_pretrained("openai/clip", cache_dir=cache_dir)',
        'hub',
      ],
      [
        'class Settings(BaseSettings):\n    CACHE_DIR: str = "hub"\nsettings = Settings()\nmodel = AutoModel.from_pretrained("openai/clip", cache_dir=settings.CACHE_DIR)',
        'hub',
      ],
      ['torch.hub.set_dir("nets")\nmodel = models.resnet50(pretrained=True)', 'nets'],
      ['model = whisper.load_model("base", download_root="speech")', 'speech'],
      ['nltk.download("punkt", download_dir="words")', 'words'],
      ['houses = fetch_california_housing(data_home="x")', 'x'],
      ['hf_hub_download("openai/clip", "a.bin", local_dir="weights")', 'weights'],
      ['a = datasets.MNIST(root="./sets", train=True, download=True)', 'sets'],
      ['a = CIFAR10("sets", download=True)\nb = Own("x", download=False)', 'sets'],
      ['a = Planetoid(root="sets", name="Cora")', 'sets'],
    ] as const) {
      assert.deepEqual(await told(code, 'Each new'), [line(folder)], code);
      const made = await make(
        {
          ...lists('torch', 'transformers'),
          'main.py': `${code}\n${'if __name__ == "__main__":\n    print()\n'}`,
        },
        'multi-stage',
      );
      assert.match(textOf(made), new RegExp(`^RUN mkdir -p .*${folder}$`, 'm'), code);
      assert.ok(
        !made?.assumes.some((one) => one.includes('unless the program makes')),
        made?.assumes.join('\n'),
      );
    }
    const outer = 'model = AutoModel.from_pretrained("openai/clip", cache_dir="/models/hub")';
    assert.match((await told(outer, 'Each new'))[0] ?? '', / in \/models\/hub, unless/);
    const made = await make({ ...lists('transformers'), 'main.py': `${outer}\nprint()\n` }, 'multi-stage');
    assert.match(textOf(made), /install --directory --owner app --group app \/models\/hub$/m);
  });

  it('is nothing where it lies in the project or goes elsewhere', async () => {
    const model = { 'my/clip/config.json': '{}' };
    for (const code of [
      'model = AutoModel.from_pretrained("my/clip")',
      'model = AutoModel.from_pretrained("./clip")',
      'model = AutoModel.from_pretrained(path)',
      'model = AutoModel.from_pretrained("openai/clip", cache_dir=where())',
      'model = AutoModel.from_pretrained("openai/clip", cache_dir="my")',
      'os.environ["HF_HOME"] = sys.argv[1]\nmodel = AutoModel.from_pretrained("openai/clip")',
      'model = AutoModel.from_pretrained("openai/clip", cache_dir="x", local_files_only=True)',
      'model = models.resnet50(pretrained=False)',
      'net = InceptionResnetV1(classify=True)',
      'houses = fetch_california_housing(data_home=sys.argv[1])',
      'def train(cache_dir="x"):\n    pass\nmodel = AutoModel.from_pretrained("openai/clip", cache_dir=find("x"))',
    ])
      assert.deepEqual(await told(code, 'Each new', model), [], code);
  });
});

describe('weights that Ultralytics fetches by their names', () => {
  const about = async (code: string, more: Files = {}) =>
    told(`from ultralytics import YOLO\n${code}`, '.pt', { ...lists('ultralytics'), ...more });
  it('are told where each container has them, and no other weights are', async () => {
    for (const code of ['model = YOLO("yolov8n.pt")', 'NAME = "yolov8n.pt"\nmodel = YOLO(NAME)'])
      assert.deepEqual(await about(code), [
        'Each new container downloads /app/yolov8n.pt, unless that file is mounted there.',
      ]);
    assert.deepEqual(await about('a = YOLO("yolo11s-seg.pt")\nb = YOLO("models/yolov5su.pt")'), [
      'Each new container downloads /app/yolo11s-seg.pt, /app/models/yolov5su.pt, unless those files are mounted there.',
    ]);
    const own = await about('model = YOLO("yolo_plates.pt")');
    assert.equal(own.length, 1);
    assert.match(own[0] ?? '', /^yolo_plates\.pt is mounted below \/app/);
    const here = await about('model = YOLO("yolov8n.pt")', { 'yolov8n.pt': 'x' });
    assert.ok(
      here.every((line) => !line.startsWith('Each new')),
      here.join(),
    );
  });
});

describe('weights that Git LFS keeps', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 12345678\n`;
  const about = (files: Files) =>
    told('model = load(open("models/net.pt", "rb"))', 'git lfs pull', { 'models/net.pt': pointer, ...files });
  it('are fetched before the image is built, where nothing but pointers lie there', async () => {
    const line =
      '"git lfs pull" is run before the image is built, as models/net.pt is a pointer of Git LFS and holds nothing else.';
    for (const text of [
      '*.pt filter=lfs diff=lfs merge=lfs -text\n',
      '*.h5 -text\n/models/*.pt filter=lfs\n',
    ])
      assert.deepEqual(await about({ '.gitattributes': text }), [line], text);
    assert.deepEqual(await about({ 'models/.gitattributes': 'net.pt filter=lfs\n' }), [line]);
  });
  it('are left alone where they are there, or none of its', async () => {
    assert.deepEqual(await about({}), []);
    assert.deepEqual(await about({ '.gitattributes': '*.pt -text\n*.h5 filter=lfs\n' }), []);
    const kept = { '.gitattributes': '*.pt filter=lfs\n' };
    assert.deepEqual(await about({ ...kept, 'models/net.pt': { megabytes: 3 } }), []);
    assert.deepEqual(await about({ ...kept, 'models/net.pt': 'x' }), []);
  });
});

describe('a torch for GPUs', () => {
  const cpu = 'whl/cpu';

  it('is told where no program uses one', async () => {
    assert.equal((await told('import torch\nx = torch.zeros(1)', cpu)).length, 1);
    for (const code of [
      'import torch\nx = torch.zeros(1).to(where)',
      'import torch\nd = "cuda" if torch.cuda.is_available() else "cpu"',
      'import torch\nfrom transformers import pipeline',
      'print()',
    ])
      assert.deepEqual(await told(code, cpu), [], code);
    const index = { 'requirements.txt': '--extra-index-url https://download.pytorch.org/whl/cpu\ntorch\n' };
    assert.deepEqual(await told('import torch', cpu, index), []);
  });
});
