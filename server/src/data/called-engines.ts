import { calledPatterns } from './called-patterns.ts';

/** What a program calls that ends without a package which nothing brings along. */
export interface CalledEngine {
  /** What the file names that calls it. */
  readonly of: string;
  /** Only beside releases of that which are all before this one. */
  readonly before: string | undefined;
  readonly calls: readonly (string | RegExp)[];
  /** Of which one will do; the first is installed where none is there, and what `&` joins with it. */
  readonly any: readonly string[];
}

/**
 * Behind what a file names: its calls, with `"` for any quote, and packages of which one will do. Source: the documentation of each,
 * where it tells of its optional dependencies, as known 2026-11; Kaleido's by the wheels of plotly 7.1.0 and kaleido 1.5.0.
 */
const lines = `
torch: torch.utils.tensorboard → tensorboard
lightning: TensorBoardLogger( → tensorboard tensorboardx
lightning: WandbLogger( → wandb
lightning: MLFlowLogger( → mlflow mlflow-skinny
stable_baselines3: tensorboard_log="  tensorboard_log=f" → tensorboard
stable_baselines3: progress_bar=True → rich
stable_baselines3: make_atari_env( AtariWrapper( AtariPreprocessing( → opencv-python-headless opencv-python opencv-contrib-python
torch.hub: "ultralytics/yolov5" → ultralytics
torch.hub: "ultralytics/yolov5" → pandas
torch.hub: "ultralytics/yolov5" → seaborn
torch.hub: "ultralytics/yolov5" → gitpython
torch.hub: "intel-isl/MiDaS" → timm
torch.hub: "snakers4/silero-vad" → torchaudio
torchvision: CocoDetection( CocoCaptions( → pycocotools
torchvision: read_video( write_video( → av
pandas: .read_html( → lxml html5lib
pandas: .read_xml( .to_xml( → lxml
pandas: .read_hdf( .to_hdf( .HDFStore( → tables
pandas: .read_feather( .to_feather( .read_orc( .to_orc( → pyarrow
pandas: dtype_backend="pyarrow" engine="pyarrow" string[pyarrow] → pyarrow
pandas: .to_markdown( → tabulate
pandas: .read_gbq( .to_gbq( → pandas-gbq
pandas: .read_spss( → pyreadstat
pandas: .to_xarray( → xarray
pandas: .plot.bar( .plot.line( .plot.hist( .plot.scatter( .plot.pie( .plot.barh( .plot.area( .plot.box( .plot.kde( → matplotlib
pandas: .plot(kind= .plot(x= .plot(ax= → matplotlib
pandas: .plot.kde( .plot.density( kind="kde" → scipy
pandas: .style.format( .style.apply( .style.map( .style.applymap( .style.hide( .style.bar( .style.highlight_max( .style.highlight_min( .style.set_properties( .style.set_table_styles( .style.background_gradient( → jinja2
pandas: .style.background_gradient( .background_gradient( → matplotlib
pandas: .corr(method="kendall" → scipy
polars: .read_excel( → fastexcel
polars: .write_excel( → xlsxwriter
polars: .to_pandas( → pandas
polars: .to_pandas( → pyarrow
geopandas: .explore( → folium
geopandas: .explore( → mapclassify
geopandas: .read_parquet( .to_parquet( → pyarrow
sklearn: plot_tree( Display.from_ → matplotlib
sklearn: fetch_openml( as_frame=True transform="pandas" → pandas
xgboost: XGBClassifier( XGBRegressor( XGBRanker( XGBRFClassifier( → scikit-learn
xgboost: plot_importance( plot_tree( → matplotlib
lightgbm: LGBMClassifier( LGBMRegressor( LGBMRanker( → scikit-learn
lightgbm: plot_importance( plot_metric( → matplotlib
shap: summary_plot( force_plot( .plots. waterfall_plot( → matplotlib
statsmodels: qqplot( plot_acf( plot_pacf( .plot_diagnostics( .plot_predict( → matplotlib
librosa: specshow( waveshow( → matplotlib
seaborn: .clustermap( → scipy
seaborn: lowess=True → statsmodels
networkx: nx.draw .draw_networkx → matplotlib
networkx: nx.draw kamada_kawai_layout( spring_layout( pagerank( .to_numpy_array( .adjacency_matrix( .laplacian_matrix( .from_numpy_array( → numpy
networkx: kamada_kawai_layout( pagerank( .adjacency_matrix( .laplacian_matrix( .to_scipy_sparse_array( .spectral_layout( → scipy
networkx: .from_pandas_edgelist( .to_pandas_edgelist( .from_pandas_adjacency( .to_pandas_adjacency( → pandas
networkx: nx_pydot → pydot
networkx: nx_agraph → pygraphviz
plotly.express: plotly.express → pandas
plotly.express: trendline="ols" trendline="lowess" → statsmodels
plotly<6.1.1: .write_image( .to_image( → kaleido<1
plotly: .write_image( pio.to_image( fig.to_image( → kaleido
plotly: .create_distplot( .create_dendrogram( → scipy
optuna: optuna.visualization plot_optimization_history( → plotly
prophet: plot_plotly( plot_components_plotly( → plotly
keras: load_img( flow_from_directory( flow_from_dataframe( .preprocessing.image → pillow
keras: flow_from_directory( rotation_range= shear_range= zoom_range= width_shift_range= → scipy
keras: flow_from_dataframe( → pandas
keras: plot_model( → pydot
from transformers: pipeline(" pipeline(task= AutoModel ForSequenceClassification. ForConditionalGeneration. ForCausalLM. ForTokenClassification. ForQuestionAnswering. ForImageClassification. → torch tensorflow tensorflow-cpu jax flax
transformers: device_map= low_cpu_mem_usage=True → accelerate
transformers: Trainer( TrainingArguments( → accelerate
transformers: load_in_8bit=True load_in_4bit=True BitsAndBytesConfig( → bitsandbytes
transformers: T5Tokenizer. LlamaTokenizer. XLNetTokenizer. AlbertTokenizer. MarianTokenizer. PegasusTokenizer. MBartTokenizer. MBart50Tokenizer. XLMRobertaTokenizer. CamembertTokenizer. DebertaV2Tokenizer. M2M100Tokenizer. SpeechT5Processor. → sentencepiece
transformers: "translation" "translation_ → sentencepiece
transformers: ImageProcessor. CLIPProcessor. BlipProcessor. FeatureExtractor. "image-classification" "image-to-text" "object-detection" "zero-shot-image-classification" "image-segmentation" → pillow
transformers: DetrImageProcessor. DetrForObjectDetection. "facebook/detr- → timm
transformers: report_to="wandb" report_to=["wandb" → wandb
transformers: report_to="tensorboard" report_to=["tensorboard" → tensorboard tensorboardx
evaluate: load("rouge" → rouge-score
evaluate: load("accuracy" load("f1" load("precision" load("recall" → scikit-learn
evaluate: load("seqeval" → seqeval
evaluate: load("sacrebleu" → sacrebleu
evaluate: load("wer" load("cer" → jiwer
evaluate: load("bertscore" → bert-score
evaluate: load("meteor" → nltk
ultralytics: .track( → lap
gym: "LunarLander "BipedalWalker "CarRacing → box2d box2d-py
gymnasium: "ALE/ NoFrameskip-v4 → ale-py
gymnasium: "HalfCheetah- "Hopper- "Ant- "Humanoid- "Walker2d- "Swimmer- "InvertedPendulum- "Reacher- "Pusher- → mujoco
imageio: .mp4" .avi" .mov" fps= → imageio-ffmpeg av
requests_html: requests_html → lxml-html-clean
requests: "socks5:// "socks5h:// "socks4:// → pysocks
httpx: http2=True → h2
httpx: "socks5:// → socksio
templating: Jinja2Templates( → jinja2
fastapi: OAuth2PasswordRequestForm → python-multipart multipart
fastapi: ORJSONResponse → orjson
fastapi: UJSONResponse → ujson
fastapi: request.form() → python-multipart multipart
fastapi: .websocket( → websockets wsproto
starlette: SessionMiddleware → itsdangerous
starlette: request.form() .form() → python-multipart multipart
pydantic: EmailStr NameEmail → email-validator
pydantic_extra_types: phone_numbers → phonenumbers
pydantic_settings: YamlConfigSettingsSource → pyyaml
authlib.integrations.starlette_client: authlib → httpx
authlib.integrations.flask_client: authlib → requests
flask_socketio: async_mode="eventlet" → eventlet
flask_socketio: async_mode="gevent" → gevent
flask_caching: "RedisCache" "redis" → redis
flask_session: "redis" → redis
flask_limiter: "redis:// → redis
wtforms: Email() Email(message= → email-validator
celery: "redis:// "rediss:// → redis
sqlalchemy: "postgresql:// "postgres:// → psycopg2-binary&sqlalchemy<2.1 psycopg2 psycopg psycopg-binary asyncpg pg8000
celery: "db+ → sqlalchemy
apscheduler: SQLAlchemyJobStore → sqlalchemy
apscheduler: RedisJobStore → redis
apscheduler: MongoDBJobStore → pymongo
passlib: "bcrypt" → bcrypt<5
passlib: "argon2" → argon2-cffi
jwt: "RS256" "ES256" "RS512" "PS256" → cryptography
sqlalchemy: create_async_engine( → greenlet
from databases: "postgresql:// "postgres:// → asyncpg aiopg
from databases: "sqlite:// → aiosqlite
from databases: "mysql:// → aiomysql asyncmy
tortoise: "postgres:// "asyncpg:// → asyncpg psycopg
tortoise: "mysql:// → asyncmy aiomysql
peewee: PostgresqlDatabase( → psycopg2-binary psycopg2 psycopg
peewee: MySQLDatabase( → pymysql mysqlclient
django: models.ImageField( → pillow
django: postgresql_psycopg2" backends.postgresql" → psycopg2-binary psycopg2 psycopg psycopg-binary
telegram.ext: job_queue.run_ JobQueue( → apscheduler<4
telegram.ext: AIORateLimiter( → aiolimiter
discord: FFmpegPCMAudio( FFmpegOpusAudio( voice_client → pynacl
disnake: FFmpegPCMAudio( voice_client → pynacl
nextcord: FFmpegPCMAudio( voice_client → pynacl
langchain: PyPDFLoader( PyPDFDirectoryLoader( → pypdf
langchain: PyMuPDFLoader( → pymupdf
langchain: PDFPlumberLoader( → pdfplumber
langchain: PDFMinerLoader( → pdfminer-six
langchain: Docx2txtLoader( → docx2txt
langchain: WebBaseLoader( BSHTMLLoader( RecursiveUrlLoader( SitemapLoader( → beautifulsoup4
langchain: UnstructuredMarkdownLoader( → unstructured[md]
langchain: UnstructuredWordDocumentLoader( → unstructured[docx]
langchain: UnstructuredPowerPointLoader( → unstructured[pptx]
langchain: UnstructuredExcelLoader( → unstructured[xlsx]
langchain: UnstructuredPDFLoader( → unstructured[pdf]
langchain: UnstructuredURLLoader( UnstructuredFileLoader( UnstructuredHTMLLoader( → unstructured
langchain: YoutubeLoader( YoutubeLoader.from → youtube-transcript-api
langchain: WikipediaAPIWrapper( WikipediaLoader( WikipediaRetriever( → wikipedia
langchain: ArxivAPIWrapper( ArxivQueryRun( ArxivLoader( ArxivRetriever( → arxiv
langchain: ArxivLoader( → pymupdf
langchain: DuckDuckGoSearchRun( DuckDuckGoSearchResults( DuckDuckGoSearchAPIWrapper( → ddgs duckduckgo-search
langchain: FAISS.from_ FAISS.load_local( FAISS( → faiss-cpu faiss-gpu faiss-gpu-cu12
langchain_community: Chroma.from_ Chroma( → chromadb
langchain_community: HuggingFaceEmbeddings( HuggingFaceBgeEmbeddings( HuggingFaceInstructEmbeddings( SentenceTransformerEmbeddings( → sentence-transformers
langchain_huggingface: HuggingFaceEmbeddings( → sentence-transformers
langchain: BM25Retriever → rank-bm25
langchain: SerpAPIWrapper( → google-search-results
langchain_experimental: create_pandas_dataframe_agent( → tabulate
langchain_community: GitLoader( → gitpython
langchain: LlamaCpp( → llama-cpp-python
streamlit: type="sql" → sqlalchemy
streamlit: st.login( → authlib
duckdb: .df() .fetchdf() → pandas
speech_recognition: recognize_sphinx( → pocketsphinx
speech_recognition: recognize_whisper( → openai-whisper
`;

export const calledEngines: readonly CalledEngine[] = [
  ...calledPatterns.map(([of, call, any]) => ({ of, before: undefined, calls: [call], any: any.split(' ') })),
  ...lines
    .trim()
    .split('\n')
    .map((line) => {
      const [key = '', rest = ''] = line.split(': ', 2);
      const [of = '', before] = key.split('<', 2);
      const [calls = '', any = ''] = rest.split(' → ', 2);
      return { of, before, calls: calls.trim().split(/\s+/), any: any.split(' ') };
    }),
];
