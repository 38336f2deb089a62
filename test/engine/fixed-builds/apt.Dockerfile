FROM wheelhouse-fixed-base:1
RUN apt-get update && apt-get install --no-install-recommends greeting=1.0
CMD ["greeting"]
