FROM wheelhouse-fixed-base:1
ENV MODE train
WORKDIR /app
ADD train.py /app/
ADD settings /app/settings
RUN pip install bikes==1.0
CMD ["python", "-m", "bikes"]
