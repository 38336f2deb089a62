FROM wheelhouse-fixed-base:1 as Build
RUN echo made > /made
FROM wheelhouse-fixed-base:1 as final
COPY --from=Build /made /made
CMD ["cat", "/made"]
