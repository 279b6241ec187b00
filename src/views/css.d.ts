/** Styles go into the bundle's stylesheet. */
declare module '*.css';
