/**
 * URLs that answer with a redirect to where the file is. Source: each service's own command lines and the redirects seen
 * when downloading from them (GitHub releases and archives, Hugging Face `resolve`, link shorteners, Zenodo, figshare,
 * OSF, SourceForge, dl.k8s.io, golang.org/dl, micro.mamba.pm), as known 2026-11.
 */
export const redirectingUrls: readonly RegExp[] = [
  /^https?:\/\/(?:www\.)?github\.com\/[^/]+\/[^/]+\/(?:releases\/(?:latest\/)?download|archive|raw|tarball|zipball)\//,
  /^https?:\/\/api\.github\.com\/repos\/[^/]+\/[^/]+\/(?:tarball|zipball)/,
  /^https?:\/\/raw\.github\.com\//,
  /^http:\/\/(?:www\.)?github\.com\//,
  /^https?:\/\/(?:huggingface\.co|hf\.co)\/.+\/resolve\//,
  /^https?:\/\/(?:bit\.ly|git\.io|goo\.gl|tinyurl\.com|t\.ly|aka\.ms|doi\.org|dl\.k8s\.io|micro\.mamba\.pm)\//,
  /^https?:\/\/(?:downloads\.sourceforge\.net|sourceforge\.net\/projects\/.+\/download)/,
  /^https?:\/\/(?:golang\.org|go\.dev)\/dl\//,
  /^https?:\/\/repo\.continuum\.io\//,
  /^https?:\/\/(?:www\.)?zenodo\.org\/record\//,
  /^https?:\/\/(?:figshare\.com\/ndownloader|ndownloader\.figshare\.com|osf\.io)\//,
  /^https?:\/\/bitbucket\.org\/[^/]+\/[^/]+\/downloads\//,
  /^https?:\/\/(?:www\.)?dropbox\.com\//,
  /^https?:\/\/astral\.sh\//,
];
