import './reviews.css';

import { startView } from '../kit/view.tsx';
import { ReviewInbox } from './inbox.tsx';

startView('partoo-reviews', ReviewInbox);
