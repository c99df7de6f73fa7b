/** For programs that are not ours (`next start`): loaded before them by --import, ends them with their launcher. */
import { followParent } from './follow-parent.ts';

followParent(() => process.kill(process.pid, 'SIGTERM'));
