/**
 * Confines candidate code: Landlock, a seccomp filter, another user id, no capabilities, limits.
 * The one package that calls the system through the JDK's foreign function API. What it promises
 * and what not stands in docs/threat-model.md.
 */
@NullMarked
package dev.optr.isolation;

import org.jspecify.annotations.NullMarked;
