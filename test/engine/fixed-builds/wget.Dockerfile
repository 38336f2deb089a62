FROM wheelhouse-fixed-base:1
WORKDIR /models
RUN wget https://example.org/model.bin && \
    wget https://example.org/vocabulary.txt
CMD ["cat", "/models/model.bin", "/models/vocabulary.txt"]
