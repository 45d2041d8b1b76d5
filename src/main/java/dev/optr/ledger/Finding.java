package dev.optr.ledger;

import org.jspecify.annotations.Nullable;

/**
 * One thing that verification has to say.
 *
 * @param container path of the ledger file
 * @param line 1-based
 * @param id of the entry
 * @param pr number of the pull request
 * @param commit where it concerns one
 */
public record Finding(
    Code code,
    @Nullable String container,
    @Nullable Integer line,
    @Nullable String id,
    @Nullable Integer pr,
    @Nullable String commit,
    String message) {}
