package dev.optr.ledger;

import dev.optr.base.Bytes;

/**
 * A file of a commit.
 *
 * @param mode git's mode, six octal digits
 */
public record FileFacts(String mode, Bytes content) {}
