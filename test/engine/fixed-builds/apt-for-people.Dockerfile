FROM wheelhouse-fixed-base:1
RUN apt update \
    # says hello
    && apt install -y --no-install-recommends \
       greeting=1.0
CMD ["greeting"]
