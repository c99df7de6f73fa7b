/**
 * For programs that cannot call followParent: `next start` is not ours, and the embedded AWS world imports nothing of
 * ours but the domain. Loaded before them by --import, it ends them with their launcher, as SIGTERM would.
 */
import { followParent } from './follow-parent.ts';

followParent(() => process.kill(process.pid, 'SIGTERM'));
