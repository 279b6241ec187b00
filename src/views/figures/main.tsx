import './figures.css';
import { useRef } from 'preact/hooks';
import { startView, type ViewProps } from '../kit/view.tsx';
import { Figures } from './figures.tsx';

/** A new result begins anew. */
function View(props: ViewProps) {
  const shown = useRef({ result: props.result, version: 0 });
  if (shown.current.result !== props.result) {
    shown.current = { result: props.result, version: shown.current.version + 1 };
  }
  return <Figures key={shown.current.version} {...props} data={props.result?.data ?? {}} />;
}

startView('partoo-figures', View);
