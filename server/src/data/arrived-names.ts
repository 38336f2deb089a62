// Read on 2026-11-29.

/** What a package came to have: the first release with it, and the end of the quarter in which that came. */
export interface Arrival {
  readonly name: string;
  readonly first: string;
  readonly quarter: string;
  /** Names by their modules. */
  readonly uses: readonly string[];
}

/**
 * Names that much used packages came to have, so that a program which uses one is no older, and breaks with an older release. Source: the
 * wheels on PyPI of the release named and of the one before, read for each name on the day above; those of torch, torchvision, seaborn,
 * Dash, MoviePy and LangChain as known of their release notes.
 */
export const arrivals: readonly Arrival[] = `
streamlit 1.18.0 2023-03-31 streamlit.cache_data streamlit.cache_resource
streamlit 1.23.0 2023-06-30 streamlit.data_editor streamlit.column_config
streamlit 1.24.0 2023-06-30 streamlit.chat_input streamlit.chat_message
streamlit 1.26.0 2023-09-30 streamlit.toggle streamlit.status
streamlit 1.27.0 2023-09-30 streamlit.rerun streamlit.link_button
streamlit 1.30.0 2024-03-31 streamlit.query_params
streamlit 1.31.0 2024-03-31 streamlit.write_stream streamlit.page_link
streamlit 1.32.0 2024-03-31 streamlit.popover
streamlit 1.33.0 2024-06-30 streamlit.html
streamlit 1.36.0 2024-06-30 streamlit.navigation streamlit.Page
streamlit 1.37.0 2024-09-30 streamlit.fragment streamlit.dialog streamlit.feedback streamlit.context
streamlit 1.40.0 2024-12-31 streamlit.pills streamlit.segmented_control
openai 1.0.0 2023-12-31 openai.OpenAI openai.AsyncOpenAI openai.AzureOpenAI
pydantic 2.0 2023-06-30 pydantic.field_validator pydantic.model_validator pydantic.TypeAdapter pydantic.field_serializer pydantic.computed_field
python-telegram-bot 20.0 2023-03-31 telegram.ext.Application telegram.ext.ApplicationBuilder
sqlalchemy 2.0.0 2023-03-31 sqlalchemy.orm.DeclarativeBase sqlalchemy.orm.mapped_column
discord-py 2.0.0 2022-09-30 discord.app_commands discord.ui
aiogram 3.0.0 2023-09-30 aiogram.Router aiogram.filters.Command aiogram.filters.CommandStart aiogram.fsm aiogram.enums
torch 2.0.0 2023-03-31 torch.compile
torchvision 0.13.0 2022-06-30 torchvision.models.ResNet18_Weights torchvision.models.ResNet34_Weights torchvision.models.ResNet50_Weights torchvision.models.ResNet101_Weights torchvision.models.VGG16_Weights torchvision.models.VGG19_Weights torchvision.models.MobileNet_V2_Weights torchvision.models.MobileNet_V3_Large_Weights torchvision.models.EfficientNet_B0_Weights
torchvision 0.15.1 2023-03-31 torchvision.transforms.v2
gradio 3.37.0 2023-09-30 gradio.ChatInterface
dash 2.0.0 2021-09-30 dash.html dash.dcc dash.Input dash.Output
langchain 1.0.0 2025-12-31 langchain.agents.create_agent
moviepy 2.0.0 2024-12-31 moviepy.VideoFileClip moviepy.AudioFileClip moviepy.ImageClip
chromadb 0.4.0 2023-09-30 chromadb.PersistentClient
seaborn 0.11.0 2020-09-30 seaborn.histplot seaborn.displot
diffusers 0.14.0 2023-03-31 diffusers.ControlNetModel
diffusers 0.18.0 2023-09-30 diffusers.StableDiffusionXLPipeline
transformers 4.27.0 2023-03-31 transformers.BitsAndBytesConfig
transformers 4.28.0 2023-06-30 transformers.LlamaForCausalLM transformers.LlamaTokenizer
`
  .trim()
  .split('\n')
  .map((line) => {
    const [name = '', first = '', quarter = '', ...uses] = line.split(' ');
    return { name, first, quarter, uses };
  });
