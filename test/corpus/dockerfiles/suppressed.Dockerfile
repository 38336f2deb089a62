# syntax=docker/dockerfile:1
# check=skip=JSONArgsRecommended;error=false
# hadolint global ignore=DL3007
FROM python:latest AS base
# hadolint ignore=DL3008,dl3009 # the mirrors are pinned
# and a reason
RUN apt-get update && apt-get install -y curl
# hadolint ignore=DL3042

RUN pip install numpy
# hadolint stage ignore=DL3042
FROM base
RUN pip install numpy
# wheelhouse ignore=final-stage-root
CMD python app.py
