FROM wheelhouse-fixed-base:1
RUN echo one > /numbers && \

    echo two >> /numbers && \
    # three is below

    echo three >> /numbers
workdir /srv
CMD ["cat", "/numbers"]
