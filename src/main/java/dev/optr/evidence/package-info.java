/**
 * Finds out which candidates are admissible: a Candidate in, an Examined with its checks and
 * whyNots out. What cannot be found out is unknown, and unknown is not held.
 */
@NullMarked
package dev.optr.evidence;

import org.jspecify.annotations.NullMarked;
