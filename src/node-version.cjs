// Runs before anything that an old Node.js cannot parse or load. So it is CommonJS, without new syntax.
const { engines, name } = require('../package.json');

const [major, minor] = /\d+\.\d+/.exec(engines.node)[0].split('.').map(Number);
const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);

if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
  process.stderr.write(
    `${name} needs Node.js ${major}.${minor} or newer and this is ${process.version}: install a newer one, or run ` +
      '`npm ci`, which brings one for the npm scripts.\n',
  );
  process.exit(1);
}
