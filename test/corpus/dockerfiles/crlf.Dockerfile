FROM python:latest

# comment
RUN apt-get update \
    # inner
 && apt-get install -y curl
RUN <<EOF
pip install numpy
EOF
MAINTAINER me
CMD python app.py
