import { installedPackages, isBareBase } from '../../facts/bare-bases.ts';
import { requiredPackages } from '../../facts/required-packages.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

const windowed = /^opencv(?:-contrib)?-python$/;
/** Packages that bring libGL.so.1 along, or a whole OpenCV. */
const bringsLibGl =
  /^(?:libgl(?:1|x0|vnd|\d|u)|libgl-|libegl|libglx|mesa|ffmpeg|python3-opencv|libopencv|qt|libqt|libgtk|x11|xvfb|xorg|freeglut|libsm6|libglew|libglfw|blender|libosmesa|firefox|chromium|nvidia-)/;

export default defineRule({
  code: 'opencv-needs-libgl',
  name: 'opencv-needs-libgl',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'system',
  summary: 'OpenCV is installed without the libraries that it loads',
  why: '`opencv-python` holds windows made with Qt, which loads `libGL.so.1` and GLib (readelf of the wheel 5.0.0.93), so on a slim image `import cv2` ends with "libGL.so.1: cannot open shared object file". `opencv-python-headless` is the same without windows, which a container seldom shows, and loads nothing of the kind. The rule looks at base images that are known to hold no such library, and is silent where packages are installed out of sight.',
  messages: {
    missing:
      'Importing cv2 ends here with "libGL.so.1: cannot open shared object file". Install `{headless}`, or the Debian packages libgl1 and libglib2.0-0.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir opencv-python-headless==5.0.0.93' },
      {
        code: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y libgl1 libglib2.0-0 && pip install opencv-python==5.0.0.93',
      },
      {
        code: 'FROM python:3.12\nRUN pip install opencv-python',
        note: 'what the full image has is not known',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install opencv-python && pip install opencv-python-headless' },
      {
        code: 'FROM python:3.12-slim\nRUN xargs apt-get install -y < apt.txt\nRUN pip install opencv-python',
      },
      {
        code: 'FROM python:3.12-slim AS build\nRUN pip install opencv-python\nFROM python:3.12-slim\nCOPY a /',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir numpy ⟦opencv-python⟧==5.0.0.93',
        fixed: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir numpy opencv-python-headless==5.0.0.93',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip install ⟦opencv-contrib-python⟧',
        fixed:
          'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip install opencv-contrib-python-headless',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r ⟦requirements.txt⟧',
        context: { 'requirements.txt': 'torch==2.8.0\nopencv-python==5.0.0.93\n' },
      },
    ],
  },
  create() {
    const reported = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        const { finalStage } = facts;
        const stage = shippedStage(facts, run);
        if (!stage || !finalStage || reported.has(stage)) return;
        const found = requiredPackages(facts, run).find(({ name }) => windowed.test(name));
        if (!found || !isBareBase(stage) || hasHeadless(finalStage)) return;
        const installed = installedPackages(facts, finalStage);
        if (!installed || [...installed].some((name) => bringsLibGl.test(name))) return;
        reported.add(stage);
        const { word, name, file } = found;
        const headless = `${name}-headless`;
        const at = file === undefined ? word.raw.toLowerCase().indexOf(name) : -1;
        if (at < 0) return report(run.at(word), 'missing', { headless });
        const span = run.at({ from: word.from + at, to: word.from + at + name.length });
        report(span, 'missing', { headless }, () => ({
          title: `Install ${headless}`,
          safety: 'unsafe',
          edits: [{ span, text: headless }],
        }));
      },
    };
  },
});

/** With both, the one that comes last overwrites the other. */
const hasHeadless = (stage: Stage) =>
  lineage(stage).some(({ instructions }) =>
    instructions.some(({ node }) => /opencv[-_](?:contrib[-_])?python[-_]headless/.test(node.text)),
  );
