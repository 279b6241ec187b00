import packageJson from '../package.json' with { type: 'json' };
import { serverIdentity } from '../src/mcp/catalog/server-info.ts';
import { writeOrCheck } from './support/generated-file.ts';

/**
 * Writes server.json, the entry of this project in the MCP registry (registry.modelcontextprotocol.io). With `--check` it fails
 * if the file differs. `--repository=acme/partoo-mcp` names the GitHub repository whose owner publishes; without it the owner is
 * the placeholder of the docs.
 */

const REPOSITORY = process.argv.find(argument => argument.startsWith('--repository='))?.split('=')[1];
const repository = REPOSITORY ?? 'OWNER/partoo-mcp';
const { version } = packageJson;
const { title, description, websiteUrl } = serverIdentity(version);

/** The registry admits no icon here: it takes https URLs only, and ours is inline. */
const entry = {
  $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
  name: `io.github.${repository}`,
  title,
  description,
  version,
  websiteUrl,
  repository: { url: `https://github.com/${repository}`, source: 'github' },
  // Each operator has a URL of their own.
  remotes: [
    {
      type: 'streamable-http',
      url: 'https://{host}/mcp',
      variables: {
        host: {
          description: 'Host of the deployment, as its operator says',
          isRequired: true,
          placeholder: 'mcp.example.com',
        },
      },
      headers: [
        {
          name: 'x-APIKey',
          description:
            'Your Partoo API key, or the access token of a deployment that shares one key. Empty where the deployment has sign-in',
          isRequired: false,
          isSecret: true,
        },
      ],
    },
  ],
  packages: [
    {
      registryType: 'oci',
      // The tag that release.yml gives the image. Names of images are lower case.
      identifier: `ghcr.io/${repository.toLowerCase()}:v${version}`,
      runtimeHint: 'docker',
      runtimeArguments: [
        {
          type: 'named',
          name: '--publish',
          description: 'The port, for programs of this machine only',
          value: '127.0.0.1:3000:3000',
        },
      ],
      transport: {
        type: 'streamable-http',
        url: 'http://127.0.0.1:3000/mcp',
        headers: [{ name: 'x-APIKey', description: 'Your Partoo API key', isRequired: true, isSecret: true }],
      },
    },
  ],
};

writeOrCheck('server.json', `${JSON.stringify(entry, null, 2)}\n`, 'npm run docs');
