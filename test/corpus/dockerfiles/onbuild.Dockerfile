FROM python:3.12
ONBUILD COPY requirements.txt .
ONBUILD RUN pip install -r requirements.txt
ONBUILD run --mount=type=cache,target=/root/.cache/pip \
    pip install -r requirements.txt
ONBUILD ADD . /app
ONBUILD ENTRYPOINT python -m app
ONBUILD USER root
