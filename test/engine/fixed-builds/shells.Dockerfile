FROM wheelhouse-fixed-base:1
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN set -e; apt-get update; apt-get install -y --no-install-recommends greeting=1.0
RUN ["pip", "install", "--force-reinstall", "bikes==1.0"]
RUN if command -v pip; then pip install bikes==1.0 | tee /log; fi
ADD settings/train.toml /
CMD ["sh", "-c", "greeting; python -m bikes; cat /log"]
