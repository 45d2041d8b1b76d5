/**
 * Selects the admissible path with the smallest objective: examined candidates in, a Selection out.
 * Pure: no files, no network, no clock, no randomness.
 */
@NullMarked
package dev.optr.selection;

import org.jspecify.annotations.NullMarked;
