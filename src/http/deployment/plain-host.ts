/** Whether a host has no characters that a shell or a configuration would read otherwise. DNS and browsers allow `$(id)`. */
export const isPlainHost = (host: string): boolean => /^[\w.:[\]-]+$/.test(host);
