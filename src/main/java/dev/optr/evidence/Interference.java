package dev.optr.evidence;

import dev.optr.git.MergeTrials;

/**
 * What the check {@code non-interference} needs.
 *
 * @param trials merges of the frozen commit that is examined
 */
public record Interference(MergeTrials trials, OtherHeads.Source others) {}
