/** How callers of a deployment show who they are. Without any part, none is needed: one person's own machine. */
export interface Credentials {
  /** Clients that support OAuth need only the URL: a page asks for a Partoo key, or leads to the company's login. */
  signIn?: 'key' | 'company';
  /** What every other client sends. Absent if no header can carry credentials here. */
  header?: HeaderCredentials;
}

export interface HeaderCredentials {
  name: 'x-APIKey' | 'Authorization';
  prefix: '' | 'Bearer ';
  holds: 'key' | 'access-token' | 'team-token';
  /** What a snippet shows in the place of the secret. */
  value: string;
  /** Whether `value` works as it is: a key of the demo, or a token that is printed for its only user. */
  works?: boolean;
}

/** The variable that holds the secret in snippets that read their environment. */
export const variableOf = ({ holds }: HeaderCredentials): string =>
  holds === 'key' ? 'PARTOO_API_KEY' : 'PARTOO_ACCESS_TOKEN';
