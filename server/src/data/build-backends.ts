/** What a build backend cannot do without. */
export interface BuildBackend {
  /** Its name in `build-system.requires`. */
  readonly name: string;
  /** The wheel fails without the file behind `readme`. */
  readonly readme: boolean;
  /** The same for the file of `license = { file = … }`. */
  readonly licence: boolean;
  /** The same for each pattern of `license-files`. */
  readonly licencePatterns: boolean;
  /** It fails where it finds no package, where another makes a wheel without code. */
  readonly code: boolean;
}

/**
 * What `build-backend` may name of a package, by the module that it begins with. Source: the documentation of each, as known 2026-11; of
 * setuptools its wheels 40.8 to 80.
 */
export const backendObjects: Readonly<Record<string, readonly string[]>> = {
  setuptools: ['setuptools.build_meta', 'setuptools.build_meta:__legacy__'],
  hatchling: ['hatchling.build'],
  poetry: ['poetry.core.masonry.api', 'poetry.masonry.api'],
  flit_core: ['flit_core.buildapi', 'flit_core.build_thyself'],
  pdm: ['pdm.backend', 'pdm.pep517.api'],
  uv_build: ['uv_build'],
};

const all = { readme: true, licence: true, licencePatterns: true, code: true };

/**
 * Build backends with what ends a build, of a wheel and of an editable install alike. Measured on 2026-11-26 by pip with
 * hatchling 1.33.0, flit-core 3.12.0, poetry-core 2.5.0, pdm-backend 2.5.0, uv-build 0.13.6, scikit-build-core 1.1.2,
 * meson-python 0.22.1 and maturin 1.16.0. setuptools 80 only warns of a file that is not there and makes a wheel without code, so it is not
 * here.
 */
export const buildBackends: readonly BuildBackend[] = [
  { ...all, name: 'hatchling', licencePatterns: false },
  { ...all, name: 'flit-core' },
  { ...all, name: 'poetry-core' },
  { ...all, name: 'pdm-backend', code: false },
  { ...all, name: 'uv-build' },
  { ...all, name: 'scikit-build-core', code: false },
  { ...all, name: 'meson-python', code: false },
  { ...all, name: 'maturin', licencePatterns: false, code: false },
];
