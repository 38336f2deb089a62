/** From so many characters on a document may take long; none of 2,127 public Dockerfiles has as many. */
export const large = 32_768;
