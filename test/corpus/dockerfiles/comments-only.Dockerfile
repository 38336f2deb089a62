# syntax=docker/dockerfile:1

# Nothing is built here yet.
	# an indented comment

