package dev.optr.workflow;

import dev.optr.base.Bytes;

/**
 * A file of {@code .github/workflows}.
 *
 * @param name as messages name it
 */
public record CallerFile(String name, Bytes source) {}
