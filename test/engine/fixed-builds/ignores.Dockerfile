FROM wheelhouse-fixed-base:1
# wheelhouse ignore=DL3042
RUN pip install --no-cache-dir bikes==1.0
# wheelhouse ignore=DL3020
RUN echo "# wheelhouse ignore=DL3020" > /note
CMD ["sh", "-c", "cat /note; python -m bikes"]
