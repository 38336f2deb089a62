// Read on 2026-11-27.

/**
 * Modules whose package on PyPI has another name, with all packages that bring them. Source: as known 2026-11, not looked up
 * one by one.
 */
const names = `
PIL: pillow pillow-simd
cv2: opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless
sklearn: scikit-learn
skimage: scikit-image
skopt: scikit-optimize
yaml: pyyaml
bs4: beautifulsoup4
dotenv: python-dotenv
dateutil: python-dateutil
jose: python-jose
jwt: pyjwt
magic: python-magic
docx: python-docx
lightrag: lightrag-hku
pptx: python-pptx
multipart: python-multipart
slugify: python-slugify
telegram: python-telegram-bot
gitlab: python-gitlab
mastodon: mastodon-py
git: gitpython
github: pygithub
decouple: python-decouple
fitz: pymupdf
faiss: faiss-cpu faiss-gpu
psycopg2: psycopg2 psycopg2-binary
MySQLdb: mysqlclient
mysql: mysql-connector-python
Crypto: pycryptodome pycrypto
Cryptodome: pycryptodomex
serial: pyserial
usb: pyusb
zmq: pyzmq
OpenSSL: pyopenssl
nacl: pynacl
ldap: python-ldap
attr: attrs
pkg_resources: setuptools
rest_framework: djangorestframework
corsheaders: django-cors-headers
rest_framework_simplejwt: djangorestframework-simplejwt
rest_framework_nested: drf-nested-routers
environ: django-environ
allauth: django-allauth
storages: django-storages
django_filters: django-filter
crispy_forms: django-crispy-forms
debug_toolbar: django-debug-toolbar
discord: discord-py py-cord
websocket: websocket-client
socketio: python-socketio
engineio: python-engineio
kafka: kafka-python kafka-python-ng
paho: paho-mqtt
nats: nats-py
grpc: grpcio
igraph: python-igraph igraph
umap: umap-learn
pl_bolts: lightning-bolts
whisper: openai-whisper
speech_recognition: speechrecognition
pinecone: pinecone pinecone-client
weaviate: weaviate-client
googleapiclient: google-api-python-client
vertexai: google-cloud-aiplatform
telebot: pytelegrambotapi
pytube: pytube pytubefix
ffmpeg: ffmpeg-python
imblearn: imbalanced-learn
talib: ta-lib
osgeo: gdal
win32com: pywin32
win32api: pywin32
wx: wxpython
gi: pygobject
cairo: pycairo
OpenGL: pyopengl
Xlib: python-xlib
pynvml: nvidia-ml-py pynvml
ruamel: ruamel-yaml
tensorflow: tensorflow tensorflow-cpu tensorflow-gpu tensorflow-intel tf-nightly
keras: keras tensorflow tensorflow-cpu
onnxruntime: onnxruntime onnxruntime-gpu
llama_index: llama-index llama-index-core
st_aggrid: streamlit-aggrid
psycopg: psycopg psycopg-binary
jnius: pyjnius
Levenshtein: levenshtein python-levenshtein
hydra: hydra-core
tortoise: tortoise-orm
pypfopt: pyportfolioopt
bson: pymongo
gridfs: pymongo
pythoncom: pywin32
socks: pysocks
pytorch_lightning: pytorch-lightning lightning
bayes_opt: bayesian-optimization
Bio: biopython
camelot: camelot-py
ee: earthengine-api
linebot: line-bot-sdk
newspaper: newspaper3k newspaper4k
cpuinfo: py-cpuinfo
pyrebase: pyrebase4
barcode: python-barcode
binance: python-binance
readability: readability-lxml
retinaface: retina-face
tabula: tabula-py
tavily: tavily-python
wikipediaapi: wikipedia-api
`;

/** By the name that is imported. */
export const importNames: ReadonlyMap<string, readonly string[]> = new Map(
  names
    .trim()
    .split('\n')
    .map((line) => {
      const [module = '', packages = ''] = line.split(': ', 2);
      return [module, packages.split(' ')];
    }),
);
