// Read on 2026-11-27.

/**
 * What a package, an extra of it, or all its releases before one, bring along by themselves on every system. Sources: the lock files of forty public projects that have Poetry or uv,
 * and for others the metadata on PyPI as known 2026-11, not looked up one by one.
 */
const lines = `
accelerate: huggingface-hub numpy packaging psutil pyyaml safetensors torch
aerich: tortoise-orm
aiogram: aiofiles aiohttp certifi magic-filter pydantic
aiogram[fast]: uvloop aiodns
aiohttp: aiohappyeyeballs aiosignal attrs frozenlist multidict propcache yarl
aiokafka: async-timeout packaging typing-extensions
aiosignal: frozenlist
alembic: mako sqlalchemy typing-extensions
altair: jinja2 jsonschema narwhals packaging typing-extensions
anthropic: anyio httpx pydantic
anyio: idna sniffio
apscheduler: pytz six tzlocal
arrow: python-dateutil types-python-dateutil
asgi-lifespan: sniffio
astunparse: six wheel
async-lru: typing-extensions
authlib: cryptography
beanie: motor pydantic pymongo
beautifulsoup4: soupsieve typing-extensions
bleach: six webencodings
bokeh: jinja2 numpy packaging pandas pillow pyyaml tornado
boto3: botocore jmespath s3transfer
botocore: jmespath python-dateutil urllib3
catboost: graphviz matplotlib numpy pandas plotly scipy six
ccxt: aiohttp requests
celery: billiard click kombu python-dateutil vine
celery[redis]: redis
channels: asgiref django
chroma-hnswlib: numpy
chromadb: bcrypt build grpcio httpx importlib-resources kubernetes mmh3 numpy onnxruntime opentelemetry-api opentelemetry-exporter-otlp-proto-grpc opentelemetry-sdk orjson overrides posthog pydantic pypika pyyaml rich tenacity tokenizers tqdm typer typing-extensions uvicorn
chromedriver-autoinstaller: packaging
cmudict: importlib-metadata importlib-resources
cohere: httpx pydantic requests
coloredlogs: humanfriendly
contourpy: numpy
courlan: babel tld urllib3
crewai-tools: beautifulsoup4 crewai docker lancedb pypdf python-docx pytube requests tiktoken youtube-transcript-api
crewai: appdirs chromadb click instructor json-repair json5 jsonref mcp openai openpyxl opentelemetry-api opentelemetry-exporter-otlp-proto-http opentelemetry-sdk pdfplumber portalocker pydantic pydantic-settings pyjwt python-dotenv regex tokenizers tomli tomli-w uv
curl-cffi: certifi cffi
dash-bootstrap-components: dash
dash: flask importlib-metadata plotly requests werkzeug
dask[complete]: numpy pandas distributed bokeh pyarrow
dask[dataframe]: numpy pandas
databricks-sdk: google-auth requests
dataclasses-json: marshmallow typing-inspect
datasets: fsspec huggingface-hub numpy pandas pyarrow requests tqdm
dateparser: python-dateutil pytz regex tzlocal
deprecated: wrapt
deprecation: packaging
diffusers: filelock huggingface-hub numpy pillow requests safetensors
discord-py: aiohttp
discord-py[voice]: pynacl
django-cors-headers: asgiref django
django-debug-toolbar: django sqlparse
django-filter: django
django: asgiref sqlparse
django[argon2]: argon2-cffi
djangorestframework-simplejwt: django djangorestframework pyjwt
djangorestframework: django
docker: requests urllib3
dotenv: python-dotenv
drf-spectacular: django djangorestframework inflection jsonschema pyyaml uritemplate
easyocr: numpy opencv-python-headless pillow scipy torch torchvision
ecdsa: six
email-validator: dnspython idna
evaluate: datasets numpy pandas requests tqdm
face-recognition: dlib numpy pillow
faker: tzdata
fastapi-cli: rich-toolkit typer uvicorn
fastapi-mail: aiosmtplib fastapi jinja2 pydantic pydantic-settings starlette
fastapi-users: fastapi
fastapi-users[sqlalchemy]: fastapi-users-db-sqlalchemy
fastapi: pydantic starlette typing-extensions
fastapi[all]: email-validator httpx itsdangerous jinja2 orjson pydantic-extra-types pydantic-settings python-multipart pyyaml ujson uvicorn
fastapi[standard]: email-validator fastapi-cli httpx jinja2 pydantic-extra-types pydantic-settings python-multipart uvicorn
feedparser: sgmllib3k
fiona: attrs certifi click click-plugins cligj six
flask-bcrypt: bcrypt flask
flask-cors: flask six
flask-jwt-extended: flask pyjwt werkzeug
flask-log-request-id: flask
flask-login: flask werkzeug
flask-mail: flask
flask-marshmallow: flask marshmallow
flask-migrate: alembic flask flask-sqlalchemy
flask-restx: flask jsonschema pytz werkzeug
flask-socketio: flask python-socketio
flask-sqlalchemy: flask sqlalchemy
flask-wtf: flask itsdangerous wtforms
flask: blinker click itsdangerous jinja2 werkzeug
flask[async]: asgiref
flask[dotenv]: python-dotenv
gensim: numpy scipy smart-open
geopandas: fiona packaging pandas pyproj shapely
gitdb: smmap
gitpython: gitdb
google-ai-generativelanguage: google-api-core google-auth proto-plus protobuf
google-api-core: google-auth googleapis-common-protos proto-plus protobuf requests
google-api-python-client: google-api-core google-auth google-auth-httplib2 httplib2 uritemplate
google-auth-httplib2: google-auth httplib2
google-auth-oauthlib: google-auth requests-oauthlib
google-auth: cachetools pyasn1-modules rsa
google-genai: anyio google-auth httpx pydantic requests tenacity typing-extensions websockets
google-generativeai: google-ai-generativelanguage google-api-core google-api-python-client google-auth protobuf pydantic tqdm typing-extensions
google-pasta: six
googleapis-common-protos: protobuf
gradio: fastapi httpx huggingface-hub jinja2 markupsafe numpy pandas pillow pydantic pyyaml starlette uvicorn
graphene: aniso8601 graphql-core graphql-relay
graphql-relay: graphql-core
groq: anyio httpx pydantic
grpcio-status: googleapis-common-protos grpcio protobuf
gspread: google-auth google-auth-oauthlib
gunicorn: packaging
gunicorn[eventlet]: eventlet
gunicorn[gevent]: gevent
gymnasium: cloudpickle numpy
h2: hpack hyperframe
h5py: numpy
html5lib: six webencodings
htmldate: charset-normalizer dateparser lxml python-dateutil urllib3
httpcore: certifi h11
httplib2: pyparsing
httpx: anyio certifi httpcore idna
httpx[http2]: h2
httpx[socks]: socksio
huggingface-hub: filelock fsspec packaging pyyaml requests tqdm typing-extensions
hydra-core: omegaconf packaging
imageio: numpy pillow
imbalanced-learn: joblib numpy scikit-learn scipy threadpoolctl
imblearn: imbalanced-learn
importlib-metadata: zipp
inngest: httpx jcs pydantic typing-extensions
instructor: aiohttp diskcache docstring-parser jinja2 jiter openai pre-commit pydantic pydantic-core requests rich tenacity ty typer
ipykernel: comm debugpy ipython jupyter-client jupyter-core matplotlib-inline nest-asyncio packaging psutil pyzmq tornado traitlets
ipython: decorator jedi matplotlib-inline prompt-toolkit pygments stack-data traitlets
ipywidgets: comm ipython jupyterlab-widgets traitlets widgetsnbextension
jedi: parso
jinja2: markupsafe
jsonpatch: jsonpointer
jsonschema-specifications: referencing
jsonschema: attrs jsonschema-specifications referencing rpds-py
justext: lxml
keras: absl-py h5py ml-dtypes namex numpy optree rich
kombu: amqp vine
kubernetes: certifi durationpy google-auth python-dateutil pyyaml requests requests-oauthlib six urllib3 websocket-client
lancedb: deprecation lance-namespace numpy overrides packaging pyarrow pydantic tqdm
langchain-anthropic: anthropic langchain-core pydantic
langchain-chroma: chromadb langchain-core numpy
langchain-community: aiohttp dataclasses-json httpx-sse langchain langchain-core langsmith numpy pydantic-settings pyyaml requests sqlalchemy tenacity
langchain-core: jsonpatch langsmith packaging pydantic pyyaml tenacity typing-extensions
langchain-experimental: langchain-community langchain-core
langchain-google-genai: google-generativeai langchain-core pydantic
langchain-groq: groq langchain-core
langchain-huggingface: huggingface-hub langchain-core sentence-transformers tokenizers transformers
langchain-ollama: langchain-core ollama
langchain-openai: langchain-core openai tiktoken
langchain-pinecone: langchain-core numpy pinecone
langchain-text-splitters: langchain-core
langchain: langchain-core langchain-text-splitters langgraph langsmith pydantic pyyaml requests sqlalchemy
langgraph: langchain-core
langsmith: httpx packaging pydantic requests requests-toolbelt zstandard
librosa: joblib numba numpy scikit-learn scipy soundfile
lightgbm: numpy scipy
litellm: aiohttp click fastuuid httpx importlib-metadata jinja2 jsonschema openai pydantic python-dotenv tiktoken tokenizers
llama-index-core: aiohttp aiosqlite banks dataclasses-json deprecated dirtyjson filetype fsspec httpx llama-index-workflows nest-asyncio networkx nltk numpy pillow platformdirs pydantic pyyaml requests setuptools sqlalchemy tenacity tiktoken tinytag tqdm typing-extensions typing-inspect wrapt
llama-index-instrumentation: deprecated pydantic
llama-index-readers-file: beautifulsoup4 defusedxml llama-index-core pandas pypdf striprtf
llama-index-workflows: llama-index-instrumentation pydantic typing-extensions
llama-index: llama-index-core
lxml-html-clean: lxml
mako: markupsafe
markdown-it-py: mdurl
marshmallow: packaging
matplotlib-inline: traitlets
matplotlib: contourpy cycler fonttools kiwisolver numpy packaging pillow pyparsing python-dateutil
mcp: anyio httpx httpx-sse jsonschema pydantic pydantic-settings python-multipart sse-starlette starlette
mcp[cli]: typer python-dotenv
mediapipe: matplotlib numpy opencv-contrib-python
ml-dtypes: numpy
mlflow-skinny: cachetools click cloudpickle databricks-sdk gitpython importlib-metadata opentelemetry-api opentelemetry-sdk packaging protobuf pyyaml requests sqlparse
mlflow: alembic docker flask graphene markdown matplotlib mlflow-skinny numpy pandas pyarrow scikit-learn scipy sqlalchemy
mongoengine: pymongo
motor: pymongo
moviepy: decorator imageio numpy proglog tqdm
nicegui: aiofiles fastapi httpx jinja2 python-socketio starlette uvicorn
nltk: click joblib regex tqdm
numexpr: numpy
ollama: httpx pydantic
omegaconf: pyyaml
onnxruntime: coloredlogs flatbuffers numpy packaging protobuf sympy
openai-whisper: numba numpy tiktoken torch tqdm
openai: anyio distro httpx jiter pydantic sniffio tqdm typing-extensions
opencv-contrib-python: numpy
opencv-python-headless: numpy
opencv-python: numpy
openpyxl: et-xmlfile
optuna: alembic colorlog numpy packaging pyyaml sqlalchemy tqdm
outcome: attrs
pandas: numpy python-dateutil tzdata
pandas<3: pytz
panel: bokeh param
passlib[argon2]: argon2-cffi
passlib[bcrypt]: bcrypt
patsy: numpy
pdfminer-six: charset-normalizer cryptography
pdfplumber: pdfminer-six pillow pypdfium2
peft: accelerate huggingface-hub numpy safetensors torch transformers
pendulum: python-dateutil pytzdata
pexpect: ptyprocess
playwright: greenlet pyee
plotly: narwhals packaging
polars: polars-runtime-32
postgres: psycopg2-binary psycopg2-pool
posthog: backoff distro python-dateutil requests six
prompt-toolkit: wcwidth
prophet: matplotlib numpy pandas
proto-plus: protobuf
psycopg2-pool: psycopg2-binary
psycopg[binary]: psycopg-binary
psycopg[pool]: psycopg-pool
pvlib: h5py numpy pandas pytz requests scipy
pyasn1-modules: pyasn1
pydantic-core: typing-extensions
pydantic-settings: pydantic python-dotenv typing-inspection
pydantic: annotated-types pydantic-core typing-extensions typing-inspection
pydantic[email]: email-validator
pydeck: jinja2 numpy
pyee: typing-extensions
pyjwt[crypto]: cryptography
pymongo: dnspython
pymongo[srv]: dnspython
pyportfolioopt: cvxpy numpy pandas scikit-learn scipy
pyproj: certifi
pytelegrambotapi: requests
pytesseract: packaging pillow
python-binance: aiohttp dateparser requests websockets
python-dateutil: six
python-docx: lxml typing-extensions
python-jose: ecdsa pyasn1 rsa
python-jose[cryptography]: cryptography
python-slugify: text-unidecode
python-socketio: bidict python-engineio
python-telegram-bot: certifi httpx tornado
python-telegram-bot<20: apscheduler pytz
python-telegram-bot[job-queue]: apscheduler pytz
pytorch-lightning: fsspec packaging pyyaml torch torchmetrics tqdm
qdrant-client: grpcio httpx numpy portalocker protobuf pydantic urllib3
redis[hiredis]: hiredis
referencing: attrs rpds-py
requests-oauthlib: oauthlib requests
requests-toolbelt: requests
requests: certifi charset-normalizer idna urllib3
requests<2.26: chardet
requests[socks]: pysocks
requirements-parser: packaging
rich-toolkit: click rich typing-extensions
rich: markdown-it-py pygments
rsa: pyasn1
scikit-image: imageio networkx numpy pillow scipy
scikit-learn: joblib numpy scipy threadpoolctl
scipy: numpy
scrapy: itemloaders lxml parsel twisted w3lib
seaborn: matplotlib numpy pandas
selenium: certifi trio trio-websocket typing-extensions urllib3 websocket-client
sentence-transformers: huggingface-hub pillow scikit-learn scipy torch tqdm transformers
sentry-sdk: certifi urllib3
shap: numpy pandas scikit-learn scipy tqdm
shapely: numpy
spacy: jinja2 numpy pydantic requests tqdm typer
spicy: scipy
sqlalchemy-mixins: six sqlalchemy
sqlalchemy: typing-extensions
sqlalchemy[asyncio]: greenlet
sqlmodel: pydantic sqlalchemy sqlalchemy2-stubs
sse-starlette: anyio
stable-baselines3: cloudpickle gymnasium matplotlib numpy pandas torch
stack-data: asttokens executing pure-eval
starlette: anyio
starlette[full]: httpx itsdangerous jinja2 python-multipart pyyaml
statsmodels: numpy packaging pandas patsy scipy
streamlit: altair blinker cachetools click gitpython numpy packaging pandas pillow protobuf pyarrow pydeck requests tenacity toml tornado typing-extensions
sympy: mpmath
telethon: pyaes rsa
tensorboard: absl-py grpcio markdown numpy protobuf setuptools six tensorboard-data-server werkzeug
tensorflow: absl-py astunparse flatbuffers gast google-pasta grpcio h5py keras libclang ml-dtypes numpy opt-einsum packaging protobuf requests setuptools six tensorboard tensorflow-io-gcs-filesystem termcolor typing-extensions wrapt
textstat: cmudict pyphen setuptools
tiktoken: regex requests
timm: huggingface-hub pyyaml safetensors torch torchvision
tinycss2: webencodings
tokenizers: huggingface-hub
torch: filelock fsspec jinja2 networkx setuptools sympy typing-extensions
torchaudio: torch
torchmetrics: numpy torch
torchvision: numpy pillow torch
torchvision<0.17.1: requests
tortoise-orm: aiosqlite pypika-tortoise
trafilatura: certifi charset-normalizer courlan htmldate justext lxml urllib3
transformers: filelock huggingface-hub numpy packaging pyyaml regex requests safetensors tokenizers tqdm
transformers[sentencepiece]: sentencepiece protobuf
transformers[torch]: torch accelerate
trio-websocket: outcome trio wsproto
trio: attrs idna outcome sniffio sortedcontainers
trl: accelerate datasets transformers
tweepy: oauthlib requests requests-oauthlib
typer: click rich shellingham typing-extensions
typing-inspect: mypy-extensions typing-extensions
typing-inspection: typing-extensions
ultralytics: matplotlib numpy opencv-python pillow psutil pyyaml requests scipy torch torchvision
uncertaintywrapper: numpy
uvicorn: click h11
uvicorn[standard]: httptools python-dotenv pyyaml uvloop watchfiles websockets
wandb: click psutil pyyaml requests
watchfiles: anyio
webdriver-manager: packaging python-dotenv requests
werkzeug: markupsafe
wordcloud: matplotlib numpy pillow
wsproto: h11
xattr: cffi
xgboost: numpy scipy
yarl: idna multidict propcache
yfinance: beautifulsoup4 frozendict multitasking numpy pandas peewee pytz requests
youtube-transcript-api: defusedxml requests
`;

/** By the name of the package that brings them. */
export const broughtPackages: ReadonlyMap<string, readonly string[]> = new Map(
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', brought = ''] = line.split(': ', 2);
      return [name, brought.split(' ')];
    }),
);
