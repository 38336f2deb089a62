/** Of work and what its notification offers, by commands without their first part: terminals and lists tell them apart by it. */
export const kindIcons: Readonly<Record<string, string>> = {
  'wheels.build': 'package',
  'images.openFile': 'go-to-file',
  'images.run': 'play',
  'images.push': 'cloud-upload',
  'images.pull': 'cloud-download',
  'images.build': 'tools',
  'registries.login': 'sign-in',
  'vscode.open': 'link-external',
};
