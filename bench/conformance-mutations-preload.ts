/**
 * Loaded by Node before the embedded world, as `conformance-mutations-preload.ts?INDEX`: puts one seeded fault into
 * the source as it is loaded.
 */
import { SEEDED_FAULTS } from './conformance-mutations-faults.ts';
import { seedFaults } from './seed-fault.ts';

const fault = SEEDED_FAULTS[Number(new URL(import.meta.url).search.slice(1))];
if (fault === undefined) throw new Error(`There is no seeded fault ${import.meta.url}`);
seedFaults([fault]);
