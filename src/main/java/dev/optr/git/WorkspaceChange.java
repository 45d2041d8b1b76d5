package dev.optr.git;

import org.jspecify.annotations.Nullable;

/**
 * One path that is to change in a work tree.
 *
 * @param before null where it is added
 * @param after null where it is deleted
 */
record WorkspaceChange(
    String path, @Nullable WorkspaceFile before, @Nullable WorkspaceFile after) {}
