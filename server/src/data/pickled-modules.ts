// Read on 2026-11-28.

/** Modules whose objects people keep in files, with the packages that bring them; another name in such a file may be a word of its data. */
export const pickledModules: ReadonlyMap<string, string> = new Map(
  `sklearn:scikit-learn xgboost:xgboost lightgbm:lightgbm catboost:catboost pandas:pandas numpy:numpy scipy:scipy
  statsmodels:statsmodels prophet:prophet nltk:nltk gensim:gensim torch:torch tensorflow:tensorflow keras:keras
  imblearn:imbalanced-learn category_encoders:category-encoders feature_engine:feature-engine mlxtend:mlxtend
  sklearn_pandas:sklearn-pandas surprise:scikit-surprise implicit:implicit textblob:textblob
  sentence_transformers:sentence-transformers transformers:transformers networkx:networkx pmdarima:pmdarima pyod:pyod
  hmmlearn:hmmlearn lifelines:lifelines river:river sktime:sktime shap:shap spacy:spacy annoy:annoy faiss:faiss-cpu
  joblib:joblib lz4:lz4 rank_bm25:rank-bm25`
    .split(/\s+/)
    .map((pair) => {
      const [module = '', name = ''] = pair.split(':', 2);
      return [module, name];
    }),
);

/** Modules that a package has only before a release, or not without another package. Source: pandas 2.0.0, release notes. */
export const boundModules: ReadonlyMap<string, string> = new Map([
  ['pandas.core.indexes.numeric', 'pandas<2'],
  // Its classes are those of scikit-learn (XGBoost documentation, "Python Package Introduction").
  ['xgboost.sklearn', 'scikit-learn'],
  ['lightgbm.sklearn', 'scikit-learn'],
]);
