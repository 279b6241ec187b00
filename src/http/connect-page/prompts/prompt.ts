/** Something to ask an assistant. */
export interface Prompt {
  en: string;
  fr: string;
  /** The tools that the answer takes. A deployment without one of them does not show the prompt. */
  tools: readonly string[];
}

/** French typography: no-break spaces before `:`, `;`, `?`, `!` and inside quotation marks. */
export const prompt = (en: string, fr: string, ...tools: string[]): Prompt => ({
  en,
  fr: fr.replaceAll(/ (?=[:;?!»])|(?<=«) /g, '\u00a0'),
  tools,
});
