FROM a
FROM b AS b
FROM b
RUN <<EOF
EOF
FROM	tab:1	AS	tabbed
	RUN	pip	install	x
