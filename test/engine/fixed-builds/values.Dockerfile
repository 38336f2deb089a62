FROM wheelhouse-fixed-base:1
ENV WORDS hello big  world
ENV QUOTED "in quotes" and out
ENV APOSTROPHE it\'s
ENV BLANK a\ b
ENV OTHER $WORDS-x ${MISSING:-none}
ENV EQUALS a=b c=d
ENV LINES one \
    two
LABEL description What it is "for"
CMD env | sort | grep -E 'WORDS|QUOTED|APOSTROPHE|BLANK|OTHER|EQUALS|LINES'
