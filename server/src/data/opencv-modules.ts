// Read on 2026-11-29.

/** What only OpenCV's builds with the modules of opencv_contrib have. Source: `opencv-python` 5.0.0.93 and `opencv-contrib-python` 5.1.0.95, imported. */
export const contribNames: readonly string[] =
  'face xfeatures2d ximgproc dnn_superres text img_hash bgsegm optflow legacy xphoto saliency wechat_qrcode TrackerKCF_create TrackerCSRT_create'.split(
    ' ',
  );
