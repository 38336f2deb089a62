FROM python
MAINTAINER Ada Lovelace <ada@example.org>
ADD . /app
RUN cd /app && pip install -r requirements.txt
RUN apt-get update && apt-get install -y curl wget
RUN curl -sSL https://example.org/setup.sh | sh
EXPOSE 8000
CMD uvicorn app:app --host 0.0.0.0
CMD uvicorn app:app --host 0.0.0.0 --port 8000
