/**
 * Git by JGit, its only home: the frozen tree that agents see, edits turned into trees in-core,
 * candidate directories, anchor commits. Takes and gives plain values; object ids are 40 lower-case
 * hex digits.
 */
@NullMarked
package dev.optr.git;

import org.jspecify.annotations.NullMarked;
