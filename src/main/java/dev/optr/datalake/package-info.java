/**
 * Captures answers: an Answer in, a Candidate (a tree on top of the frozen commit) out; knows where
 * documents lie and what must be redacted from prose.
 */
@NullMarked
package dev.optr.datalake;

import org.jspecify.annotations.NullMarked;
