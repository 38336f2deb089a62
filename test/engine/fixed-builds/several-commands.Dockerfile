FROM wheelhouse-fixed-base:1
CMD ["first"]
ENTRYPOINT ["false"]
HEALTHCHECK CMD ["false"]
ENTRYPOINT ["echo", "entry"]
HEALTHCHECK --interval=5m CMD ["true"]
CMD ["last"]
