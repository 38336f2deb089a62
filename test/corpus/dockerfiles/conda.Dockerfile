FROM continuumio/miniconda3
COPY environment.yml /tmp/
RUN conda env create -f /tmp/environment.yml && conda clean -afy
SHELL ["conda", "run", "-n", "ml", "/bin/bash", "-c"]
RUN python -m pip install -e . | tee log
COPY src relative/target
ADD https://example.org/model.tar.gz /models/
ADD local.tar.gz /opt
EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0"]
