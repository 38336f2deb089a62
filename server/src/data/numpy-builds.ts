// Read on 2026-11-27.

/**
 * Packages that are compiled with NumPy, by their first release that goes with NumPy 2; those before it say nothing of it in
 * their metadata, and fail with it when they are imported or used. Source: as known 2026-11 from the releases of each and NumPy's
 * list of them (numpy#26191), not looked up one by one; those from faiss-cpu on were installed from PyPI with the newest NumPy on the day above, of each the
 * last release that fails and the one here.
 */
export const firstWithNumpy2: Readonly<Record<string, string>> = {
  pandas: '2.2.2',
  'scikit-learn': '1.4.2',
  'scikit-image': '0.23.0',
  statsmodels: '0.14.2',
  matplotlib: '3.8.4',
  h5py: '3.11.0',
  pyarrow: '16.0.0',
  shapely: '2.0.5',
  gensim: '4.3.3',
  torch: '2.3.0',
  'opencv-python': '4.10.0.84',
  'opencv-python-headless': '4.10.0.84',
  'opencv-contrib-python': '4.10.0.84',
  'opencv-contrib-python-headless': '4.10.0.84',
  'faiss-cpu': '1.8.0.post1',
  prophet: '1.1.6',
};
