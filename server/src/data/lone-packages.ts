// Read on 2026-11-27.

/**
 * Packages that none of 158 much used ones brings along, so that a program which imports one has to ask for it. Source:
 * `uv pip compile` of each of those for Python 3.12.
 */
export const lonePackages: ReadonlySet<string> = new Set(
  `streamlit gradio dash panel nicegui chainlit taipy reflex sanic seaborn statsmodels xgboost lightgbm catboost shap optuna
  torchaudio tensorflow flax peft diffusers bitsandbytes trl evaluate ultralytics mediapipe pytesseract pdf2image pymupdf
  python-docx xlrd reportlab langchain-community llama-index faiss-cpu pinecone qdrant-client weaviate-client cohere groq crewai
  psycopg2-binary psycopg2 asyncpg motor celery flask-login flask-migrate flask-wtf sqlmodel mysqlclient pymysql
  mysql-connector-python peewee tortoise-orm djangorestframework django-cors-headers whitenoise channels daphne loguru
  python-jose selenium playwright scrapy sagemaker zenml lightrag-hku`.split(/\s+/),
);
