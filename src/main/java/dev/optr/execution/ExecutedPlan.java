package dev.optr.execution;

import dev.optr.git.FileChanges;

/**
 * An executed commit before it is made.
 *
 * @param parent the commit that it is put upon
 * @param changes against the parent's whole tree
 * @param message with its trailers; no agent's text
 * @param expectedTree id of the tree that it must have, {@code datalake} included
 * @param entry id of the run entry that is executed
 * @param agent whose path it is
 */
public record ExecutedPlan(
    String parent,
    FileChanges changes,
    String message,
    String expectedTree,
    String entry,
    String agent) {}
