// Read on 2026-11-29.

/** What a package took out: the last release that is known to have it, and the end of the quarter in which that was the newest. */
export interface Removal {
  readonly name: string;
  readonly last: string;
  /** Undefined where programs of any later time have it from habit, so that it tells no time. */
  readonly until: string | undefined;
  /**
   * Names by their modules, and calls behind a module: `dash:.run_server(`, one with an argument of a name, as `gradio:launch(share=`,
   * or with a certain one, as `transformers:pipeline("ner"`, or with a text first, as `fastapi:TemplateResponse("`;
   * decorators of whatever stands before, as `mcp:@.list_tools(`.
   */
  readonly uses: readonly string[];
}

const row = (line: string): Removal => {
  const [name = '', last = '', until = '', ...uses] = line.split(' ');
  return {
    name,
    last,
    until: until === '-' ? undefined : until,
    uses: uses.map((one) => one.replaceAll('~', ' ')),
  };
};

/** With the modules of `tensorflow.keras` as well. */
const ofKeras = (names: string) =>
  names
    .split(' ')
    .flatMap((name) => [`keras.${name}`, `tensorflow.keras.${name}`, `tensorflow.python.keras.${name}`])
    .join(' ');
const before213 = ofKeras(
  'layers.core layers.convolutional layers.recurrent layers.embeddings layers.merge layers.advanced_activations layers.wrappers layers.noise engine layers.normalization.batch_normalization',
);
const before3 = ofKeras(
  'utils.np_utils utils.generic_utils preprocessing.text wrappers.scikit_learn backend.tensorflow_backend',
);

/**
 * Names that newest releases of much used packages have no more, so that a program which uses them is older, or breaks. Source: the
 * wheels on PyPI that were the newest at the end of each quarter (those of OpenCV 4.14, 5.0 and 5.1 imported on 2026-11-29), read for each name on the day above; MoviePy has none so old,
 * and arguments of calls are as known of the release notes. A later release may have a name still.
 */
export const removals: readonly Removal[] = `
openai 0.28.1 2023-09-30 openai.ChatCompletion openai.Completion openai.Embedding openai.Image.create openai.Image.create_edit openai.Audio openai.Moderation openai.Edit openai.FineTune openai.error openai.embeddings_utils openai.api_resources
langchain 0.1.13 2024-03-31 langchain.llms langchain.vectorstores langchain.document_loaders langchain.utilities langchain.chat_models.ChatOpenAI langchain.chat_models.AzureChatOpenAI langchain.chat_models.ChatAnthropic langchain.chat_models.ChatOllama langchain.chat_models.openai langchain.embeddings.OpenAIEmbeddings langchain.embeddings.HuggingFaceEmbeddings langchain.embeddings.HuggingFaceInstructEmbeddings langchain.embeddings.SentenceTransformerEmbeddings langchain.embeddings.HuggingFaceBgeEmbeddings langchain.embeddings.LlamaCppEmbeddings langchain.embeddings.OllamaEmbeddings langchain.embeddings.openai langchain.embeddings.huggingface langchain.embeddings.sentence_transformer langchain.OpenAI langchain.LLMChain langchain.PromptTemplate langchain.ConversationChain langchain.SQLDatabase langchain.HuggingFaceHub langchain.FAISS langchain.VectorDBQA
langchain 0.3.27 2025-09-30 langchain.chains langchain.memory langchain.prompts langchain.schema langchain.text_splitter langchain.callbacks langchain.retrievers langchain.output_parsers langchain.docstore langchain.indexes langchain.agents.initialize_agent langchain.agents.AgentExecutor langchain.agents.AgentType langchain.agents.Tool langchain.agents.load_tools langchain.agents.create_react_agent langchain.agents.create_tool_calling_agent langchain.agents.create_openai_tools_agent langchain.agents.create_openai_functions_agent langchain.hub langchain.pydantic_v1 langchain.globals langchain.cache langchain.evaluation langchain.storage langchain.tools.Tool langchain.tools.render langchain.docstore.document
langchain-core 0.3.76 2025-09-30 langchain_core.pydantic_v1
llama-index 0.9.24 2023-12-31 llama_index.VectorStoreIndex llama_index.SimpleDirectoryReader llama_index.ServiceContext llama_index.GPTVectorStoreIndex llama_index.LLMPredictor llama_index.StorageContext llama_index.load_index_from_storage llama_index.PromptHelper llama_index.Document llama_index.set_global_service_context
gradio 3.45.2 2023-09-30 gradio.inputs gradio.outputs gradio.Box gradio.Variable gradio.StatusTracker gradio.mix gradio.Series gradio.Parallel gradio.Carousel gradio.Interface.load gradio:.style( gradio:queue(concurrency_count= gradio:launch(enable_queue= gradio:launch(show_tips= gradio:Interface(enable_queue= gradio:Interface(layout= gradio:Interface(interpretation= gradio:Interface(capture_session= gradio:Image(source= gradio:Image(shape= gradio:Image(tool= gradio:Image(invert_colors= gradio:Audio(source= gradio:Video(source= gradio:click(_js= gradio:change(_js= gradio:load(_js= gradio:submit(_js= gradio.Textbox.update gradio.Dropdown.update gradio.Button.update gradio.Markdown.update gradio.Image.update gradio.Slider.update gradio.Radio.update gradio.Checkbox.update gradio.Column.update gradio.Row.update gradio.Chatbot.update gradio.Audio.update gradio.HTML.update gradio.Group.update gradio.Accordion.update gradio.Video.update gradio.File.update
gradio 4.44.1 2024-09-30 gradio.make_waveform gradio:ChatInterface(retry_btn= gradio:ChatInterface(undo_btn= gradio:ChatInterface(clear_btn= gradio.LogoutButton
gradio 5.47.2 2025-09-30 gradio:Interface(allow_flagging= gradio:Chatbot(type= gradio:Chatbot(bubble_full_width= gradio:Chatbot(show_copy_button= gradio:Chatbot(likeable= gradio:ChatInterface(type= gradio:ChatInterface(theme= gradio:ChatInterface(css= gradio:TabbedInterface(theme= gradio:TabbedInterface(css= gradio:Textbox(show_copy_button= gradio:Image(show_download_button= gradio:Image(show_share_button= gradio:Audio(show_download_button= gradio:launch(show_api= gradio:click(show_api= gradio:submit(show_api=
numpy 1.23.5 2022-09-30 numpy.float numpy.int numpy.object numpy.str numpy.complex
numpy 1.26.4 2024-03-31 numpy.NaN numpy.Inf numpy.Infinity numpy.float_ numpy.complex_ numpy.product numpy.cumproduct numpy.string_ numpy.unicode_ numpy.asfarray numpy.alltrue numpy.sometrue numpy.cast numpy.PINF numpy.NINF numpy.round_ numpy.msort numpy.find_common_type numpy.bool8 numpy.int0 numpy.obj2sctype numpy.sctypes numpy.mat
numpy 2.3.5 2025-12-31 numpy.trapz numpy.in1d
pandas 0.25.3 2019-12-31 pandas:.ix[ pandas.Panel pandas:.as_matrix( pandas:.get_value( pandas:.set_value( pandas:read_excel(sheetname=
pandas 1.5.3 2023-03-31 pandas:.iteritems( pandas.Int64Index pandas.Float64Index pandas.datetime pandas.np pandas.io.json.json_normalize pandas:read_csv(error_bad_lines= pandas:read_csv(warn_bad_lines= pandas:read_csv(squeeze= pandas:read_csv(mangle_dupe_cols= pandas:to_excel(encoding= pandas:.append(ignore_index= pandas:.mad(
pandas 2.3.3 2025-12-31 pandas:.applymap( pandas:.fillna(method= pandas:read_csv(date_parser= pandas:read_csv(infer_datetime_format= pandas:.resample("M" pandas:.resample("H" pandas:.resample("T" pandas:.resample("Y" pandas:.resample("Q" pandas:date_range(freq="M" pandas:date_range(freq="H" pandas:date_range(freq="T" pandas:Grouper(freq="M" pandas:Grouper(freq="H" pandas:.groupby(axis=
flask 2.2.3 2023-03-31 flask.json.JSONEncoder flask.json.JSONDecoder flask:.before_first_request flask:.json_encoder
flask 2.3.2 2023-06-30 flask.Markup flask.escape flask._request_ctx_stack flask._app_ctx_stack flask.globals._app_ctx_stack flask.globals._request_ctx_stack flask.helpers.locked_cached_property flask.scaffold flask.signals.signals_available
flask 2.1.2 2022-06-30 flask:send_file(attachment_filename= flask:send_file(cache_timeout=
werkzeug 0.16.0 2019-12-31 werkzeug.contrib werkzeug.secure_filename werkzeug.generate_password_hash werkzeug.check_password_hash werkzeug.FileStorage werkzeug.cached_property werkzeug.SharedDataMiddleware
werkzeug 2.0.2 2021-12-31 werkzeug.security.safe_str_cmp
werkzeug 2.3.6 2023-06-30 werkzeug.urls.url_quote werkzeug.urls.url_parse werkzeug.urls.url_encode werkzeug.urls.url_decode werkzeug.urls.url_unquote werkzeug.urls.url_join werkzeug.urls.url_fix werkzeug.urls.url_quote_plus werkzeug.urls.url_unquote_plus werkzeug:generate_password_hash(method="sha256" werkzeug:generate_password_hash("sha256"
jinja2 3.0.3 2021-12-31 jinja2.Markup jinja2.escape jinja2.contextfilter jinja2.contextfunction jinja2.evalcontextfilter jinja2.environmentfilter
itsdangerous 2.0.1 2021-12-31 itsdangerous.TimedJSONWebSignatureSerializer itsdangerous.JSONWebSignatureSerializer
flask-sqlalchemy 2.5.1 2022-09-30 flask_sqlalchemy.BaseQuery flask_sqlalchemy.Pagination flask_sqlalchemy.get_debug_queries
sqlalchemy 1.4.41 2022-09-30 sqlalchemy:engine.execute( sqlalchemy:MetaData(bind= sqlalchemy:Table(autoload= sqlalchemy:create_engine(convert_unicode= sqlalchemy.orm.relation sqlalchemy:engine.table_names(
scikit-learn 0.22 2020-03-31 sklearn.externals.joblib sklearn.externals.six sklearn.cross_validation sklearn.grid_search sklearn.utils.linear_assignment_ sklearn.preprocessing.Imputer sklearn.utils.testing sklearn.ensemble.forest
scikit-learn 1.1.2 2022-09-30 sklearn.datasets.load_boston sklearn.metrics.plot_confusion_matrix sklearn.metrics.plot_roc_curve sklearn.metrics.plot_precision_recall_curve sklearn:.get_feature_names( sklearn:LinearRegression(normalize= sklearn:Ridge(normalize= sklearn:Lasso(normalize=
scikit-learn 1.3.2 2023-12-31 sklearn:OneHotEncoder(sparse= sklearn:AdaBoostClassifier(base_estimator= sklearn:BaggingClassifier(base_estimator= sklearn:AdaBoostRegressor(base_estimator= sklearn:BaggingRegressor(base_estimator= sklearn:AgglomerativeClustering(affinity=
scikit-learn 1.5.2 2024-09-30 sklearn:mean_squared_error(squared=
scikit-learn 1.6.1 2025-03-31 sklearn:TSNE(n_iter=
scikit-learn 1.7.2 2025-09-30 sklearn:LogisticRegression(multi_class= sklearn:AdaBoostClassifier(algorithm=
scipy 1.2.1 2019-12-31 scipy.misc.imread scipy.misc.imresize scipy.misc.imsave scipy.misc.toimage scipy.misc.comb scipy.misc.logsumexp
scipy 1.11.4 2023-12-31 scipy.stats.binom_test
scipy 1.12.0 2024-03-31 scipy.misc.derivative scipy.misc.face scipy.misc.ascent scipy.signal.gaussian scipy.signal.hann scipy.signal.hamming scipy.signal.blackman scipy.integrate.simps scipy.integrate.trapz scipy.integrate.cumtrapz scipy.interpolate.interp2d
matplotlib 3.5.2 2022-06-30 matplotlib:.gca(projection= matplotlib:.set_window_title(
matplotlib 3.7.1 2023-06-30 matplotlib:style.use("seaborn" matplotlib:style.use("seaborn-whitegrid" matplotlib:style.use("seaborn-darkgrid" matplotlib:style.use("seaborn-dark" matplotlib:style.use("seaborn-white" matplotlib:style.use("seaborn-poster" matplotlib:style.use("seaborn-talk"
matplotlib 3.8.3 2024-03-31 matplotlib.cm.get_cmap matplotlib.cm.register_cmap matplotlib.pyplot.cm.get_cmap
networkx 2.8.8 2022-12-31 networkx.from_numpy_matrix networkx.to_numpy_matrix networkx.info networkx.write_gpickle networkx.read_gpickle
nltk 3.8.1 - nltk:download("punkt" nltk:download("averaged_perceptron_tagger" nltk:data.find("tokenizers/punkt"
gensim 3.8.3 2020-12-31 gensim.summarization gensim:Word2Vec(size= gensim:Word2Vec(iter= gensim:Doc2Vec(size= gensim:FastText(size= gensim:.wv.vocab
librosa 0.7.2 2020-06-30 librosa.output
librosa 0.8.1 2021-12-31 librosa.display.waveplot librosa:melspectrogram(y librosa:mfcc(y librosa:mfcc(audio librosa:mfcc(X librosa:mfcc(signal librosa:chroma_stft(y
transformers 4.39.2 2024-03-31 transformers.Conversation transformers:pipeline("conversational"
transformers 4.45.1 2024-09-30 transformers:Trainer(tokenizer=
transformers 4.47.1 2024-12-31 transformers.AdamW
transformers 4.50.3 2025-03-31 transformers:TrainingArguments(evaluation_strategy=
transformers 4.57.3 2025-12-31 transformers:.encode_plus( transformers:.batch_encode_plus( transformers:pipeline("summarization" transformers:pipeline("text2text-generation" transformers:pipeline("translation" transformers:pipeline("translation_en_to_fr" transformers:pipeline("translation_en_to_de" transformers:pipeline("image-to-text" transformers:pipeline("visual-question-answering" transformers:pipeline("question-answering" transformers:from_pretrained(use_auth_token= transformers:from_pretrained(load_in_8bit= transformers:from_pretrained(load_in_4bit= transformers:TrainingArguments(no_cuda= transformers.TFAutoModel transformers.TFBertModel transformers.TFAutoModelForSequenceClassification transformers.TFBertForSequenceClassification transformers.TFAutoModelForSeq2SeqLM transformers.TFGPT2LMHeadModel transformers.TFDistilBertForSequenceClassification transformers.TFRobertaForSequenceClassification transformers.TFRobertaModel transformers.TFT5ForConditionalGeneration transformers.TFAutoModelForQuestionAnswering transformers.TFViTModel
torch 1.13.1 2022-12-31 torch._six
torchvision 0.14.1 2022-12-31 torchvision.models.resnet.model_urls torchvision.models.vgg.model_urls torchvision.models.densenet.model_urls torchvision.models.utils
torchvision 0.16.2 2023-12-31 torchvision.transforms.functional_tensor
torchaudio 2.8.0 2025-09-30 torchaudio.info torchaudio.load torchaudio.save torchaudio.set_audio_backend torchaudio.get_audio_backend torchaudio.list_audio_backends torchaudio.backend torchaudio.sox_effects torchaudio.io torchaudio.kaldi_io
httpx 0.27.2 2024-09-30 httpx:Client(proxies= httpx:AsyncClient(proxies= httpx:AsyncClient(app=
pydantic 1.10.7 2023-03-31 pydantic.BaseSettings pydantic.fields.ModelField pydantic:Field(regex= pydantic:constr(regex= pydantic:Field(const=
huggingface-hub 0.25.1 2024-09-30 huggingface_hub.cached_download
huggingface-hub 0.35.3 2025-09-30 huggingface_hub.HfFolder huggingface_hub.Repository huggingface_hub.InferenceApi huggingface_hub.inference_api
pytorch-lightning 1.8.6 2022-12-31 pytorch_lightning.utilities.cli pytorch_lightning.utilities.distributed pytorch_lightning.callbacks.base pytorch_lightning.Trainer.from_argparse_args pytorch_lightning.Trainer.add_argparse_args pytorch_lightning.metrics pytorch_lightning.loggers.TestTubeLogger pytorch_lightning:Trainer(gpus= pytorch_lightning:Trainer(auto_lr_find= pytorch_lightning:Trainer(resume_from_checkpoint= pytorch_lightning:Trainer(progress_bar_refresh_rate= pytorch_lightning:Trainer(checkpoint_callback= pytorch_lightning:~validation_epoch_end( pytorch_lightning:~training_epoch_end( pytorch_lightning:~test_epoch_end(
tensorflow 2.12.0 2023-03-31 ${before213} tensorflow.keras.wrappers.scikit_learn
tensorflow 2.14.0 2023-09-30 ${before3}
keras 2.12.0 2023-03-31 ${before213}
keras 2.14.0 2023-09-30 ${before3}
moviepy 1.0.3 2024-09-30 moviepy.editor
pillow 9.5.0 2023-06-30 PIL.Image.ANTIALIAS PIL.Image.LINEAR PIL.Image.CUBIC PIL:.textsize( PIL:.getsize(text
mediapipe 0.10.21 2025-09-30 mediapipe.solutions mediapipe.python.solutions
python-telegram-bot 13.15 2022-12-31 telegram.ext.Filters telegram.ParseMode telegram.ChatAction telegram.ext.RegexHandler telegram:Updater(use_context= telegram.ext.Dispatcher telegram.ext.dispatcher telegram.ext.DispatcherHandlerStop telegram.ext.DelayQueue telegram.ext.messagequeue telegram.ext.run_async telegram.ext.updater telegram.ext.callbackcontext telegram.replymarkup telegram.utils.helpers telegram.utils.request
aiogram 2.25.1 2023-06-30 aiogram.utils.executor aiogram.executor aiogram.dispatcher.filters aiogram.contrib aiogram.types.ParseMode aiogram.types.ContentTypes
tweepy 3.10.0 2021-06-30 tweepy.StreamListener tweepy.TweepError tweepy.streaming.StreamListener
django 2.2.28 2019-12-31 django.utils.six django.utils.encoding.python_2_unicode_compatible django.contrib.staticfiles.templatetags django.core.urlresolvers django.utils.lru_cache
django 3.2.7 2021-09-30 django.conf.urls.url django.utils.translation.ugettext django.utils.translation.ugettext_lazy django.utils.encoding.force_text django.utils.encoding.smart_text django.utils.http.is_safe_url django.utils.http.urlquote django.db.models.NullBooleanField django:.is_ajax( django.contrib.postgres.fields.JSONField
django 4.0.5 2022-06-30 django.utils.timezone.utc
django 5.0.6 2024-06-30 django.utils.timezone.pytz
dash 2.18.2 2024-12-31 dash:.run_server(
plotly 5.24.1 2024-12-31 plotly:titlefont plotly:titleside
plotly 6.8.0 2026-06-30 plotly.express.scatter_mapbox plotly.express.line_mapbox plotly.express.density_mapbox plotly.express.choropleth_mapbox plotly.graph_objects.Scattermapbox plotly.graph_objects.Densitymapbox plotly.graph_objects.Choroplethmapbox plotly.graph_objs.Scattermapbox plotly.graph_objs.Densitymapbox plotly.graph_objs.Choroplethmapbox plotly.figure_factory.create_hexbin_mapbox plotly.figure_factory.create_distplot plotly.figure_factory.create_facet_grid plotly.io.orca plotly:update_layout(mapbox_style= plotly:update_layout(mapbox=
streamlit 0.89.0 2021-09-30 streamlit.report_thread streamlit.ReportThread streamlit.server.server.Server streamlit.caching.clear_cache streamlit.hashing
streamlit 1.10.0 2022-06-30 streamlit.caching
streamlit 1.20.0 2023-03-31 streamlit.beta_columns streamlit.beta_expander streamlit.beta_container streamlit.beta_set_page_config
streamlit 1.36.0 2024-06-30 streamlit.experimental_rerun streamlit.experimental_memo streamlit.experimental_singleton streamlit.experimental_data_editor
streamlit 1.52.2 2025-12-31 streamlit.experimental_get_query_params streamlit.experimental_set_query_params streamlit.experimental_user streamlit.experimental_connection streamlit.experimental_dialog streamlit.experimental_fragment
streamlit 1.56.0 2026-03-31 streamlit:.add_rows(
streamlit 1.58.0 2026-06-30 streamlit.cache streamlit.bokeh_chart
starlette 0.50.0 2025-12-31 fastapi:TemplateResponse(" starlette:TemplateResponse(" starlette:Starlette(on_startup= starlette:Starlette(on_shutdown= fastapi:.add_event_handler( starlette:.add_event_handler( fastapi:@app.route( starlette:@app.route(
opencv-python 4.14.0.94 - cv2.CascadeClassifier cv2.HOGDescriptor cv2.ml cv2.KAZE_create cv2.AKAZE_create cv2.BRISK_create cv2.AgastFeatureDetector_create cv2.groupRectangles cv2.linearPolar cv2.logPolar cv2.TrackerGOTURN_create cv2.gapi cv2.BOWKMeansTrainer cv2.BOWImgDescriptorExtractor cv2.data.haarcascades cv2.dnn.readNetFromCaffe cv2.dnn.readNetFromDarknet cv2.dnn.readNetFromTorch
opencv-python-headless 4.14.0.94 - cv2.CascadeClassifier cv2.HOGDescriptor cv2.ml cv2.KAZE_create cv2.AKAZE_create cv2.BRISK_create cv2.AgastFeatureDetector_create cv2.groupRectangles cv2.linearPolar cv2.logPolar cv2.TrackerGOTURN_create cv2.gapi cv2.BOWKMeansTrainer cv2.BOWImgDescriptorExtractor cv2.data.haarcascades cv2.dnn.readNetFromCaffe cv2.dnn.readNetFromDarknet cv2.dnn.readNetFromTorch
opencv-contrib-python 4.14.0.94 - cv2.KAZE_create cv2.AKAZE_create cv2.BRISK_create cv2.AgastFeatureDetector_create cv2.linearPolar cv2.logPolar cv2.TrackerGOTURN_create cv2.BOWKMeansTrainer cv2.BOWImgDescriptorExtractor cv2.dnn.readNetFromCaffe cv2.dnn.readNetFromDarknet cv2.dnn.readNetFromTorch
opencv-contrib-python-headless 4.14.0.94 - cv2.KAZE_create cv2.AKAZE_create cv2.BRISK_create cv2.AgastFeatureDetector_create cv2.linearPolar cv2.logPolar cv2.TrackerGOTURN_create cv2.BOWKMeansTrainer cv2.BOWImgDescriptorExtractor cv2.dnn.readNetFromCaffe cv2.dnn.readNetFromDarknet cv2.dnn.readNetFromTorch
web3 5.31.3 2022-12-31 web3.Web3.toWei web3.Web3.fromWei web3.Web3.toChecksumAddress web3.Web3.isAddress web3.Web3.toHex web3:.toWei( web3:.fromWei(
web3 6.20.0 2024-06-30 web3.middleware.geth_poa_middleware
bokeh 2.4.3 2022-09-30 bokeh:figure(plot_width= bokeh:figure(plot_height=
smolagents 1.12.0 2025-03-31 smolagents.HfApiModel
agno 1.7.0 2025-06-30 agno.playground agno.storage
pyautogen 0.9 2025-06-30 autogen
seaborn 0.11.2 2022-06-30 seaborn.factorplot
datasets 2.20.0 2024-06-30 datasets.load_metric
datasets 3.6.0 2025-06-30 datasets:load_dataset(trust_remote_code=
lightgbm 3.3.5 2023-06-30 lightgbm:.fit(early_stopping_rounds= lightgbm:train(early_stopping_rounds= lightgbm:train(verbose_eval=
xgboost 2.0.3 2024-03-31 xgboost:.fit(early_stopping_rounds= xgboost:.fit(eval_metric=
selenium 4.1.3 2022-03-31 selenium:.find_element_by_ selenium:.find_elements_by_
selenium 4.8.3 2023-03-31 selenium:Chrome(executable_path= selenium:Firefox(executable_path=
chainlit 0.5.0 2023-06-30 chainlit.langchain_factory chainlit.langchain_run chainlit.langchain_postprocess
flet 0.25.2 2024-12-31 flet.UserControl
qdrant-client 1.15.1 2025-09-30 qdrant_client:client.search(
supervision 0.14.0 2023-09-30 supervision.Detections.from_yolov8
pypdf2 2.12.1 2022-12-31 PyPDF2.PdfFileReader PyPDF2.PdfFileWriter PyPDF2.PdfFileMerger PyPDF2:.extractText(
wtforms 2.3.3 2021-09-30 wtforms.fields.html5
mcp 1.28.1 2026-06-30 mcp.server.fastmcp mcp:@.list_tools( mcp:@.call_tool( mcp:@.list_resources( mcp:@.list_resource_templates( mcp:@.read_resource( mcp:@.list_prompts( mcp:@.get_prompt( mcp:@.set_logging_level( mcp:@.subscribe_resource( mcp:@.unsubscribe_resource( mcp:@.progress_notification( mcp:@.completion( mcp.McpError mcp.shared.exceptions.McpError mcp.client.streamable_http.streamablehttp_client mcp.client.websocket mcp.server.websocket mcp.shared.session mcp.shared.context mcp.shared.progress mcp.shared.memory.create_connected_server_and_client_session
elevenlabs 0.2.27 2023-12-31 elevenlabs.generate elevenlabs.set_api_key
pinecone-client 2.2.4 2023-12-31 pinecone.init pinecone.list_indexes pinecone.create_index
mistralai 0.4.2 2024-06-30 mistralai.client.MistralClient mistralai.models.chat_completion
celery 4.4.6 2020-06-30 celery.task celery.decorators
diffusers 0.17.1 2023-06-30 diffusers.utils.randn_tensor
peft 0.7.1 2023-12-31 peft.prepare_model_for_int8_training
pymongo 3.12.0 2021-09-30 pymongo:collection.insert( pymongo:collection.count( pymongo:.ensure_index(
chromadb 0.3.26 2023-06-30 chromadb:Settings(chroma_db_impl= chromadb:.persist(
google-generativeai 0.7.1 2024-06-30 google.generativeai.generate_text google.generativeai.chat
`
  .trim()
  .split('\n')
  .map(row);

/** Packages that come along with others, whose names are so of the time of those. Source: their metadata on PyPI, on the day above. */
export const comesWith: Readonly<Record<string, readonly string[]>> = {
  starlette: ['fastapi'],
  mcp: ['fastmcp', 'mcp-python'],
  pydantic: ['fastapi'],
  werkzeug: ['flask'],
  jinja2: ['flask'],
  itsdangerous: ['flask'],
  keras: ['tensorflow'],
  'langchain-core': ['langchain'],
  'huggingface-hub': ['transformers', 'diffusers', 'gradio', 'datasets'],
  pillow: ['streamlit', 'gradio', 'torchvision', 'matplotlib'],
  pandas: ['streamlit', 'gradio', 'seaborn', 'datasets'],
  numpy: [
    'streamlit',
    'gradio',
    'pandas',
    'scikit-learn',
    'scipy',
    'matplotlib',
    'opencv-python',
    'opencv-python-headless',
    'tensorflow',
    'torchvision',
    'seaborn',
    'xgboost',
  ],
  scipy: ['scikit-learn', 'librosa', 'statsmodels'],
  'scikit-learn': ['imbalanced-learn', 'librosa', 'sentence-transformers'],
  matplotlib: ['seaborn', 'wordcloud'],
  transformers: ['sentence-transformers'],
  sqlalchemy: ['flask-sqlalchemy'],
  wtforms: ['flask-wtf'],
};
