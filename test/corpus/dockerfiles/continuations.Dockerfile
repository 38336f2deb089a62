FROM debian:12

RUN echo one \
# column zero
    # indented

  && echo two \
	&& echo three \  
  && echo "four \
five"
LABEL a=b \
      # c=d
      e="f g"
ENV PATH=/opt/bin:$PATH \
    X=1
CMD echo \
