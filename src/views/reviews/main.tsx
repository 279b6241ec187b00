import { startView, type ViewProps } from '../kit/view.tsx';

startView('partoo-reviews', ({ result }: ViewProps) => <pre>{JSON.stringify(result?.data, null, 2)}</pre>);
