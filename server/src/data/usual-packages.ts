// Read on 2026-11-29.

/**
 * Much used packages that bring a module of their own name, so that what a program imports by it is no stranger's. Source: the
 * wheels on PyPI, read for their modules on the day above; what PyPI has as a source distribution alone, and wheels of more than
 * some 50 MB, as known.
 */
export const usualPackages: ReadonlySet<string> = new Set(
  `accelerate aiofiles aiogram aiohttp albumentations alembic alpaca-trade-api altair annoy anthropic apscheduler
  arcade arrow astral astropy astroquery attrs audioread av backoff backtrader bcrypt bertopic bleach bokeh boto3
  botocore bottle cachetools cartopy category-encoders ccxt cerberus chardet charset-normalizer chess chromadb
  click cloudscraper colorama coloredlogs comet-ml confluent-kafka contextily croniter cryptography cvxpy cython
  dash-bootstrap-components dask datasets datashader dateparser deap deep-translator deepface diskcache disnake
  dlib docker docx2pdf docx2txt dramatiq duckduckgo-search dvc dynaconf easyocr efficientnet-pytorch einops
  elasticsearch eli5 emoji environs ephem eth-account extra-streamlit-components fabric face-recognition
  facenet-pytorch factor-analyzer fake-useragent faker fastapi feature-engine feedparser filetype fiona fire
  firebase-admin flask flask-bcrypt flask-cors flask-jwt-extended flask-mail flask-restful flask-session
  flask-socketio flask-sqlalchemy folium ftfy fuzzywuzzy geemap gensim geocoder geopandas geopy googletrans
  graphviz gspread gtts gym gymnasium h2o hdbscan hikari holidays holoviews html2text html5lib httpx huey
  huggingface-hub humanize hvplot hyperopt igraph imageio imageio-ffmpeg imgaug imutils inflect influxdb
  insightface instaloader jax jellyfish jinja2 jira joblib jsonschema kaleido keras keybert kubernetes langchain
  langchain-core langchain-google-genai langchain-groq langchain-huggingface langchain-openai langdetect langgraph
  langid librosa lifelines lightning lime linearmodels loguru lxml lyricsgenius mako markdown markdown2
  marshmallow matplotlib mechanize mimesis minio mip mistune mlflow mlxtend mne modin monai mongoengine moviepy
  mtcnn neo4j neptune netcdf4 netmiko networkx nibabel nltk nmslib noisereduce notion-client numba numpy
  oauth2client ollama omegaconf onnx onnxruntime openai openpyxl optax optuna oracledb orjson ortools osmnx
  paddleocr pandas pandas-datareader paramiko passlib pdfplumber peewee pendulum pettingzoo pexpect pika pingouin
  playsound playwright plotly plumbum pmdarima polars pony praw prettytable prometheus-client prophet psutil
  psycopg pulp py2neo pyarrow pyaudio pycaret pycocotools pydantic pydeck pydicom pydub pyfiglet pygal pygame
  pymodbus pymongo pymssql pyodbc pyomo pyowm pypdf pypdf2 pyperclip pyppeteer pyproj pyrogram pytorch-lightning
  pyttsx3 pytube pytubefix pytz pyvis pyxlsb pyzbar qrcode quandl rapidfuzz rasterio ratelimit ray redis regex
  replicate requests requests-html retrying rich rioxarray rq safetensors scapy schedule scikit-posthocs scipy
  segmentation-models-pytorch selenium sentence-transformers sentencepiece sentry-sdk serpapi sh shapely simpleitk
  simplejson skyfield slack-bolt slack-sdk solana sounddevice soundfile spacy splinter spotipy sqlalchemy
  stable-baselines3 starlette statsmodels streamlit-authenticator streamlit-chat streamlit-folium streamlit-lottie
  streamlit-option-menu streamlit-webrtc stripe structlog supabase supervision sympy ta tabulate telethon tenacity
  tensorboard tensorboardx tensorflow-datasets termcolor textblob texttable tiktoken timm tinydb tldextract
  tokenizers toml tomli torch torch-geometric torchmetrics torchvision tornado tpot tqdm transformers tweepy
  twilio typer tzlocal ujson undetected-chromedriver unidecode urllib3 uvicorn vadersentiment vaex vidgear vk-api
  vosk wandb watchdog web3 webdriver-manager websockets wfdb wikipedia wordcloud xarray xlsxwriter xlutils xlwt
  yellowbrick yfinance youtube-transcript-api yt-dlp`.split(/\s+/),
);
