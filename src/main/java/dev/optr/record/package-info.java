/**
 * Writes the run down: intent, examined candidates and selection in, the datalake's documents and
 * the ledger event out.
 */
@NullMarked
package dev.optr.record;

import org.jspecify.annotations.NullMarked;
