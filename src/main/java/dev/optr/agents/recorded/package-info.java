/** Lanes of type {@code recorded}: a file in, the answer that it holds out; no network, no key. */
@NullMarked
package dev.optr.agents.recorded;

import org.jspecify.annotations.NullMarked;
