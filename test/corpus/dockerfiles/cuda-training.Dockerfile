FROM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04
ENV DEBIAN_FRONTEND=noninteractive
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    # compilers for flash-attn
    build-essential=12.9ubuntu3 \
    git \

    python3-pip \
 && rm -rf /var/lib/apt/lists/*
RUN pip3 install torch==2.5.1 --index-url https://download.pytorch.org/whl/cu124 \
 && pip3 install --no-build-isolation flash-attn
COPY train.py configs/ /workspace/
WORKDIR /workspace
ENTRYPOINT ["torchrun", "--nproc-per-node", "8", "train.py"]
