FROM wheelhouse-fixed-base:1
ENV MODE train
RUN apt-get update && \
    apt-get install -y --no-install-recommends greeting=1.0 && \
    pip install bikes==1.0
CMD ["sh", "-c", "greeting; python -m bikes; echo $MODE"]
