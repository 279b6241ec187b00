/**
 * The views that hosts of MCP Apps show for the results of tools, each built from the folder of its name in src/views/.
 * https://github.com/modelcontextprotocol/ext-apps
 */
export const UI_RESOURCES = ['figures', 'location', 'reviews', 'posts'] as const;

export type UiResource = (typeof UI_RESOURCES)[number];
