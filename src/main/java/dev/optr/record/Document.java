package dev.optr.record;

import dev.optr.base.Bytes;

/**
 * One file of the datalake.
 *
 * @param path from the repository's root, with slashes
 */
public record Document(String path, Bytes bytes) {}
