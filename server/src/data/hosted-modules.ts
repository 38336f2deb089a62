// Read on 2026-11-27.

/** What is there only where a provider runs notebooks, or a notebook runs. */
export interface HostedModule {
  readonly name: string;
  /** At the left margin, where no condition stands before it. */
  readonly use: RegExp;
  readonly place: string;
  /** Packages that have it elsewhere. */
  readonly packages: readonly string[];
}

/** Source: the documentation of each provider, and PyPI, where google-colab 1.0.0 is all that there is of them. */
export const hostedModules: readonly HostedModule[] = [
  {
    name: 'google.colab',
    use: /^(?:from google\.colab\b|from google import colab\b|import google\.colab\b)/m,
    place: 'Google Colab',
    packages: ['google-colab'],
  },
  {
    name: 'kaggle_secrets',
    use: /^(?:from|import) kaggle_secrets\b/m,
    place: 'notebooks of Kaggle',
    packages: [],
  },
  {
    name: 'dbutils',
    use: /^(?:from (?:pyspark\.dbutils|databricks\.sdk\.runtime) import\b|dbutils\.\w|\w+ = dbutils\.)/m,
    place: 'Databricks',
    packages: ['databricks-sdk', 'databricks-connect'],
  },
  {
    name: 'get_ipython()',
    use: /^(?:\w+ = )?get_ipython\(\)/m,
    place: 'a notebook',
    packages: [],
  },
];
