import './node-version.cjs';

// Not a static import: an old Node.js would load all of it before it runs the check.
await import('./start.ts');
