import './style.css';
import { copyButtons } from './copy.ts';
import { filters } from './filters.ts';
import { keyCheck } from './key-check.ts';
import { playground } from './playground.ts';
import { status } from './status.ts';
import { tabs } from './tabs.ts';

filters();
tabs();
copyButtons();
keyCheck();
playground();
status();
