/** The colours of all pages, light and dark. */
export const COLOURS = `
:root {
  color-scheme: light dark;
  --page: #f5f6f9; --card: #ffffff; --text: #171a21; --soft: #596072; --line: #dfe2ea; --field: #c3c8d4;
  --accent: #3350d8; --accent-strong: #2a43ba; --on-accent: #ffffff; --tint: #eef1fd;
  --danger: #b3202c; --danger-tint: #fdf0f1; --caution: #7a4a00; --caution-tint: #fdf3dd;
  --shadow: 0 1px 2px rgb(23 26 33 / .05), 0 12px 32px -8px rgb(23 26 33 / .12);
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d0f14; --card: #171a21; --text: #eceef3; --soft: #a2a9ba; --line: #2a2f3a; --field: #444b5a;
    --accent: #8fa4ff; --accent-strong: #a9b9ff; --on-accent: #0d1130; --tint: #1e2440;
    --danger: #ff9aa2; --danger-tint: #351a1e; --caution: #f3c46b; --caution-tint: #33270f;
    --shadow: 0 0 0 1px #22262f, 0 16px 40px -8px rgb(0 0 0 / .6);
  }
}
`;

/** The system's own font: nothing to load. */
export const FONT =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, system-ui, "Noto Sans", Arial, sans-serif';
